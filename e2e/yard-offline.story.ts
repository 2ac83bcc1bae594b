import { expect, type Page } from '@playwright/test';
import { aChildProduct, type ChildProduct } from '#testkit/child-product.ts';
import { isOpenToAll } from './axe.ts';
import { story } from './desk.ts';
import {
  aPhone,
  aVehicleAt,
  bringTo,
  enter,
  handsAt,
  onServer,
  openVehicle,
  shellKept,
  shoot,
  shootBy,
  shot,
} from './yard.ts';

const waitingBar = (page: Page) => page.getByRole('button', { name: /张待发送/ });

story(
  'R03: four photographs without network: the page closed and opened, another page beside it, each arrives once',
  async ({ browser, baseURL }) => {
    const hands = handsAt(baseURL);
    const { id, plateNo } = await aVehicleAt(hands, 'handedOver', { clerk: 'clerk4', number: 61_002 });
    const before = await onServer(hands, id);
    const { context, page } = await aPhone(browser, baseURL);
    await enter(page, 'clerk4');
    await openVehicle(page, plateNo);
    await shellKept(page);
    const address = page.url();
    await context.setOffline(true);
    for (let index = 0; index < 4; index += 1) await shoot(page, 400 + index);
    await expect(waitingBar(page)).toHaveText(/没有网络，4 张待发送/);
    await isOpenToAll(page, 'offline with four waiting');
    await waitingBar(page).click();
    await expect(page.getByRole('listitem')).toHaveCount(4);
    await isOpenToAll(page, 'the queue');
    await page.close();

    // Opened again with the network still off: program, task and pictures are all on the phone.
    const again = await context.newPage();
    await again.goto(address);
    await expect(waitingBar(again)).toHaveText(/没有网络，4 张待发送/);
    await expect(again.getByText('4/4 张')).toBeVisible();
    await expect(again.getByRole('img').first()).toBeVisible();
    const beside = await context.newPage();
    await beside.goto('/yard/queue');
    await expect(beside.getByRole('listitem')).toHaveCount(4);
    expect(await onServer(hands, id)).toEqual(before);

    await context.setOffline(false);
    await expect(waitingBar(again)).toHaveCount(0, { timeout: 60_000 });
    await expect(beside.getByText('没有待发送的照片')).toBeVisible({ timeout: 30_000 });
    const after = await onServer(hands, id);
    for (const part of ['whole', 'frame-number', 'engine-number', 'vin-stamp'])
      expect([part, after[part]]).toEqual([part, 1]);
  },
);

story(
  'R42: whoever signs in after another sends nothing in their name; back again, the owner’s photograph goes',
  async ({ browser, baseURL }) => {
    const hands = handsAt(baseURL);
    const { id, plateNo } = await aVehicleAt(hands, 'handedOver', { clerk: 'clerk1', number: 61_003 });
    const { context, page } = await aPhone(browser, baseURL);
    await enter(page, 'clerk1');
    await openVehicle(page, plateNo);
    await shellKept(page);
    await context.setOffline(true);
    await shoot(page);
    // The session ends while the phone is away.
    await context.clearCookies();
    await context.setOffline(false);
    await expect(page.getByText(/有 1 张照片等待发送/)).toBeVisible();
    await enter(page, 'clerk1b');
    await expect(page.getByRole('alertdialog', { name: '本机有他人未发送的照片' })).toBeVisible();
    await page.getByRole('button', { name: '知道了，保留' }).click();
    await page.goto('/yard/queue');
    await expect(page.getByText(/本机另有他人拍摄、尚未发送的照片/)).toBeVisible();
    await expect(page.getByRole('img')).toHaveCount(0);
    expect((await onServer(hands, id)).whole ?? 0).toBe(0);
    await page.goto('/yard/me');
    await page.getByRole('button', { name: '退出登录' }).click();
    await enter(page, 'clerk1');
    await expect(waitingBar(page)).toHaveCount(0, { timeout: 30_000 });
    const { photos } = await hands.view('clerk1', id);
    const [photo] = photos.filter(({ part }) => part === 'whole');
    expect(photo?.deviceTime).not.toBeNull();
    expect(photo?.operatorName).toBe(photos.find(({ part }) => part === 'tow-slip')?.operatorName);
  },
);

story(
  'R03: a retake takes the place of the one before, whether that had arrived or not',
  async ({ browser, baseURL }) => {
    const hands = handsAt(baseURL);
    const { id, plateNo } = await aVehicleAt(hands, 'handedOver', { clerk: 'clerk4', number: 61_004 });
    const { context, page } = await aPhone(browser, baseURL);
    await enter(page, 'clerk4');
    await openVehicle(page, plateNo);
    await shoot(page, 500);
    await expect(page.getByText('已送达服务器')).toBeVisible();
    const ids = async (): Promise<readonly string[]> =>
      (await hands.view('clerk4', id)).photos.filter(({ part }) => part === 'whole').map((photo) => photo.id);
    const [first = ''] = await ids();
    await shootBy(page, '重拍', shot(501));
    await expect.poll(async () => (await ids()).includes(first)).toBe(false);
    const [second = ''] = await ids();
    await context.setOffline(true);
    for (const width of [502, 503]) await shootBy(page, '重拍', shot(width));
    await expect(waitingBar(page)).toBeVisible();
    await context.setOffline(false);
    await expect(waitingBar(page)).toHaveCount(0, { timeout: 60_000 });
    // What it replaces is taken out when it has arrived.
    await expect.poll(async () => (await ids()).includes(second)).toBe(false);
    expect(await ids()).toHaveLength(1);
  },
);

story(
  'R03: what the server does not take is said in words and waits for the person; words typed meanwhile meet a colleague’s',
  async ({ browser, baseURL }) => {
    const hands = handsAt(baseURL);
    const { id, plateNo } = await aVehicleAt(hands, 'handedOver', { clerk: 'clerk1', number: 61_007 });
    const { context, page } = await aPhone(browser, baseURL);
    await enter(page, 'clerk1');
    await openVehicle(page, plateNo);
    await page.getByRole('button', { name: '进场信息与提交' }).click();
    await expect(page.getByLabel(/^行驶里程/)).toBeVisible();
    await context.setOffline(true);
    await page.getByLabel(/^行驶里程/).fill('12345');
    await expect(page.getByText('填写的内容还没有保存到服务器')).toBeVisible();
    await hands.save('clerk1b', id, 'entry', {}, { odometerKm: 99_999 });
    await context.setOffline(false);
    const asked = page.getByRole('alert').filter({ hasText: '行驶里程刚被' });
    await expect(asked).toContainText('99999', { timeout: 20_000 });
    await isOpenToAll(page, 'two have typed');
    await asked.getByRole('button', { name: '用我填的' }).click();
    await expect(asked).toHaveCount(0);
    await expect
      .poll(async () => (await hands.view('clerk1', id)).sections.find((one) => one.id === 'entry')?.values.odometerKm)
      .toBe(12_345);

    await page.getByRole('button', { name: '返回' }).click();
    await context.setOffline(true);
    await shoot(page, 800);
    // Meanwhile a colleague hands the vehicle in at the desk.
    await bringTo(hands, id, 'entryReview', { clerk: 'clerk1b', number: 61_007 });
    await context.setOffline(false);
    await expect(page.getByRole('button', { name: /1 张待发送，其中 1 张未被接收/ })).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: /1 张待发送/ }).click();
    await expect(page.getByText('未被接收：案卷现在的状态不能上传这张照片')).toBeVisible();
    await page.getByRole('button', { name: '删除' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: '删除' }).click();
    await expect(page.getByText('没有待发送的照片')).toBeVisible();
  },
);

story(
  'R03: what the camera was opened for stays, though a colleague is quicker meanwhile',
  async ({ browser, baseURL }) => {
    const hands = handsAt(baseURL);
    const { id, plateNo } = await aVehicleAt(hands, 'handedOver', { clerk: 'clerk1', number: 61_008 });
    const { page } = await aPhone(browser, baseURL);
    await enter(page, 'clerk1');
    await openVehicle(page, plateNo);
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: '拍整车' }).click();
    const chooser = await choosing;
    await hands.photograph('clerk1b', id, 'whole', crypto.randomUUID(), shot(900).buffer);
    // Coming back from the camera is when the phone asks what is new.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect(page.getByText('1/4 张')).toBeVisible();
    await chooser.setFiles(shot(901));
    await expect.poll(async () => (await onServer(hands, id)).whole).toBe(2);
    expect((await onServer(hands, id))['frame-number'] ?? 0).toBe(0);
  },
);

story.describe('with a server of its own', () => {
  let product: ChildProduct;
  story.beforeAll(async () => {
    story.setTimeout(240_000);
    product = await aChildProduct();
    await product.start();
  });
  story.afterAll(() => product.close());

  story('R03: the server is gone while four are taken, and comes back: each arrives once', async ({ browser }) => {
    story.setTimeout(240_000);
    const hands = handsAt(product.url);
    const { id, plateNo } = await aVehicleAt(hands, 'handedOver', { clerk: 'clerk1', number: 61_005 });
    const { page } = await aPhone(browser, product.url);
    await enter(page, 'clerk1');
    await openVehicle(page, plateNo);
    await shellKept(page);
    await product.killServer();
    for (let index = 0; index < 4; index += 1) await shoot(page, 600 + index);
    await expect(waitingBar(page)).toHaveText(/没有网络，4 张待发送/);
    await page.reload();
    await expect(waitingBar(page)).toHaveText(/4 张待发送/);
    await product.start();
    await expect(waitingBar(page)).toHaveCount(0, { timeout: 90_000 });
    const after = await onServer(hands, id);
    for (const part of ['whole', 'frame-number', 'engine-number', 'vin-stamp'])
      expect([part, after[part]]).toEqual([part, 1]);
  });
});

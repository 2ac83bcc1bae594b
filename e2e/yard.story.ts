import { expect } from '@playwright/test';
import exifr from 'exifr';
import { isOpenToAll } from './axe.ts';
import { story } from './desk.ts';
import { aPhone, aVehicleAt, enter, handsAt, heavyShot, onServer, openVehicle, shoot, shot } from './yard.ts';

/** A code of the shape of GB/T 34014. */
const batteryCode = 'ABCPE0100000001B7C000001';

story(
  'R03: towed and entered from the phone: photographs one tap apart, fields, and handed in',
  async ({ browser, baseURL }) => {
    const hands = handsAt(baseURL);
    const { id, plateNo } = await aVehicleAt(hands, 'admitted', { clerk: 'clerk4', number: 61_001 });
    const { page } = await aPhone(browser, baseURL);
    await isOpenToAll(page, 'sign-in');
    await enter(page, 'clerk4');
    await isOpenToAll(page, 'tasks');
    await openVehicle(page, plateNo);
    await isOpenToAll(page, 'capture');
    await shoot(page);
    await expect(page.getByText('已送达服务器')).toBeVisible();
    await page.getByRole('button', { name: '填写并提交交车信息' }).click();
    await page.getByLabel(/^拖车车牌/).fill('沪B12345');
    await isOpenToAll(page, 'form');
    await expect(page.getByRole('button', { name: '确认交车' })).toBeEnabled();
    await page.getByRole('button', { name: '确认交车' }).click();
    await expect(page.getByRole('alertdialog')).toContainText('交车时间以拖车单照片上传到服务器的时间为准');
    await isOpenToAll(page, 'asked before handing in');
    await page.getByRole('alertdialog').getByRole('button', { name: '确认交车' }).click();
    await expect(page.getByRole('tablist', { name: '环节' })).toBeVisible();
    const towed = await hands.view('clerk4', id);
    expect(towed.state).toBe('handedOver');
    expect(towed.sections.find((section) => section.id === 'tow')?.values.towPlateNo).toBe('沪B12345');

    await openVehicle(page, plateNo);
    const required = towed.slots.filter((slot) => slot.section === 'entry' && slot.required);
    for (const [index, { title }] of required.entries()) {
      // The next missing one is asked for by itself.
      await expect(page.getByRole('button', { name: new RegExp(`^拍(下一张：)?${title}$`) })).toBeVisible();
      await shoot(page, 320 + index);
    }
    await page.getByRole('button', { name: '填写并提交进场信息' }).click();
    await expect(page.getByRole('list', { name: '还缺什么' })).toContainText('请填写进场时间');
    await expect(page.getByRole('button', { name: '提交进场信息' })).toBeDisabled();
    await page.getByRole('button', { name: '现在' }).click();
    await expect(page.getByRole('button', { name: '提交进场信息' })).toBeEnabled();
    await page.getByRole('button', { name: '提交进场信息' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: '提交进场信息' }).click();
    await expect(page.getByRole('tablist', { name: '环节' })).toBeVisible();
    expect((await hands.view('clerk4', id)).state).toBe('entryReview');
    expect(Object.values(await onServer(hands, id)).every((count) => count >= 1)).toBe(true);
  },
);

story(
  'R04: an electric vehicle is dismantled from the phone: its own checklist, assemblies, battery, times',
  async ({ browser, baseURL }) => {
    const hands = handsAt(baseURL);
    const { id, plateNo } = await aVehicleAt(hands, 'dismantling', { clerk: 'clerk4', number: 61_006, kind: 'E' });
    const { page } = await aPhone(browser, baseURL);
    await enter(page, 'clerk4');
    await openVehicle(page, plateNo);
    const places = page.getByRole('list', { name: '全部照片' });
    await expect(places.getByRole('button', { name: /驱动电机/ })).toBeVisible();
    await expect(places.getByRole('button', { name: /发动机/ })).toHaveCount(0);
    const { slots } = await hands.view('clerk4', id);
    const required = slots.filter((slot) => slot.section === 'dismantling' && slot.required);
    for (const [index] of required.entries()) await shoot(page, 700 + index);
    await page.getByRole('button', { name: '填写并提交拆解信息' }).click();
    for (const label of ['掀顶/断梁时间', '五大总成拆解时间'])
      await page
        .locator('div', { has: page.getByText(label, { exact: true }) })
        .last()
        .getByRole('button', { name: '现在' })
        .click();
    await page.getByLabel('拆解日期').fill(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10));
    await page.getByRole('button', { name: '按本车列出全部总成' }).click();
    await page.getByLabel('驱动电机处置方式').selectOption('remanufacture');
    await page.getByLabel('驱动电机去向单位').fill('上海演示再制造有限公司');
    await page.getByLabel('驱动电机去向单位').blur();
    // Most go to one place: told once, it stands at all of them.
    await expect(page.getByLabel('车架去向单位')).toHaveValue('上海演示再制造有限公司');
    await page.getByLabel('车架处置方式').selectOption('scrap-metal');
    await page.getByRole('button', { name: '添加一个编码' }).click();
    await page.getByLabel('动力蓄电池编码第 1 个').fill('123');
    await expect(page.getByText(/动力蓄电池编码第 1 项/).first()).toBeVisible();
    await page.getByLabel('动力蓄电池编码第 1 个').fill(batteryCode);
    await isOpenToAll(page, 'form of the dismantling');
    await expect(page.getByRole('button', { name: '提交拆解信息' })).toBeEnabled({ timeout: 20_000 });
    await page.getByRole('button', { name: '提交拆解信息' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: '提交拆解信息' }).click();
    await expect(page.getByRole('tablist', { name: '环节' })).toBeVisible();
    const done = await hands.view('clerk4', id);
    expect(done.state).toBe('dismantleReview');
    const { assemblies, batteryCodes } = done.sections.find((section) => section.id === 'dismantling')?.values ?? {};
    expect(batteryCodes).toEqual([batteryCode]);
    expect(assemblies).toContainEqual({
      kind: 'frame',
      quantity: 1,
      disposition: 'scrap-metal',
      destination: '上海演示再制造有限公司',
    });
  },
);

story('R03: a heavy photograph arrives light, and still tells when it was taken', async ({ browser, baseURL }) => {
  const hands = handsAt(baseURL);
  const { id, plateNo } = await aVehicleAt(hands, 'handedOver', { clerk: 'clerk4', number: 61_009 });
  const { context, page } = await aPhone(browser, baseURL);
  await enter(page, 'clerk4');
  await openVehicle(page, plateNo);
  const heavy = heavyShot('2026:11:02 08:30:00');
  expect(heavy.buffer.length).toBeGreaterThan(4_000_000);
  await shoot(page, 0, heavy);
  await expect(page.getByText('已送达服务器')).toBeVisible();
  const photo = (await hands.view('clerk4', id)).photos.find(({ part }) => part === 'whole');
  expect(photo?.sizeBytes).toBeLessThan(500_000);
  const sent = await context.request.get(`/api/elv/vehicle-cases/${id}/photos/${photo?.id}/content`);
  const told = await exifr.parse(await sent.body(), { translateValues: false, reviveValues: false });
  expect(told).toMatchObject({ DateTimeOriginal: '2026:11:02 08:30:00', Orientation: 1 });
});

story(
  'R03: where it was taken goes along, once the person wishes so; a session that ends behind the camera loses nothing',
  async ({ browser, baseURL }) => {
    const hands = handsAt(baseURL);
    const { id, plateNo } = await aVehicleAt(hands, 'handedOver', { clerk: 'clerk4', number: 61_010 });
    const { context, page } = await aPhone(browser, baseURL);
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation({ latitude: 31.2304, longitude: 121.4737, accuracy: 12 });
    await enter(page, 'clerk4');
    await page.getByRole('button', { name: /演示$/ }).click();
    await page.getByLabel('照片记录拍摄位置').check();
    await isOpenToAll(page, 'what the phone keeps');
    await page.getByRole('button', { name: '返回' }).click();
    await openVehicle(page, plateNo);
    await shoot(page, 1_000);
    await expect(page.getByText('31.23040, 121.47370（误差约 12 米）')).toBeVisible();
    await expect
      .poll(async () => (await hands.view('clerk4', id)).photos.find(({ part }) => part === 'whole')?.place)
      .toBe('31.23040, 121.47370（误差约 12 米）');

    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /^拍下一张/ }).click();
    const chooser = await choosing;
    await context.clearCookies();
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect(page.getByLabel('密码')).toBeVisible();
    await chooser.setFiles(shot(1_001));
    await enter(page, 'clerk4');
    await expect.poll(async () => (await onServer(hands, id))['frame-number']).toBe(1);
  },
);

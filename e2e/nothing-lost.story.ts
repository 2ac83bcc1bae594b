import { type Browser, expect, type Page } from '@playwright/test';
import { fillIn, inputOf, saved, sectionOf, snapshot, stepButton } from './case-page.ts';
import { deskOf, freshPage, picture, signIn, story } from './desk.ts';
import { openNew } from './journey.ts';

const brandModel = '大众汽车牌SVW71612BM';

const onNewCase = async (browser: Browser): Promise<Page> => {
  const clerk = await deskOf(browser, 'clerk1');
  await openNew(clerk);
  return clerk;
};

const savingOf = (page: Page) => sectionOf(page, 'papers').getByRole('status');

story('R01: what was chosen stays in its place while it is being saved', async ({ browser }) => {
  const clerk = await onNewCase(browser);
  await fillIn(clerk, 'owner', { ownerKind: 'organisation' });
  const vanished = await sectionOf(clerk, 'owner').evaluateHandle((part) => {
    const gone: string[] = [];
    new MutationObserver((changes) => {
      for (const { removedNodes } of changes) for (const node of removedNodes) gone.push(node.textContent ?? '');
    }).observe(part, { childList: true, subtree: true });
    return gone;
  });
  await expect(inputOf(clerk, 'owner', 'ownerCreditCode')).toBeVisible();
  await saved(clerk, 'owner');
  expect((await vanished.jsonValue()).filter((text) => text.includes('统一社会信用代码'))).toEqual([]);
});

story('R01: a page loaded again in the middle of typing has everything, and saves it', async ({ browser }) => {
  const clerk = await onNewCase(browser);
  // Nothing reaches the server before the page is gone.
  await clerk.route('**/sections/*', (route) => route.abort());
  await fillIn(clerk, 'papers', { brandModel });
  await clerk.reload();
  await expect(inputOf(clerk, 'papers', 'brandModel')).toHaveValue(brandModel);
  await clerk.unroute('**/sections/*');
  await clerk.reload();
  await expect(inputOf(clerk, 'papers', 'brandModel')).toHaveValue(brandModel);
  await saved(clerk, 'papers');

  // What another machine of the same yard sees is what the server has.
  const colleague = await deskOf(browser, 'clerk1b', clerk.url());
  await expect(inputOf(colleague, 'papers', 'brandModel')).toHaveValue(brandModel);
});

story('R01: a lost line is said, typing goes on, and everything is saved by itself afterwards', async ({ browser }) => {
  const clerk = await onNewCase(browser);
  await clerk.context().setOffline(true);
  await expect(clerk.getByText('网络已断开，已填写的内容保留在本机；恢复后会自动继续。')).toBeVisible();
  await fillIn(clerk, 'papers', { brandModel, engineNo: 'TEST000099' });
  await expect(savingOf(clerk)).toHaveText('未连接，内容已存本机，恢复后自动保存');
  await clerk.context().setOffline(false);
  await expect(savingOf(clerk)).toHaveText(/^已保存/, { timeout: 30_000 });
  await expect(clerk.getByText('网络已断开')).toHaveCount(0);
  await clerk.reload();
  await expect(inputOf(clerk, 'papers', 'engineNo')).toHaveValue('TEST000099');
});

story('R01: an upload whose line is lost stays with its name, and can be sent again at once', async ({ browser }) => {
  const clerk = await onNewCase(browser);
  const place = clerk.getByRole('region', { name: '行驶证背面', exact: true });
  await clerk.route('**/photos/*', (route) => route.abort());
  await place.locator('input[type=file]').first().setInputFiles(picture('licence-back'));
  await expect(place.getByRole('alert')).toContainText('网络已断开，文件没有传完');
  await clerk.unroute('**/photos/*');
  await place.getByRole('button', { name: '重试' }).click();
  await expect(place.getByRole('img', { name: '行驶证背面' })).toBeVisible({ timeout: 20_000 });
});

story(
  'R01: a page loaded again in the middle of an upload goes on with it, once, and keeps nothing of it',
  async ({ browser }) => {
    const clerk = await onNewCase(browser);
    const place = clerk.getByRole('region', { name: '行驶证背面', exact: true });
    await clerk.route('**/photos/*', (route) => route.abort());
    await place.locator('input[type=file]').first().setInputFiles(picture('licence-back'));
    await expect(place.getByRole('alert')).toContainText('网络已断开，文件没有传完');
    const kept = () =>
      clerk.evaluate(
        () =>
          new Promise<number>((resolve, reject) => {
            const opening = indexedDB.open('desk-files');
            opening.onerror = () => reject(opening.error);
            opening.onsuccess = () => {
              const counting = opening.result.transaction('files').objectStore('files').count();
              counting.onsuccess = () => resolve(counting.result);
            };
          }),
      );
    expect(await kept()).toBe(1);
    clerk.on('dialog', (dialog) => void dialog.accept());
    await clerk.reload();
    await expect(place.getByRole('alert')).toContainText('网络已断开，文件没有传完');
    await clerk.unroute('**/photos/*');
    await clerk.reload();
    await expect(place.getByRole('img', { name: '行驶证背面' })).toBeVisible({ timeout: 20_000 });
    await expect.poll(kept).toBe(0);
  },
);

story(
  'R01, R03: on a phone without a line four photographs wait in sight, and go by themselves when it is back',
  async ({ browser }) => {
    const clerk = await onNewCase(browser);
    await clerk.setViewportSize({ width: 390, height: 844 });
    const titles = ['行驶证正页', '行驶证副页', '行驶证背面', '产证一二页'];
    await clerk.context().setOffline(true);
    for (const title of titles) {
      const place = clerk.getByRole('region', { name: title, exact: true });
      await place.locator('input[type=file]').first().setInputFiles(snapshot);
      await expect(place.getByRole('alert')).toContainText('恢复后会自动再传');
    }
    await expect(clerk.getByText('还有 4 个文件等待上传，请不要关闭页面')).toBeVisible();
    await clerk.context().setOffline(false);
    for (const title of titles) {
      const place = clerk.getByRole('region', { name: title, exact: true });
      await expect(place.getByRole('img', { name: title })).toBeVisible({ timeout: 40_000 });
    }
    await expect(clerk.getByText('个文件等待上传')).toHaveCount(0);
  },
);

story('R01: what a step lacks is listed with its place, and trying keeps the form', async ({ browser }) => {
  const clerk = await onNewCase(browser);
  await fillIn(clerk, 'papers', { brandModel });
  await saved(clerk, 'papers');
  const panel = clerk.getByRole('region', { name: '现在可以办理' });
  await expect(panel.getByText(/^还差 \d+ 项：$/)).toBeVisible();

  // aria-disabled, and yet to be pressed: it leads to the first thing that is missing.
  await stepButton(clerk, '提交受理').click({ force: true });
  await expect(inputOf(clerk, 'papers', 'plateNo')).toBeFocused();
  await expect(sectionOf(clerk, 'papers').getByText('请填写号牌号码')).toBeVisible();
  await expect(inputOf(clerk, 'papers', 'brandModel')).toHaveValue(brandModel);

  await panel.getByRole('button', { name: /^还有 \d+ 项$/ }).click();
  await panel.getByRole('button', { name: '请填写所有人名称' }).click();
  await expect(inputOf(clerk, 'owner', 'ownerName')).toBeFocused();
  await panel.getByRole('button', { name: '缺少行驶证正页照片' }).click();
  await expect(clerk.getByRole('group', { name: '上传行驶证正页' }).getByRole('button').first()).toBeFocused();
});

story('R01, R42: who is signed out in the middle signs in again over the page and goes on', async ({ browser }) => {
  // A session of this story's own.
  const clerk = await freshPage(browser);
  await signIn(clerk, 'clerk1');
  await openNew(clerk);
  // The session ends elsewhere; this page does not know it yet.
  const gone = await clerk.request.delete('/api/governance/session', { headers: { 'x-requested-with': 'desk' } });
  expect(gone.ok()).toBe(true);
  await fillIn(clerk, 'papers', { brandModel });
  const dialog = clerk.getByRole('dialog', { name: '登录已失效' });
  await expect(dialog).toContainText('当前页面填写的内容都还在');
  await dialog.getByLabel('密码').fill('Demo-2026!');
  await dialog.getByRole('button', { name: '登录' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(inputOf(clerk, 'papers', 'brandModel')).toHaveValue(brandModel);
  await expect(savingOf(clerk)).toHaveText(/^已保存/, { timeout: 30_000 });
});

import { expect, type Page } from '@playwright/test';
import { administrator, seriousOf } from './administrator.ts';
import { deskOf, story } from './desk.ts';
import { openDialog } from './dialog.ts';

const choose = async (page: Page, label: string, typed: string, option: RegExp, at = 0): Promise<void> => {
  const box = page.getByRole('combobox', { name: label, exact: true }).nth(at);
  await box.click();
  if (typed !== '') await box.fill(typed);
  await page.locator('.ant-select-dropdown:visible').getByTitle(option).last().click();
  // A list of which several are chosen stays open. Any other has closed by itself: the key would close the dialog around it.
  if ((await box.locator('xpath=ancestor::*[contains(@class, "ant-select-multiple")]').count()) > 0)
    await page.keyboard.press('Escape');
  // The list fades away; what is looked at next must be the page as it stands.
  await expect(page.locator('.ant-select-dropdown:visible')).toHaveCount(0);
};

story(
  'R43, R44: one security administrator applies, another agrees, and the person may do it; the page says why',
  async ({ browser }) => {
    const roleCode = `district-${Date.now().toString(36)}`;
    const title = `闵行区监管员 ${roleCode.slice(-4)}`;
    const first = await administrator(browser, 'security1');
    await first.goto('/governance/roles');
    await expect(first.getByText('签名有效')).toBeVisible();
    expect(await seriousOf(first)).toEqual([]);

    await first.getByRole('button', { name: '新建角色' }).click();
    const editor = await openDialog(first);
    await editor.getByLabel('角色名称').fill(title);
    await editor.getByLabel('角色代码').fill(roleCode);
    await editor.getByRole('button', { name: '增加一项权限' }).click();
    await choose(first, '权限', '打印回收证明', /^打印回收证明$/);
    await choose(first, '数据范围', '', /^按条件$/);
    await expect(editor.getByRole('button', { name: '提交申请' })).toBeDisabled();
    await choose(first, '条件的值', '已出具', /^已出具回收证明，待注销$/);
    await editor.getByRole('button', { name: '增加条件' }).click();
    await choose(first, '条件字段', '', /^所在区$/, 1);
    await choose(first, '条件的值', '闵行', /^闵行区$/, 1);
    await expect(editor.getByText('即：状态为已出具回收证明，待注销，且所在区为闵行区')).toBeVisible();
    await editor.getByLabel('申请理由').fill('新设区级岗位，见内设机构通知');
    expect(await seriousOf(first)).toEqual([]);
    await editor.getByRole('button', { name: '提交申请' }).click();
    await expect(first.getByText('须由另一名安全管理员批准后生效')).toBeVisible();

    await first.goto('/governance/access-changes');
    const own = first.getByRole('row', { name: new RegExp(title) });
    await expect(own.getByText('等另一名安全管理员')).toBeVisible();
    await expect(own.getByRole('button', { name: '批准' })).toHaveCount(0);

    const second = await administrator(browser, 'security2');
    await second.goto('/governance/access-changes');
    expect(await seriousOf(second)).toEqual([]);
    await second
      .getByRole('row', { name: new RegExp(title) })
      .getByRole('button', { name: '批准', exact: true })
      .click();
    const dialog = await openDialog(second);
    await expect(dialog.getByText('几秒内所有服务器按新的权限判断')).toBeVisible();
    await dialog.getByRole('button', { name: '批准', exact: true }).click();
    await expect(dialog).toBeHidden();

    await first.goto('/governance/matrix');
    await expect(first.getByRole('link', { name: title })).toBeVisible();
    await expect(first.getByText('状态为已出具回收证明，待注销，且所在区为闵行区').first()).toBeVisible();
    expect(await seriousOf(first)).toEqual([]);

    await first.goto('/governance/why');
    await choose(first, '人员', 'observer1', /observer1/);
    await choose(first, '权限', '打印回收证明', /^打印回收证明$/);
    await expect(first.getByText('此人所持的角色都不含这项权限')).toBeVisible();
    expect(await seriousOf(first)).toEqual([]);
  },
);

story('R44: the observer reads masked, and sees one value in plain for a reason', async ({ browser }) => {
  const page = await deskOf(browser, 'observer1', '/elv/vehicle-cases?state=closed');
  await page.locator('[data-row-link]').first().click();
  await page
    .getByRole('button', { name: /所有人/ })
    .first()
    .click();
  const reveal = page.getByRole('button', { name: /查看.*的明文/ }).first();
  await expect(reveal).toBeVisible();
  await expect(page.getByText('含个人信息，按您的角色不显示').first()).toBeVisible();
  await reveal.click();
  const dialog = await openDialog(page);
  await expect(dialog.getByText('会记入日志')).toBeVisible();
  await dialog.getByLabel('原因').fill('核查举报线索');
  await dialog.getByRole('button', { name: /^查看/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: /查看.*的明文/ })).not.toHaveCount(0);
});

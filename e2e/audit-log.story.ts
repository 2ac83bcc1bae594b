import { expect, type Page } from '@playwright/test';
import { readWorkbook } from '#practices/workbook/server/read-workbook.ts';
import { administrator, phone, seriousOf } from './administrator.ts';
import { story } from './desk.ts';

/** Chooses from a list that can be typed into. */
const choose = async (page: Page, label: string, typed: string): Promise<void> => {
  const box = page.getByRole('combobox', { name: label, exact: true });
  await box.click();
  await box.fill(typed);
  await page
    .locator('.ant-select-item-option')
    .filter({ hasText: new RegExp(`^${typed}$`) })
    .click();
  await expect(page.locator('.ant-select-dropdown:visible')).toHaveCount(0);
};

for (const { size, userName, name, viewport } of [
  { size: 'at a desk', userName: 'auditor1', name: '杨审演示', viewport: { width: 1440, height: 900 } },
  { size: 'on a phone', userName: 'auditor2', name: '柳审演示', viewport: phone },
]) {
  story(
    `R45: an auditor searches the log, has one entry proven, and takes an export along, ${size}`,
    async ({ browser }) => {
      const page = await administrator(browser, userName, viewport);
      await page.goto('/governance/audit');
      await expect(page.getByRole('heading', { name: '日志', exact: true })).toBeVisible();
      expect(await seriousOf(page)).toEqual([]);

      const who = page.getByRole('textbox', { name: '人员' });
      await who.fill(userName);
      await who.press('Enter');
      await choose(page, '动作', '登录');
      await expect(page).toHaveURL(
        new RegExp(
          `actor=${userName}.*action=governance.account.signIn|action=governance.account.signIn.*actor=${userName}`,
        ),
      );
      // The door knows people by the names they type.
      const rows = page.getByRole('table', { name: '日志' }).getByRole('row').filter({ hasText: userName });
      await expect(rows.first()).toContainText('登录');

      await rows.first().getByRole('link').first().click();
      const entry = page.getByRole('dialog', { name: '日志详情' });
      await expect(entry).toContainText('用户名和口令');
      await expect(entry).toContainText(`actor:demo-${userName}`);
      await entry.getByRole('button', { name: '核验此链' }).click();
      await expect(entry.getByRole('status')).toContainText('链完整');
      expect(await seriousOf(page)).toEqual([]);
      await entry.getByRole('button', { name: '关闭' }).click();
      await expect(entry).toBeHidden();

      await page.getByRole('button', { name: '导出' }).click();
      const dialog = page.getByRole('dialog', { name: '导出日志' });
      await dialog.getByRole('button', { name: '导出', exact: true }).click();
      await expect(dialog).toContainText('请写明事由');
      await dialog.getByLabel('事由').fill('季度审计抽查');
      expect(await seriousOf(page)).toEqual([]);
      const waiting = page.waitForEvent('download');
      await dialog.getByRole('button', { name: '导出', exact: true }).click();
      const download = await waiting;
      expect(download.suggestedFilename()).toMatch(/^日志 .*\.xlsx$/);
      const lines: string[] = [];
      for await (const { cells } of readWorkbook(await download.createReadStream())) lines.push(cells.join('|'));
      expect(lines[0]).toContain(`${name}（demo-${userName}）`);
      expect(lines[1]).toContain(`人员：${userName}`);
      expect(lines.slice(3).every((line) => line.includes('登录方式：用户名和口令'))).toBe(true);

      // What was taken along stands in the log itself.
      await page.getByRole('button', { name: '清除筛选' }).click();
      await choose(page, '动作', '导出日志');
      const taken = page.getByRole('table', { name: '日志' }).getByRole('row').filter({ hasText: name });
      await expect(taken.first()).toContainText('导出日志');
    },
  );
}

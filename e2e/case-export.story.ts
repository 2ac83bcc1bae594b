import { expect } from '@playwright/test';
import { readWorkbook } from '#practices/workbook/server/read-workbook.ts';
import { seriousOf } from './administrator.ts';
import { deskOf, story } from './desk.ts';
import { openDialog } from './dialog.ts';

story('R14, R43: the officer for exports takes along what the list shows, with a reason', async ({ browser }) => {
  const officer = await deskOf(browser, 'export1', '/elv/vehicle-cases?state=certified');
  const found = await officer
    .getByText(/^[\d,]+ 件$/)
    .first()
    .textContent();
  await officer.getByRole('button', { name: '导出', exact: true }).click();
  const dialog = await openDialog(officer, '导出案卷列表');
  await expect(dialog).toContainText(`共 ${found}`);
  await dialog.getByRole('button', { name: '导出', exact: true }).click();
  await expect(dialog).toContainText('请写明事由');
  expect(await seriousOf(officer)).toEqual([]);
  await dialog.getByLabel('事由').fill('年度统计报送市商务委');
  const waiting = officer.waitForEvent('download');
  await dialog.getByRole('button', { name: '导出', exact: true }).click();
  const download = await waiting;
  await expect(officer.getByRole('heading', { name: '我的导出' }).first()).toBeVisible();
  const line = officer.getByRole('row').filter({ hasText: '年度统计报送市商务委' }).first();
  await expect(line).toContainText('状态：');
  await expect(line).toContainText('完成');
  // Looked at again later, it is still there and saves nothing by itself.
  await officer.reload();
  await expect(line.getByRole('link', { name: '下载' })).toBeVisible();
  expect(await seriousOf(officer)).toEqual([]);
  expect(download.suggestedFilename()).toMatch(/^案卷列表 .*\.xlsx$/);
  const lines: string[] = [];
  for await (const { cells } of readWorkbook(await download.createReadStream())) lines.push(cells.join('|'));
  expect(lines[0]).toContain('韩导演示（demo-export1）');
  expect(lines[0]).toContain('年度统计报送市商务委');
  expect(`${lines.length - 3} 件`).toBe(found);
  // People stand there masked.
  expect(lines.slice(3).some((line) => /\|\d{3}\*{11}[\dX]{4}\|/.test(line))).toBe(true);
  expect(lines.slice(3).filter((line) => /\|1\d{10}\|/.test(line))).toEqual([]);
});

story('R43: whoever only looks at cases finds nothing to export with', async ({ browser }) => {
  const observer = await deskOf(browser, 'observer1', '/elv/vehicle-cases');
  await expect(observer.getByRole('button', { name: '列' }).first()).toBeVisible();
  await expect(observer.getByRole('button', { name: /导出$/ })).toHaveCount(0);
});

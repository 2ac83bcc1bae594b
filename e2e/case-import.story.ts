import { expect } from '@playwright/test';
import { familyVin } from '#apps/simulators/register/family.ts';
import { caseColumns } from '#areas/elv/case-import/model/case-rows.ts';
import { type Cells, filledBook } from '#testkit/filled-book.ts';
import { seriousOf } from './administrator.ts';
import { deskOf, story } from './desk.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Vehicles no other story has. */
const line = (n: number, more: Cells = {}): Cells => ({
  'papers.plateNo': `沪B${String(n).padStart(5, '0')}`,
  'papers.plateTypeCode': '小型汽车',
  'papers.vin': familyVin(700_000 + n),
  'owner.ownerName': '孙演示',
  'owner.ownerPhone': '13800130000',
  ...more,
});

story(
  'R01: a yard opens many cases from a workbook, looked through first, and goes on in a case',
  async ({ browser }) => {
    const clerk = await deskOf(browser, 'clerk4', '/elv/vehicle-cases');
    await clerk.getByRole('button', { name: '从 Excel 导入' }).click();
    await expect(clerk.getByRole('heading', { name: '从 Excel 导入案卷' })).toBeVisible();
    const chooser = clerk.locator('input[type=file]');
    const send = async (rows: readonly Cells[]): Promise<void> =>
      chooser.setInputFiles({ name: '本周车辆.xlsx', mimeType: xlsx, buffer: await filledBook(caseColumns, rows) });
    const good = Array.from({ length: 30 }, (_, at) => line(at + 1));
    await send([...good, line(31, { 'papers.plateTypeCode': '飞机', 'owner.ownerPhone': '138' })]);
    const checked = clerk.getByRole('region', { name: '预检结果' });
    await expect(checked).toContainText('有错误 1 行，2 处');
    await expect(checked.getByRole('row').filter({ hasText: '联系电话' })).toContainText('32');
    expect(await seriousOf(clerk)).toEqual([]);
    await send(good);
    await expect(checked).toContainText('有错误 0 行');
    await clerk.getByRole('button', { name: '新建全部 30 件案卷' }).click();
    await expect(clerk.getByRole('heading', { name: '已新建 30 件案卷' })).toBeVisible();
    // The page of an upload is found again, and the cases stand in the list.
    await expect(clerk.getByRole('region', { name: '最近的导入' })).toContainText('本周车辆.xlsx');
    await clerk.getByRole('button', { name: '查看待提交的案卷' }).click();
    await expect(clerk.getByRole('heading', { name: /案卷列表/ })).toBeVisible();
    await clerk.goto(`/elv/vehicle-cases?q=${familyVin(700_030)}`);
    await clerk.getByRole('row').filter({ hasText: '沪B00030' }).click();
    await expect(clerk.getByLabel('所有人名称')).toHaveValue('孙演示');
  },
);

story(
  'R01: on a phone the import is read and used all the same; whoever opens no cases is offered none',
  async ({ browser }) => {
    const clerk = await deskOf(browser, 'clerk4');
    await clerk.setViewportSize({ width: 390, height: 844 });
    await clerk.goto('/elv/vehicle-cases/import');
    await expect(clerk.getByRole('button', { name: '选择文件并预检' })).toBeVisible();
    expect(await seriousOf(clerk)).toEqual([]);
    const desk = await deskOf(browser, 'desk1', '/elv/vehicle-cases');
    await expect(desk.getByRole('button', { name: '列' }).first()).toBeVisible();
    await expect(desk.getByRole('button', { name: '从 Excel 导入' })).toHaveCount(0);
  },
);

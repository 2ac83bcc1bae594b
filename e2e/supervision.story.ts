import { expect } from '@playwright/test';
import { stepButton, takeStep } from './case-page.ts';
import { deskOf, story } from './desk.ts';
import { openDialog } from './dialog.ts';

story(
  'R04: a clerk raises a vehicle to supervision, only the commission takes that back, and each says why',
  async ({ browser }) => {
    const clerk = await deskOf(browser, 'clerk2');
    const { rows } = await (await clerk.request.get('/api/elv/vehicle-cases?state=admitted&size=50')).json();
    const plain = rows.find(
      ({ marks, holds }: { marks: readonly { code: string }[]; holds: readonly unknown[] }) =>
        marks.every(({ code }) => code !== 'supervised') && holds.length === 0,
    );
    await clerk.goto(`/elv/vehicle-cases/${plain.id}`);
    await takeStep(clerk, '升级为监销', { reason: '现场查看为营运车辆改装' });
    await expect(clerk.getByRole('button', { name: '监销', exact: true })).toBeVisible();
    await expect(stepButton(clerk, '取消监销')).toHaveCount(0);

    const commission = await deskOf(browser, 'commission1', `/elv/vehicle-cases/${plain.id}`);
    await stepButton(commission, '取消监销').click();
    const dialog = await openDialog(commission);
    await dialog.getByRole('button', { name: '取消监销', exact: true }).click();
    await expect(dialog.getByRole('alert').filter({ hasText: '至少 4 个字' })).toBeVisible();
    await dialog.getByRole('textbox').fill('经核实不是营运车辆');
    await dialog.getByRole('button', { name: '取消监销', exact: true }).click();
    await expect(commission.getByText('已办“取消监销”').first()).toBeVisible();
    const record = commission.getByRole('region', { name: '办理记录' });
    await expect(record.getByText('现场查看为营运车辆改装')).toBeVisible();
    await expect(record.getByText('经核实不是营运车辆')).toBeVisible();
    await expect(commission.getByRole('button', { name: '监销', exact: true })).toHaveCount(0);
  },
);

import { expect } from '@playwright/test';
import { isOpenToAll } from './axe.ts';
import { deskOf, story } from './desk.ts';
import { openDialog } from './dialog.ts';
import { onPhone } from './on-phone.ts';

story(
  'R03: a photograph used for two vehicles is seen side by side and set aside with a reason',
  async ({ browser }) => {
    const commission = await deskOf(browser, 'commission1');
    // The demo's photographs are looked at after the start, and the commission is told of what is found.
    const repeated = async (): Promise<string | undefined> => {
      const { rows } = await (await commission.request.get('/api/notices?group=elv.photo-evidence&size=100')).json();
      for (const { matter } of rows) {
        const { findings } = await (
          await commission.request.get(`/api/elv/vehicle-cases/${matter.id}/photo-evidence`)
        ).json();
        const found = findings.map(({ kind, title }: { kind: string; title: string }) => `${kind} ${title}`).sort();
        if (String(found) === 'near 整车,same 钢印') return matter.id;
      }
      return undefined;
    };
    await expect.poll(repeated, { timeout: 60_000 }).toBeTruthy();
    await commission.goto(`/elv/vehicle-cases/${await repeated()}`);
    const checked = commission.getByRole('region', { name: '照片核查' });
    const lines = checked.getByRole('listitem');
    await expect(lines).toHaveText([/照片重复.*钢印.*是同一个文件/, /疑似重复.*整车.*画面近似/]);
    await isOpenToAll(commission, 'a case with repeated photographs');

    await lines.first().getByRole('button', { name: '并排核对' }).click();
    const both = await openDialog(commission);
    await expect(both.getByRole('img', { name: /本案卷 钢印/ })).toBeVisible();
    await expect(both.getByRole('img', { name: /案卷 SC\d+ 钢印/ })).toBeVisible();
    await isOpenToAll(commission, 'two photographs side by side');
    await commission.keyboard.press('Escape');
    await expect(both).toBeHidden();

    await onPhone(commission);
    await checked.getByRole('button', { name: '时间和地点' }).click();
    await expect(checked.getByRole('row', { name: /整车.*没有提供地点.*已比对/ })).toBeVisible();

    await lines.last().getByRole('button', { name: '认定无碍' }).click();
    const asking = await openDialog(commission);
    await asking.getByRole('textbox').fill('画面近似但不是同一辆车，已逐项核对');
    await asking.getByRole('button', { name: '认定无碍' }).click();
    await expect(lines).toHaveCount(1);
    await checked.getByRole('button', { name: '已认定无碍 1 项' }).click();
    await expect(checked.getByText(/卫商演示 认定无碍：画面近似/)).toBeVisible();
  },
);

story('R44: an enterprise sees nothing of how its photographs are checked', async ({ browser }) => {
  const clerk = await deskOf(browser, 'clerk1');
  const { rows } = await (await clerk.request.get('/api/elv/vehicle-cases?state=entryReview')).json();
  expect((await clerk.request.get(`/api/elv/vehicle-cases/${rows[0].id}/photo-evidence`)).status()).toBe(403);
  await clerk.goto(`/elv/vehicle-cases/${rows[0].id}`);
  await expect(clerk.getByRole('list', { name: '办理阶段' })).toBeVisible();
  await expect(clerk.getByRole('region', { name: '照片核查' })).toHaveCount(0);
});

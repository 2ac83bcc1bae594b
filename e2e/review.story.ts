import { expect } from '@playwright/test';
import { deskOf, story } from './desk.ts';
import { openDialog } from './dialog.ts';

// Most stories ask for stillness; here everything moves as it does for most people.
story.use({ contextOptions: { reducedMotion: 'no-preference' } });

story('R02: the vehicle desk sees differences first and returns a case with its reason', async ({ browser }) => {
  const desk = await deskOf(browser, 'desk1');
  const { rows } = await (await desk.request.get('/api/elv/vehicle-cases?state=deskReview')).json();
  const differing = rows.find(({ plateNo }: { plateNo: string }) => plateNo.startsWith('沪E'));
  await desk.goto(`/elv/vehicle-cases/${differing.id}`);
  await expect(desk.getByRole('heading', { name: /项需要核对/ })).toBeVisible();

  await desk.keyboard.press('r');
  const dialog = await openDialog(desk);
  await dialog.getByRole('button', { name: '退回修改' }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: '至少 4 个字' })).toBeVisible();

  await dialog.getByRole('textbox').fill('发动机号与公安登记不一致，请对照实车核对');
  await dialog.getByRole('button', { name: '退回修改' }).click();
  await expect(desk.getByText(/已办“退回修改”/)).toBeVisible();
});

story('R06: the certificate of a case is downloaded as a PDF', async ({ browser }) => {
  const commission = await deskOf(browser, 'commission1');
  const { rows } = await (await commission.request.get('/api/elv/vehicle-cases?state=certified')).json();
  const answer = await commission.request.get(`/api/elv/vehicle-cases/${rows[0].id}/certificate.pdf`);
  expect(answer.headers()['content-type']).toContain('application/pdf');
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
});

story('another enterprise’s case is answered like one that does not exist', async ({ browser }) => {
  const commission = await deskOf(browser, 'commission1');
  const { rows } = await (await commission.request.get('/api/elv/vehicle-cases?size=100')).json();
  const foreign = rows.find(({ enterpriseId }: { enterpriseId: string }) => enterpriseId !== 'yard-1');
  const clerk = await deskOf(browser, 'clerk1');
  const theirs = await clerk.request.get(`/api/elv/vehicle-cases/${foreign.id}`);
  const nobodys = await clerk.request.get('/api/elv/vehicle-cases/01a00000-0000-7000-8000-000000000000');
  expect([theirs.status(), (await theirs.json()).message]).toEqual([nobodys.status(), (await nobodys.json()).message]);
});

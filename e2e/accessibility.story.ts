import { expect, type Page } from '@playwright/test';
import { isOpenToAll } from './axe.ts';
import { fillIn, sectionOf, stepButton } from './case-page.ts';
import { deskOf, freshPage, story } from './desk.ts';
import { endDialog, openDialog } from './dialog.ts';
import { openNew } from './journey.ts';

const openFirst = async (page: Page, state: string): Promise<void> => {
  const { rows } = await (await page.request.get(`/api/elv/vehicle-cases?state=${state}`)).json();
  await page.goto(`/elv/vehicle-cases/${rows[0].id}`);
  await expect(page.getByRole('list', { name: '办理阶段' })).toBeVisible();
  await page.waitForLoadState('networkidle');
};

story('T2.8: signing in is open to all', async ({ browser }) => {
  const page = await freshPage(browser);
  await page.goto('/');
  await expect(page.getByRole('button', { name: '登录', exact: true })).toBeVisible();
  await isOpenToAll(page, 'sign-in');
});

story('T2.8: a clerk’s pages are open to all', async ({ browser }) => {
  const clerk = await deskOf(browser, 'clerk1');
  await clerk.waitForLoadState('networkidle');
  await isOpenToAll(clerk, 'my work');
  await openNew(clerk);
  await isOpenToAll(clerk, 'new case');
  await fillIn(clerk, 'papers', { vin: 'LTESTA001A000', plateNo: '沪A1' });
  await stepButton(clerk, '提交受理').click({ force: true });
  await expect(sectionOf(clerk, 'papers').getByText('请填写号牌种类')).toBeVisible();
  await isOpenToAll(clerk, 'new case with faults');
  for (const state of ['dismantling', 'certified', 'closed']) {
    await openFirst(clerk, state);
    await isOpenToAll(clerk, state);
  }
});

story('T2.8: a reviewer’s pages and dialogs are open to all', async ({ browser }) => {
  const commission = await deskOf(browser, 'commission1', '/elv/vehicle-cases');
  await expect(commission.getByRole('table').getByRole('link')).not.toHaveCount(0);
  await isOpenToAll(commission, 'list');
  await openFirst(commission, 'policeReview');
  await isOpenToAll(commission, 'waiting for the police');
  await openFirst(commission, 'reportRefused');
  await isOpenToAll(commission, 'refused by the national system');
  await openFirst(commission, 'confirming');
  await isOpenToAll(commission, 'review');
  await stepButton(commission, '退回修改').click();
  const asking = await openDialog(commission);
  await isOpenToAll(commission, 'dialog of a return');
  await endDialog(asking, asking.getByRole('button', { name: '再想想' }));
  await commission.getByRole('button', { name: '案卷全貌' }).click();
  await commission.getByRole('button', { name: '已签名' }).first().click();
  await openDialog(commission);
  await isOpenToAll(commission, 'proof of a signature');
});

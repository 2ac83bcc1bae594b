import { type Browser, expect, type Page } from '@playwright/test';
import { seriousOf } from './administrator.ts';
import { deskOf, story } from './desk.ts';
import { chooseOption } from './dialog.ts';
import { onPhone } from './on-phone.ts';
import { aCase, act, apply, confirmed, type PreparedCase, paper, stateOf } from './withdrawal.ts';

story.describe.configure({ timeout: 240_000 });

/** Opens the withdrawal of a vehicle from the person's list. */
const openFrom = async (browser: Browser, who: string, { plateNo }: PreparedCase): Promise<Page> => {
  const page = await deskOf(browser, who, `/elv/withdrawals?q=${encodeURIComponent(plateNo)}&mine=true`);
  await page.getByRole('row').filter({ hasText: 'CX' }).getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('撤销申请');
  return page;
};

story(
  'R08, R09: before acceptance the enterprise withdraws a vehicle by itself, two of its people',
  async ({ browser }) => {
    const clerk = await deskOf(browser, 'clerk1');
    const prepared = await aCase(clerk, 'deskReview');
    await apply(clerk, prepared, '终止报废', '车主不再报废');
    expect(await seriousOf(clerk)).toEqual([]);
    await confirmed(clerk, 'submit', '提交撤销申请');
    await expect(stateOf(clerk)).toHaveText('企业内部审核');

    const desk = await deskOf(browser, 'desk1', `/elv/vehicle-cases/${prepared.id}`);
    await expect(desk.getByRole('note').filter({ hasText: '撤销申请（终止报废）' })).toContainText('企业内部审核');
    await expect(desk.getByText('撤销申请办理中，有结果之前不能办理其他步骤').first()).toBeVisible();

    const reviewer = await deskOf(browser, 'review1');
    await expect(reviewer.getByRole('region', { name: '撤销申请' })).toContainText('撤销申请待内部审核');
    const judging = await openFrom(browser, 'review1', prepared);
    await onPhone(judging);
    expect(await seriousOf(judging)).toEqual([]);
    await confirmed(judging, 'passInternal', '内部审核通过', '已与车主核实');

    await clerk.goto(`/elv/vehicle-cases/${prepared.id}`);
    await expect(stateOf(clerk)).toHaveText('已撤销');
    await expect(clerk.getByRole('region', { name: '办理记录' })).toContainText('准予撤销');
    await expect(clerk.getByRole('region', { name: '办理记录' })).toContainText('已签名');
  },
);

story('R09: after acceptance the commission decides too; refused, the case goes on', async ({ browser }) => {
  const clerk = await deskOf(browser, 'clerk1');
  const prepared = await aCase(clerk, 'admitted');
  await apply(clerk, prepared, '终止报废', '车主不再报废');
  await confirmed(clerk, 'submit', '提交撤销申请');
  await confirmed(await openFrom(browser, 'review1', prepared), 'passInternal', '内部审核通过');
  const refusing = await openFrom(browser, 'commission1', prepared);
  await confirmed(refusing, 'refuse', '不予撤销', '撤销理由不充分，请与车主核实');

  await clerk.goto(`/elv/withdrawals?q=${encodeURIComponent(prepared.plateNo)}`);
  await clerk.getByRole('row').filter({ hasText: '不予撤销' }).getByRole('link').first().click();
  await expect(clerk.getByRole('note').filter({ hasText: '不予撤销原因' })).toContainText('请与车主核实');
  await clerk.goto(`/elv/vehicle-cases/${prepared.id}`);
  await expect(stateOf(clerk)).toHaveText('允许报废，待交车');
  await expect(act(clerk, 'applyForWithdrawal')).toHaveAttribute('aria-disabled', 'false');

  await apply(clerk, prepared, '终止报废', '车主不再报废');
  await confirmed(clerk, 'submit', '提交撤销申请');
  await confirmed(await openFrom(browser, 'review1', prepared), 'passInternal', '内部审核通过');
  await confirmed(await openFrom(browser, 'commission1', prepared), 'grant', '准予撤销', '车辆未拆解');
  await clerk.goto(`/elv/vehicle-cases/${prepared.id}`);
  await expect(stateOf(clerk)).toHaveText('已撤销');
});

story(
  'R08: a vehicle changes the enterprise with its owner’s consent, and the new yard goes on without entering anything again',
  async ({ browser }) => {
    const clerk = await deskOf(browser, 'clerk1');
    const prepared = await aCase(clerk, 'admitted');
    await apply(clerk, prepared, '更换报废企业', '车主改选其他企业');
    // Every other yard is offered and none of them chosen beforehand.
    await clerk.getByRole('combobox', { name: '改由哪家企业报废' }).click();
    await chooseOption(clerk, '示例循环汽车拆解（闵行）');
    await expect(clerk.getByText(/^已保存/).first()).toBeVisible();
    const place = clerk.getByRole('region', { name: '车主同意书', exact: true });
    await expect(place).toContainText('必传');
    await place.locator('input[type=file]').first().setInputFiles(paper);
    await expect(place.getByRole('img')).toBeVisible({ timeout: 20_000 });
    await confirmed(clerk, 'submit', '提交撤销申请');
    await confirmed(await openFrom(browser, 'review1', prepared), 'passInternal', '内部审核通过');
    await confirmed(await openFrom(browser, 'commission1', prepared), 'grant', '准予撤销');

    const yard = await openFrom(browser, 'clerk2', prepared);
    await expect(yard.getByRole('region', { name: '车主同意书', exact: true }).getByRole('img')).toBeVisible();
    await confirmed(yard, 'takeOver', '接收车辆');
    await yard.waitForURL('**/vehicle-cases/*');
    await expect(yard.getByRole('note').filter({ hasText: '车辆由其他企业转入' })).toContainText('一厂');
    await expect(stateOf(yard)).toHaveText('受理登记');
    const submit = act(yard, 'submit');
    await expect(submit).toHaveAttribute('aria-disabled', 'false', { timeout: 60_000 });
    await submit.click();
    await expect(stateOf(yard)).toHaveText('商委确认', { timeout: 60_000 });

    await clerk.goto(`/elv/vehicle-cases/${prepared.id}`);
    await expect(clerk.getByRole('note').filter({ hasText: '新企业已接收' })).toContainText('新案卷：SC');
  },
);

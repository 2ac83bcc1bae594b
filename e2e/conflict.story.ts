import { expect } from '@playwright/test';
import { fillIn, inputOf, saved, sectionOf, stateIs, stepButton, takeStep } from './case-page.ts';
import { deskOf, story } from './desk.ts';
import { openDialog } from './dialog.ts';
import { handIn, openNew, setOut, vehicleOf } from './journey.ts';

story('R01: two clerks type into one field: the later one sees both and decides', async ({ browser }) => {
  const first = await deskOf(browser, 'clerk1');
  await openNew(first);
  const second = await deskOf(browser, 'clerk1b', first.url());
  await expect(inputOf(second, 'papers', 'brandModel')).toBeVisible();
  // The second hears no news, as on a slow line.
  await second.route('**/pulse*', (route) => route.abort());

  await fillIn(first, 'papers', { brandModel: '别克牌SGM7154DAA2' });
  await saved(first, 'papers');
  await fillIn(second, 'papers', { brandModel: '丰田牌TV7180GM', engineNo: 'TEST000123' });

  const papers = sectionOf(second, 'papers');
  const choice = papers.getByRole('alert').filter({ hasText: '刚被' });
  await expect(choice).toContainText('周一演示');
  await expect(choice).toContainText('丰田牌TV7180GM');
  await expect(choice).toContainText('别克牌SGM7154DAA2');
  // What was typed stands in the field until it is decided; what did not collide is saved.
  await expect(inputOf(second, 'papers', 'brandModel')).toHaveValue('丰田牌TV7180GM');
  await choice.getByRole('button', { name: '保留我的' }).click();
  await saved(second, 'papers');
  await first.reload();
  await expect(inputOf(first, 'papers', 'brandModel')).toHaveValue('丰田牌TV7180GM');
  await expect(inputOf(first, 'papers', 'engineNo')).toHaveValue('TEST000123');
});

story(
  'R02: two reviewers act on one case: the later one is told who did what, and keeps the reason',
  async ({ browser }) => {
    const journey = await setOut(browser, vehicleOf('沪B20004'), { clerkName: 'clerk4' });
    await handIn(journey);
    await stateIs(journey.clerk, '车管审核');
    const first = await journey.as('desk1');
    const second = await journey.as('desk2');
    const reason = '发动机号与品牌型号不一致，请对照实车核对';
    await second.route('**/pulse*', (route) => route.abort());
    await stepButton(second, '退回修改').click();
    const asking = await openDialog(second);
    await asking.getByRole('textbox').fill(reason);

    await stepButton(first, '审核通过').click();
    await (await openDialog(first)).getByRole('button', { name: '审核通过' }).click();
    await expect(first.getByText(/已办“审核通过”/)).toBeVisible();

    await asking.getByRole('button', { name: '退回修改', exact: true }).click();
    const told = asking.getByRole('alert').filter({ hasText: '案卷在您打开之后已有变化' });
    await expect(told).toContainText('陈审演示 审核通过');
    await expect(told).toContainText('状态由“车管审核”变为“商委确认”');
    await expect(asking.getByRole('textbox')).toHaveValue(reason);
  },
);

story(
  'R02: a case that another reviewer has dealt with meanwhile says so, and no photograph opens over what was being written',
  async ({ browser }) => {
    const journey = await setOut(browser, vehicleOf('沪B20010'), { clerkName: 'clerk3' });
    await handIn(journey);
    await stateIs(journey.clerk, '车管审核');
    const second = await journey.as('desk2');
    // A paper is looked at; the case is judged with it beside.
    await second.getByRole('button', { name: '行驶证副页' }).click();
    await expect(second.getByRole('img', { name: '行驶证副页' })).toBeVisible();
    await second.keyboard.press('r');
    const asking = await openDialog(second);
    await asking.getByRole('textbox').fill('正在写的退回原因');

    await takeStep(await journey.as('desk1'), '退回修改', { reason: '所有人与公安登记不一致，请核对' });

    await stateIs(second, '受理登记');
    await expect(second.getByRole('dialog')).toHaveCount(1);
    await expect(asking.getByRole('textbox')).toHaveValue('正在写的退回原因');
    await asking.getByRole('button', { name: '退回修改', exact: true }).click();
    await expect(asking.getByRole('alert').filter({ hasText: '陈审演示 退回修改' })).toBeVisible();
  },
);

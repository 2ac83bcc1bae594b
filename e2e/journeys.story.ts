import { expect } from '@playwright/test';
import { fillIn, inputOf, sectionOf, stateIs, takeStep } from './case-page.ts';
import { photograph, picture, story } from './desk.ts';
import { openDialog } from './dialog.ts';
import {
  admit,
  bringIn,
  deregister,
  dismantle,
  goOn,
  handIn,
  isClosed,
  setOut,
  stepsAreSigned,
  vehicleOf,
} from './journey.ts';

/** Longest wait for papers that are read one after the other, on a machine that does much else. */
const reading = 120_000;

/** A whole journey is some forty photographs, a hundred fields and ten steps of three people. */
story.describe.configure({ timeout: 240_000 });

story(
  'R01–R07: a person’s car, read from its papers, goes from the photographs to the closed case',
  async ({ browser }) => {
    // A vehicle of the demo that no case has been handed in for yet; its papers are drawn as photographs.
    const vin = 'LDEMA0006A0900100';
    const vehicle = { ...vehicleOf('沪A12345'), papers: { ...vehicleOf('沪A12345').papers, vin } };
    const journey = await setOut(browser, vehicle);
    const { clerk } = journey;

    await photograph(clerk, '行驶证正页', picture(`${vin}.licence-main`));
    await photograph(clerk, '行驶证副页', picture('licence-duplicate'));
    await photograph(clerk, '产证一二页', picture(`${vin}.registration-p12`));
    await photograph(clerk, '所有人身份证人像面', picture(`${vin}.owner-id-front`));
    await photograph(clerk, '所有人身份证国徽面', picture('owner-id-back'));

    await expect(inputOf(clerk, 'papers', 'plateNo')).toHaveValue('沪L00100', { timeout: reading });
    await expect(inputOf(clerk, 'papers', 'vin')).toHaveValue(vin);
    await expect(inputOf(clerk, 'owner', 'ownerIdentityNo')).toHaveValue('310115190206210023', { timeout: reading });
    await expect(inputOf(clerk, 'owner', 'ownerName')).toHaveValue('孙六演示');

    await fillIn(clerk, 'papers', { plateTypeCode: '02', scrapReason: 'voluntary', curbWeightKg: 1320 });
    await fillIn(clerk, 'owner', { ownerPhone: '13800000000' });
    await takeStep(clerk, '提交受理', { dialog: false });
    await admit(journey);
    await goOn(journey);
    await isClosed(journey, 9);
  },
);

story('R01–R07: an organisation’s car, equal in everything, needs no vehicle desk', async ({ browser }) => {
  const journey = await setOut(browser, vehicleOf('沪B20057'));
  await handIn(journey);
  await admit(journey);
  await goOn(journey);
  await isClosed(journey, 9);
});

story('R01–R07: an agent acts for the owner, is verified, and collects the certificate', async ({ browser }) => {
  const journey = await setOut(browser, vehicleOf('沪B20062'), { clerkName: 'clerk2' });
  await handIn(journey);
  await admit(journey);
  await goOn(journey);
  await expect(sectionOf(journey.clerk, 'collection').getByText('代理人', { exact: true })).toBeVisible();
  await isClosed(journey, 9);
});

story(
  'R01–R06: an unregistered vehicle comes with a statement, is judged by people, and ends with its certificate',
  async ({ browser }) => {
    const journey = await setOut(browser, vehicleOf('沪B20048'), { registered: false, clerkName: 'clerk3' });
    const { clerk } = journey;
    await expect(sectionOf(clerk, 'papers').getByRole('region', { name: '情况说明书' })).toContainText('必传');
    await expect(inputOf(clerk, 'papers', 'plateNo')).toHaveCount(0);
    await handIn(journey);
    await stateIs(clerk, '车管审核');
    await takeStep(await journey.as('desk1'), '审核通过');
    await admit(journey);
    await bringIn(journey);
    await dismantle(journey);
    await takeStep(await journey.as('commission1'), '拆解审核通过');
    await clerk.goto(journey.address);
    await isClosed(journey, 8);
  },
);

story('R04, R60: a supervised lorry waits for the police, says so, and goes on by itself', async ({ browser }) => {
  const journey = await setOut(browser, vehicleOf('沪D20034'), { clerkName: 'clerk2' });
  const { clerk } = journey;
  await handIn(journey);
  await admit(journey);
  await bringIn(journey);
  await dismantle(journey);
  await stateIs(clerk, '公安监销审核');
  await expect(clerk.getByText(/等待公安专网应答；应答返回后案卷自动继续/)).toBeVisible();
  // Nobody does anything here: the answer comes and the national system issues the certificate.
  await deregister(journey);
  await expect(clerk.getByRole('region', { name: '办理记录' }).getByText('监销审核通过')).toBeVisible();
  await isClosed(journey, 8);
});

story('R04: a new-energy car shows its battery, by code and by photograph', async ({ browser }) => {
  const journey = await setOut(browser, vehicleOf('沪AD20042'), { clerkName: 'clerk4' });
  const { clerk } = journey;
  await handIn(journey);
  await admit(journey);
  await bringIn(journey);
  await expect(sectionOf(clerk, 'dismantling').getByRole('region', { name: '动力蓄电池', exact: true })).toContainText(
    '必传',
  );
  await dismantle(journey);
  await expect(sectionOf(clerk, 'dismantling')).toContainText('TSTPE00DEMA0000000000042');
  await takeStep(await journey.as('commission1'), '拆解审核通过');
  await clerk.goto(journey.address);
  await deregister(journey);
  await isClosed(journey, 9);
});

story('R02: three differences are lit side by side, and the vehicle desk may pass them', async ({ browser }) => {
  const journey = await setOut(browser, vehicleOf('沪B20005'), { clerkName: 'clerk5' });
  await handIn(journey);
  await stateIs(journey.clerk, '车管审核');
  const desk = await journey.as('desk2');
  await expect(desk.getByRole('heading', { name: '与公安登记比对：3 项需要核对' })).toBeVisible();
  await expect(desk.locator('mark')).toHaveText(['非', '运', '转非', '0', '5', '2', '1']);
  await desk.keyboard.press('a');
  const dialog = await openDialog(desk);
  await expect(dialog).toContainText('通过后交商务委确认');
  await dialog.getByRole('textbox').fill('已对照实车与登记证书，系登记时笔误');
  await dialog.getByRole('button', { name: '审核通过' }).click();
  await expect(desk.getByText(/已办“审核通过”/)).toBeVisible();
  await admit(journey);
  await goOn(journey);
  await isClosed(journey, 10);
});

story('R02: a returned case is corrected, handed in again as its second round, and closed', async ({ browser }) => {
  const journey = await setOut(browser, vehicleOf('沪B20003'), { clerkName: 'clerk3' });
  const { clerk } = journey;
  await handIn(journey);
  await stateIs(clerk, '车管审核');
  await takeStep(await journey.as('desk1'), '退回修改', { reason: '发动机号与公安登记不一致，请对照实车核对' });

  await clerk.goto(journey.address);
  await expect(clerk.getByText('第 2 轮').first()).toBeVisible();
  await expect(clerk.getByRole('note')).toContainText('发动机号与公安登记不一致');
  await fillIn(clerk, 'papers', { engineNo: 'TEST000033' });
  await takeStep(clerk, '提交受理', { dialog: false });
  await admit(journey);
  await goOn(journey);
  const record = clerk.getByRole('region', { name: '办理记录' });
  await expect(record.getByText('第 1 轮')).not.toHaveCount(0);
  await expect(record.getByText('改动 1 项')).toBeVisible();
  await isClosed(journey, 11);
});

story('R02: a refused vehicle is at its end: nobody can go on, and everybody can see why', async ({ browser }) => {
  const journey = await setOut(browser, vehicleOf('沪B20006'), { clerkName: 'clerk5' });
  const { clerk } = journey;
  await handIn(journey);
  await stateIs(clerk, '车管审核');
  const desk = await journey.as('desk2');
  await takeStep(desk, '不予报废', { reason: '车辆识别代号有凿改痕迹，与登记档案不符' });

  await clerk.goto(journey.address);
  await stateIs(clerk, '不予报废');
  await expect(clerk.getByRole('list', { name: '办理阶段' }).getByRole('listitem').last()).toContainText('在此终止');
  await expect(clerk.getByText('终止原因：')).toBeVisible();
  await expect(clerk.getByText('车辆识别代号有凿改痕迹，与登记档案不符').first()).toBeVisible();
  await expect(clerk.getByRole('region', { name: '现在可以办理' })).toContainText('案卷已结束（不予报废），只能查看');
  await expect(clerk.getByRole('region', { name: '证明', exact: true })).toHaveCount(0);
  await stepsAreSigned(clerk, 2);
});

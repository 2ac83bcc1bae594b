import { expect } from '@playwright/test';
import { isOpenToAll } from './axe.ts';
import { fillIn, outsideAnswers, photographAll, saved, stateIs, takeStep } from './case-page.ts';
import { deskOf, story } from './desk.ts';
import { onPhone } from './on-phone.ts';
import { aVehicleAt, handsAt } from './yard.ts';

story(
  'R01–R04: the yard proves that a plate is another one, the desk sees the letters that differ, the commission confirms on the phone',
  async ({ browser, baseURL }) => {
    const hands = handsAt(baseURL);
    const wish = { clerk: 'clerk1', number: 772_301 };
    const { id, plateNo } = await aVehicleAt(hands, 'dismantling', wish);
    const address = `/elv/vehicle-cases/${id}`;
    const [clerk, desk, commission] = [
      await deskOf(browser, 'clerk1'),
      await deskOf(browser, 'desk1'),
      await deskOf(browser, 'commission1'),
    ];
    // Its papers came a moment ago; what is read of them may yet be filled in.
    const unread = async () =>
      (await hands.view('clerk1', id)).photos.filter(({ ocr }) => ['waiting', 'reading'].includes(ocr.status)).length;
    await expect.poll(unread, { timeout: outsideAnswers }).toBe(0);
    await clerk.goto(address);
    await takeStep(clerk, '申请更正车辆身份', { reason: '拆下的号牌与受理时录入的不一致' });
    const asserted = `${plateNo.slice(0, -1)}${plateNo.endsWith('8') ? '6' : '8'}`;
    await fillIn(clerk, 'papers', { plateNo: asserted });
    await saved(clerk, 'papers');
    await photographAll(clerk, 'papers');
    await takeStep(clerk, '提交身份更正');

    await desk.goto(address);
    await stateIs(desk, '车管身份更正复核');
    const beside = desk.getByRole('note').filter({ hasText: '企业申请更正车辆身份' });
    await expect(beside.getByRole('row', { name: /号牌号码/ }).locator('mark')).toHaveText([
      plateNo.slice(-1),
      asserted.slice(-1),
    ]);
    await takeStep(desk, '同意身份更正');

    await onPhone(commission);
    await commission.goto(address);
    await isOpenToAll(commission, 'an asserted identity on the phone');
    await takeStep(commission, '确认身份更正');
    await clerk.goto(address);
    await stateIs(clerk, '拆解采集');
    await expect(clerk.getByRole('note').filter({ hasText: '企业申请更正车辆身份' })).toHaveCount(0);
  },
);

import { expect } from '@playwright/test';
import { fillIn, inputOf, sectionOf, stateIs, stepButton } from './case-page.ts';
import { story } from './desk.ts';
import { admit, fillSections, handIn, setOut, vehicleOf } from './journey.ts';

story.describe.configure({ timeout: 240_000 });

for (const [plateNo, clerkName, standing] of [
  ['沪B20058', 'clerk2', '已注销'],
  ['沪B20059', 'clerk3', '破产清算'],
] as const) {
  story(
    `R01: an organisation that is ${standing} comes with its own papers, and its vehicle is admitted`,
    async ({ browser }) => {
      const journey = await setOut(browser, vehicleOf(plateNo), { clerkName });
      const { clerk } = journey;
      await fillIn(clerk, 'owner', { ownerKind: 'organisation' });
      const owner = sectionOf(clerk, 'owner');
      await expect(owner.getByRole('region', { name: '营业执照' })).toContainText('必传');
      await handIn(journey);
      await expect(owner.getByRole('region', { name: '准予注销登记通知书或清算证明' }).getByRole('img')).toBeVisible();
      await expect(owner).toContainText(standing);
      await admit(journey);
    },
  );
}

story(
  'R01: an agent whose real name is not verified stops the case, and taking the agent out lets it go on',
  async ({ browser }) => {
    const journey = await setOut(browser, vehicleOf('沪B20063'), { clerkName: 'clerk4' });
    const { clerk } = journey;
    await fillSections(journey, 'papers', 'owner', 'agent');
    const panel = clerk.getByRole('region', { name: '现在可以办理' });
    await expect(panel.getByText('代理人实名认证未通过：姓名与身份证号码不一致，请对照证件核对')).toBeVisible({
      timeout: 60_000,
    });
    await expect(stepButton(clerk, '提交受理')).toHaveAttribute('aria-disabled', 'true');
    await fillIn(clerk, 'agent', { hasAgent: false });
    await expect(inputOf(clerk, 'agent', 'agentName')).toHaveCount(0);
    await stepButton(clerk, '提交受理').click();
    await stateIs(clerk, '商委确认');
  },
);

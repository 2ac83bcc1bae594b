import { expect, test } from '@playwright/test';
import { deskOf, photograph, picture } from './desk.ts';

/** A vehicle of the demo that no case has been handed in for yet; its papers are drawn as photographs. */
const vin = 'LDEMA0006A0900100';

test('R01, R02: photographed papers fill the form, the police agree, the commission admits the vehicle', async ({
  browser,
}) => {
  const clerk = await deskOf(browser, 'clerk1');
  await clerk.getByRole('button', { name: /新建受理/ }).click();
  await clerk.getByText('车管登记车辆', { exact: true }).click();
  await clerk.waitForURL('**/vehicle-cases/*');
  const address = clerk.url();

  await photograph(clerk, '行驶证正页', picture(`${vin}.licence-main`));
  await photograph(clerk, '行驶证副页', picture('licence-duplicate'));
  await photograph(clerk, '产证一二页', picture(`${vin}.registration-p12`));
  await photograph(clerk, '所有人身份证人像面', picture(`${vin}.owner-id-front`));
  await photograph(clerk, '所有人身份证国徽面', picture('owner-id-back'));

  await expect(clerk.getByRole('textbox', { name: '号牌号码' })).toHaveValue('沪L00100', { timeout: 60_000 });
  await expect(clerk.getByRole('textbox', { name: '车辆识别代号' })).toHaveValue(vin);
  await expect(clerk.getByRole('textbox', { name: '身份证号码' })).toHaveValue('310115190206210023', {
    timeout: 60_000,
  });
  await expect(clerk.getByRole('textbox', { name: '所有人名称' })).toHaveValue('孙六演示');

  await clerk.getByRole('combobox', { name: '号牌种类' }).fill('02');
  await clerk.getByRole('combobox', { name: '号牌种类' }).press('Enter');
  await clerk.getByLabel('自愿报废').check();
  await clerk.getByRole('textbox', { name: '整备质量' }).fill('1320');
  await clerk.getByRole('textbox', { name: '联系电话' }).fill('13800000000');
  await clerk.getByRole('textbox', { name: '联系电话' }).blur();

  const submit = clerk.getByRole('button', { name: '提交受理' });
  await expect(submit).toBeEnabled({ timeout: 30_000 });
  await submit.click();
  await expect(clerk.getByText('商委确认').first()).toBeVisible({ timeout: 30_000 });

  const commission = await deskOf(browser, 'commission1');
  await commission.goto(address);
  await commission.getByRole('button', { name: /确认允许报废/ }).click();
  await commission.getByRole('dialog').getByRole('button', { name: '确认允许报废' }).click();
  await commission.goto(address);
  await expect(commission.getByText('允许报废，待交车').first()).toBeVisible();
});

import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { deskOf, story } from './desk.ts';
import { onPhone } from './on-phone.ts';

const numberIn = async (page: Page, name: string): Promise<number> =>
  Number((await page.getByRole('link', { name, exact: false }).first().innerText()).replaceAll(',', ''));

story(
  'R14: a manager sees where cases wait, narrows to a district, and comes to the very cases',
  async ({ browser }) => {
    const page = await deskOf(browser, 'commission1');
    await page.getByRole('link', { name: '办理进度' }).click();
    await expect(page.getByRole('heading', { name: '各阶段用时' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id),
    ).toEqual([]);

    const queue = await numberIn(page, '已出具回收证明，待注销');
    await page.getByRole('link', { name: /^已出具回收证明，待注销 \d+ 件/ }).click();
    await expect(page.getByText(`${queue} 件`, { exact: true })).toBeVisible();
    await expect(page).toHaveURL(/state=certified/);
    await page.goBack();

    const districts = page.getByRole('region', { name: '按区' });
    await districts.getByRole('button', { name: '闵行区' }).click();
    await expect(page).toHaveURL(/district=310112/);
    await expect(page.getByRole('region', { name: '按企业' }).getByRole('row')).toHaveCount(0);
    const open = await numberIn(page, '闵行区在办');
    await page.getByRole('link', { name: /^闵行区在办/ }).click();
    await expect(page.getByText(`${open} 件`, { exact: true })).toBeVisible();
    // What narrows the list is seen there, and taken away.
    await page.getByRole('button', { name: '不限闵行区' }).click();
    await expect(page).not.toHaveURL(/districtCode/);
  },
);

story('R14: the period stands in the address and is still there after loading again', async ({ browser }) => {
  const page = await deskOf(browser, 'observer1', '/elv/progress');
  await page.getByRole('button', { name: '近 30 天' }).click();
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d&to=/);
  await page.reload();
  await expect(page.getByRole('button', { name: '近 30 天' })).toHaveAttribute('aria-pressed', 'true');
});

story('R14: an enterprise sees its own figures and nobody else’s', async ({ browser }) => {
  const page = await deskOf(browser, 'clerk2', '/elv/progress');
  await onPhone(page);
  await expect(page.getByRole('heading', { name: '现在停在哪里' })).toBeVisible();
  await expect(page.getByRole('heading', { name: '按企业' })).toHaveCount(0);
  await expect(page.getByRole('combobox', { name: '回收企业' })).toHaveCount(0);
});

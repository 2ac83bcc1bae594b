import { type Browser, expect, type Page } from '@playwright/test';
import { isOpenToAll } from './axe.ts';
import { deskOf, freshPage, story } from './desk.ts';
import { readCaptcha } from './read-captcha.ts';

/** Plate and VIN of a case of the demo that rests in a state, as its owner knows them. */
const vehicleIn = async (browser: Browser, state: string): Promise<{ plateNo: string; vin: string }> => {
  const commission = await deskOf(browser, 'commission1');
  const { rows } = await (await commission.request.get(`/api/elv/vehicle-cases?state=${state}&size=100`)).json();
  const [found] = rows.filter(({ plateNo }: { plateNo: string | null }) => plateNo !== null);
  return found;
};

const answerOf = (page: Page) => page.getByRole('region', { name: '查询结果' });

/** Fills in what is asked; a misread picture is asked again, as a person would. */
const ask = async (page: Page, plateNo: string, vinTail: string): Promise<void> => {
  await page.getByLabel('号牌号码').fill(plateNo);
  await page.getByLabel('车辆识别代号的后 6 位').fill(vinTail);
  await expect(async () => {
    await page.getByLabel('图中字符').fill(await readCaptcha(page));
    const answered = page.waitForResponse(
      (one) => one.request().method() === 'POST' && one.url().endsWith('/elv/public-progress'),
      { timeout: 5_000 },
    );
    await Promise.all([answered, page.getByLabel('图中字符').press('Enter')]);
    await expect(answerOf(page)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
};

story(
  'R14: an owner without an account sees from the sign-in page how far the vehicle is, on a phone',
  async ({ browser }) => {
    const { plateNo, vin } = await vehicleIn(browser, 'dismantling');
    const page = await freshPage(browser);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/');
    await page.getByRole('link', { name: '报废进度查询' }).click();
    await expect(page.getByRole('heading', { name: '报废进度查询' })).toBeVisible();
    await isOpenToAll(page, 'the public query');

    await page.getByRole('button', { name: '查询', exact: true }).click();
    await expect(page.getByText('请填写号牌号码')).toBeVisible();
    await ask(page, plateNo, vin.slice(-6));
    const stages = answerOf(page).getByRole('list', { name: '办理阶段' });
    await expect(stages.locator('[aria-current=step]')).toContainText('拆解');
    await expect(stages.locator('[aria-current=step]').locator('time')).toHaveText(/^\d{4}-\d\d-\d\d$/);
    // What is asked stands in no address.
    expect(page.url()).toMatch(/\/progress-query$/);
    await isOpenToAll(page, 'the public query');
    const { wide, seen } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      seen: window.innerWidth,
    }));
    expect(wide).toBeLessThanOrEqual(seen);
  },
);

story(
  'R14: whoever does not know the end of the VIN reads what is read where there is no such vehicle',
  async ({ browser }) => {
    const { plateNo } = await vehicleIn(browser, 'certified');
    const page = await freshPage(browser);
    await page.goto('/progress-query');
    await ask(page, plateNo, '000000');
    const [asNotYours] = [(await answerOf(page).innerText()).replace(plateNo, '…')];
    await ask(page, '沪A00009', '000000');
    expect((await answerOf(page).innerText()).replace('沪A00009', '…')).toBe(asNotYours);
    expect(asNotYours).toContain('没有查到');
  },
);

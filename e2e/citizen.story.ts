import { type Browser, expect, type Page } from '@playwright/test';
import { familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import { isOpenToAll } from './axe.ts';
import { deskOf, picture, story } from './desk.ts';

/** Whose drawn papers the demo has, so that what is read off them is known. */
const vehicle = familyVehicle(familyVin(900_106));

const phoneOf = async (browser: Browser): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  return page;
};

const signIn = async (page: Page, who: string): Promise<void> => {
  await page.getByRole('button', { name: '一网通办登录' }).click();
  await page.getByRole('link', { name: who }).click();
};

const next = (page: Page) => page.getByRole('button', { name: /^下一步/ }).click();

/** Puts a picture into the place of that title. */
const shoot = async (page: Page, title: string, name: string): Promise<void> => {
  const place = page.getByRole('region', { name: title, exact: true });
  await place.locator('input[type=file]').setInputFiles(picture(name));
  await expect(place.getByRole('img', { name: title })).toBeVisible();
};

/** Agrees to a text before papers are photographed. */
const agree = (page: Page, title: string): Promise<void> =>
  page.getByRole('region', { name: title }).getByRole('button', { name: '我已阅读并同意，开始拍摄' }).click();

const fillVehicle = async (page: Page): Promise<void> => {
  await agree(page, '个人信息处理');
  await shoot(page, '行驶证正页', `${vehicle?.papers.vin}.licence-main`);
  await expect(page.getByText(/^已识别 \d+ 项/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByLabel('号牌号码')).toHaveValue(vehicle?.papers.plateNo ?? '');
  await page.getByLabel('号牌种类').selectOption('02');
  await page.getByLabel('报废情形').selectOption('voluntary');
  await next(page);
};

const fillPeople = async (page: Page): Promise<void> => {
  await page.getByLabel('代理人（替车主办理）').check();
  await page.getByLabel('所有人名称').fill(vehicle?.owner.name ?? '');
  await page.getByLabel('身份证号码').fill(vehicle?.owner.identityNo ?? '');
  await page.getByLabel('联系电话').fill(vehicle?.owner.phone ?? '');
  await next(page);
};

const materials = [
  ['行驶证副页', 'licence-duplicate'],
  ['产证一二页', 'registration-p12'],
  ['所有人身份证人像面', 'owner-id-front'],
  ['所有人身份证国徽面', 'owner-id-back'],
  ['代理人身份证人像面', 'agent-id-front'],
  ['代理人身份证国徽面', 'agent-id-back'],
  ['委托说明书', 'power-of-attorney'],
] as const;

const chooseAndAgree = async (page: Page): Promise<void> => {
  const choices = page.getByRole('radio');
  await expect(choices.first()).toBeVisible();
  expect(await choices.count()).toBeGreaterThan(5);
  // Nobody is chosen beforehand.
  for (const one of await choices.all()) await expect(one).not.toBeChecked();
  await page.getByLabel(/拆解一厂/).check();
  await next(page);
  await page.getByRole('button', { name: '提交申请' }).click();
  await expect(page.getByRole('alert')).toContainText('请阅读并同意“报废意愿”');
  for (const one of await page.getByRole('checkbox').all()) await one.check();
};

story(
  'R62: a citizen applies on the phone with one’s thumb trembling, the yard takes it, and the phone shows it',
  async ({ browser }) => {
    const page = await phoneOf(browser);
    await page.goto('/citizen/');
    await isOpenToAll(page, 'signing in');
    await signIn(page, 'L2');
    await expect(page.getByRole('alert')).toContainText('随申办');
    await signIn(page, '代办六二演示');
    await expect(page.getByRole('heading', { name: '我的报废申请' })).toBeVisible();
    // What came back stands in no address any more.
    expect(new URL(page.url()).search).toBe('');
    await isOpenToAll(page, 'one’s applications');
    await page.getByRole('button', { name: '新的申请' }).click();
    await page.getByRole('button', { name: '拍行驶证申请其他车辆' }).click();
    await fillVehicle(page);
    await fillPeople(page);
    await agree(page, '身份证件影像（单独同意）');
    for (const [title, name] of materials) await shoot(page, title, name);
    await isOpenToAll(page, 'materials');
    // The draft is on the server: a page that is lost loses nothing.
    await page.reload();
    await expect(page.getByText('必拍 8/8 张')).toBeVisible();
    await next(page);
    await chooseAndAgree(page);
    await isOpenToAll(page, 'confirming');
    await page.getByRole('button', { name: '提交申请' }).dblclick();
    await expect(page.getByRole('heading', { name: '申请进度' })).toBeVisible();
    const number = (await page.getByText(/^申请编号/).innerText()).replace('申请编号 ', '');
    await isOpenToAll(page, 'the standing');

    const desk = await deskOf(browser, 'clerk1', `/elv/citizen-applications?q=${number}`);
    await desk.getByRole('row').filter({ hasText: number }).click();
    await expect(desk.getByRole('heading', { name: `个人申请 ${number}` })).toBeVisible();
    await isOpenToAll(desk, 'the application');
    await desk.getByRole('button', { name: '接收申请' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '接收申请' }).click();
    // The case is open, with everything in it.
    await expect(desk.getByText('受理登记').first()).toBeVisible();
    await expect(desk.getByLabel('所有人名称')).toHaveValue(vehicle?.owner.name ?? '');

    await page.reload();
    await expect(page.getByText('企业已接收', { exact: true })).toBeVisible();
    await expect(page.getByRole('list', { name: '办理进度' })).toContainText('申请受理');
  },
);

import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, expect, type Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { story } from './desk.ts';
import { openDialog } from './dialog.ts';
import { readCaptcha } from './read-captcha.ts';

const password = 'Demo-2026!';

/** A browser of its own at the door; `from` is the address it seems to come from, so that its failures are its own. */
const atTheDoor = async (browser: Browser, from?: string): Promise<Page> => {
  const context = await browser.newContext(from === undefined ? {} : { extraHTTPHeaders: { 'x-forwarded-for': from } });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto('/');
  await expect(page.getByLabel('用户名')).toBeVisible();
  return page;
};

const fill = async (page: Page, userName: string, word: string): Promise<void> => {
  await page.getByLabel('用户名').fill(userName);
  await page.getByLabel('密码').fill(word);
};
const signIn = (page: Page): Promise<void> => page.getByRole('button', { name: '登录', exact: true }).click();
const codeOf = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate();
const inside = (page: Page) => expect(page.getByRole('banner').getByRole('button', { name: /演示/ })).toBeVisible();

/** The demonstration shows the code a phone would; a code serves once, so the next one may have to be waited for. */
const proveWithDemoCode = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '填入' }).click({ timeout: 70_000 });
  await page.getByRole('button', { name: '验证', exact: true }).click();
};

const seriousOf = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
};

story(
  'R42: a new administrator changes the password, enrols a phone, keeps recovery codes, and only then is in',
  async ({ browser }) => {
    const page = await atTheDoor(browser);
    await fill(page, 'newcomer1', password);
    await signIn(page);
    await expect(page.getByRole('heading', { name: '设置新密码' })).toBeVisible();
    await page.getByLabel('新密码', { exact: true }).fill('Admin@123');
    await page.getByLabel('再输一次新密码').fill('Admin@123');
    await page.getByRole('button', { name: '确定并继续' }).click();
    await expect(page.getByText('这个密码太常见')).toBeVisible();
    for (const name of ['新密码', '再输一次新密码']) await page.getByLabel(name, { exact: true }).fill('First-gate-26');
    await page.getByRole('button', { name: '确定并继续' }).click();

    await expect(page.getByRole('heading', { name: '启用动态验证码' })).toBeVisible();
    expect(await seriousOf(page)).toEqual([]);
    expect((await page.request.get('/api/governance/session')).status()).toBe(401);
    await expect(page.getByRole('img', { name: '动态验证码的二维码' })).toBeVisible();
    const secret = (await page.locator('code').innerText()).replace(/\s/g, '');
    await page.getByRole('textbox', { name: '动态验证码' }).fill('000000');
    await page.getByRole('button', { name: '启用并登录' }).click();
    await expect(page.getByRole('alert')).toContainText('验证码不对');
    await page.getByRole('textbox', { name: '动态验证码' }).fill(codeOf(secret));
    await page.getByRole('button', { name: '启用并登录' }).click();

    const codes = page.getByRole('region', { name: '恢复码' }).getByRole('listitem');
    await expect(codes).toHaveCount(10);
    const [first = ''] = await codes.allInnerTexts();
    await page.getByRole('button', { name: '已保存，继续' }).click();
    await inside(page);

    const again = await atTheDoor(browser);
    await fill(again, 'newcomer1', 'First-gate-26');
    await signIn(again);
    await again.getByRole('textbox', { name: '动态验证码' }).fill(first);
    await again.getByRole('button', { name: '验证', exact: true }).click();
    await inside(again);
  },
);

story('R42: after three failures a picture must be read, after five the name is locked', async ({ browser }) => {
  const page = await atTheDoor(browser, '203.0.113.7');
  const refusal = page.getByRole('alert');
  for (let count = 0; count < 3; count += 1) {
    await fill(page, 'somebody.story', `wrong${count}`);
    await signIn(page);
    await expect(refusal).toHaveText('用户名或密码不对，请重新输入');
  }
  const captcha = page.getByLabel('图中字符');
  await expect(captcha).toBeVisible();
  expect(await seriousOf(page)).toEqual([]);
  await captcha.fill('00');
  await page.getByLabel('密码').fill('wrong');
  await signIn(page);
  await expect(refusal).toHaveText('请输入图中字符，再登录');
  // A misread picture is asked again, as a person would.
  await expect(async () => {
    await page.getByLabel('密码').fill('wrong again');
    await captcha.fill(await readCaptcha(page));
    // Both are waited for together: an answer given up alone would end the story, not the attempt.
    await Promise.all([
      page.waitForResponse((one) => one.request().method() === 'POST' && one.url().endsWith('/governance/session')),
      signIn(page),
    ]);
    await expect(refusal).toContainText('账号已暂时锁定', { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
});

story(
  'R42: a session is ended from another device; its page says so and goes on after signing in again',
  async ({ browser }) => {
    const [office, home] = [await atTheDoor(browser), await atTheDoor(browser, '203.0.113.8')];
    for (const page of [home, office]) {
      await fill(page, 'desk2', password);
      await signIn(page);
      await expect(page.getByRole('heading', { name: '我的工作' })).toBeVisible();
    }
    await office.getByRole('button', { name: /褚审演示/ }).click();
    await office.getByRole('menuitem', { name: '个人设置' }).click();
    await expect(office.getByRole('heading', { name: '登录设备' })).toBeVisible();
    expect(await seriousOf(office)).toEqual([]);
    const other = office.getByRole('listitem').filter({ hasText: '203.0.113.8' });
    await other.getByRole('button', { name: /退出/ }).click();
    await expect(other).toHaveCount(0);

    // Whatever the page asks for next meets the closed door.
    const pages = home.getByRole('navigation', { name: '报废机动车' }).getByRole('link');
    let next = 0;
    await expect(async () => {
      next += 1;
      await pages.nth(next % (await pages.count())).click({ timeout: 1_000 });
      await expect(home.getByRole('dialog', { name: '登录已失效' })).toBeVisible({ timeout: 1_500 });
    }).toPass({ timeout: 30_000 });
    const dialog = home.getByRole('dialog', { name: '登录已失效' });
    await expect(dialog).toContainText('由您在其他设备上退出');
    await dialog.getByLabel('密码').fill(password);
    await dialog.getByRole('button', { name: '登录', exact: true }).click();
    await expect(dialog).toBeHidden();
    await inside(home);
  },
);

story(
  'R42: an administrator whose session ended under an open page signs in over it with the second factor',
  async ({ browser }) => {
    const page = await atTheDoor(browser);
    await fill(page, 'security2', password);
    await signIn(page);
    await proveWithDemoCode(page);
    await inside(page);
    await page.goto('/personal-settings');
    await expect(page.getByRole('heading', { name: '双因素登录' })).toBeVisible();
    await page.context().clearCookies();
    await page.getByRole('button', { name: '更换手机' }).click();
    await (await openDialog(page)).getByLabel('当前密码').fill(password);
    await page.getByRole('dialog').getByRole('button', { name: '启用动态验证码' }).click();
    const dialog = page.getByRole('dialog', { name: '登录已失效' });
    await dialog.getByLabel('密码').fill(password);
    await dialog.getByRole('button', { name: '登录', exact: true }).click();
    await dialog.getByRole('button', { name: '填入' }).click({ timeout: 70_000 });
    await dialog.getByRole('button', { name: '验证', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('heading', { name: '双因素登录' })).toBeVisible();
  },
);

story('R42: whoever the government’s sign-on vouches for is let in, a stranger is not', async ({ browser }) => {
  const page = await atTheDoor(browser);
  await page.getByRole('button', { name: /统一身份认证/ }).click();
  await page.getByRole('link', { name: /周一演示/ }).click();
  await expect(page.getByRole('heading', { name: '我的工作' })).toBeVisible();

  const stranger = await atTheDoor(browser);
  await stranger.getByRole('button', { name: /统一身份认证/ }).click();
  await stranger.getByRole('link', { name: /程未演示/ }).click();
  await expect(stranger.getByRole('alert')).toContainText('没有与之关联的本系统账号');
  await stranger.getByRole('link', { name: '回到登录页' }).click();

  const forged = await atTheDoor(browser);
  await forged.goto('/sign-in/callback?code=made-up&state=made-up');
  await expect(forged.getByRole('alert')).toContainText('不是从本页面发起');
});

story('R42: on a phone the door, the picture to scan and one’s own settings fit the screen', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const fits = async (): Promise<void> => {
    const { wide, seen } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      seen: window.innerWidth,
    }));
    expect(wide).toBeLessThanOrEqual(seen);
  };
  await page.goto('/');
  await fill(page, 'commission2', password);
  await fits();
  await signIn(page);
  await expect(page.getByRole('heading', { name: '我的工作' })).toBeVisible();
  await page.goto('/personal-settings');
  await page.getByRole('button', { name: '启用', exact: true }).click();
  await (await openDialog(page)).getByLabel('当前密码').fill(password);
  await page.getByRole('dialog').getByRole('button', { name: '启用动态验证码' }).click();
  await expect(page.getByRole('img', { name: '动态验证码的二维码' })).toBeVisible();
  await fits();
});

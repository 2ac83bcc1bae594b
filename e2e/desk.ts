import { join } from 'node:path';
import { type Browser, type BrowserContext, test as base, expect, type Page } from '@playwright/test';

type Signed = Awaited<ReturnType<BrowserContext['storageState']>>;

/** A story; the browsers of its people are closed when it is over, so that nobody's page goes on asking for news. */
export const story = base.extend<{ leave: undefined }>({
  leave: [
    async ({ browser }, use) => {
      await use(undefined);
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    { auto: true },
  ],
});

/** One of the demo's pictures by its file name without the ending. */
export const picture = (name: string): string => join(import.meta.dirname, '../apps/server/demo/photos', `${name}.jpg`);

/** A page of its own that nobody has signed in on. A script error on it fails the story. */
export const freshPage = async (browser: Browser, state?: Signed): Promise<Page> => {
  const context = await browser.newContext(state ? { storageState: state } : {});
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  return page;
};

/** Signs a demo person in through the form. */
export const signIn = async (page: Page, userName: string): Promise<void> => {
  await page.goto('/');
  await page.getByLabel('用户名').fill(userName);
  await page.getByLabel('密码').fill('Demo-2026!');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByRole('heading', { name: '我的工作' })).toBeVisible();
};

/** Sessions of people who came in through the form before, in this process: signing in is limited to so many a minute. */
const sessions = new Map<string, Signed>();

/** A page of its own on which a demo person stands before their work, or wherever the address says. */
export const deskOf = async (browser: Browser, userName: string, address?: string): Promise<Page> => {
  const session = sessions.get(userName);
  const page = await freshPage(browser, session);
  if (!session) {
    await signIn(page, userName);
    sessions.set(userName, await page.context().storageState());
  }
  if (address !== undefined) await page.goto(address);
  else if (session) {
    await page.goto('/elv/my-work');
    await expect(page.getByRole('heading', { name: '我的工作' })).toBeVisible();
  }
  return page;
};

/** Puts a file into the empty photograph place of that title and waits until it is there. */
export const photograph = async (page: Page, title: string, file: string): Promise<void> => {
  const place = page.getByRole('region', { name: title, exact: true });
  await place.locator('input[type=file]').first().setInputFiles(file);
  await expect(place.getByRole('img', { name: title })).toBeVisible({ timeout: 20_000 });
};

import { join } from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';

/** One of the demo's pictures by its file name without the ending. */
export const picture = (name: string): string => join(import.meta.dirname, '../apps/server/demo/photos', `${name}.jpg`);

/** A page of its own in which a demo person has signed in through the form. A script error on it fails the story. */
export const deskOf = async (browser: Browser, userName: string): Promise<Page> => {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto('/');
  await page.getByLabel('用户名').fill(userName);
  await page.getByLabel('密码').fill('Demo-2026!');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByRole('heading', { name: '我的工作' })).toBeVisible();
  return page;
};

/** Puts a file into the empty photograph place of that title and waits until it is there. */
export const photograph = async (page: Page, title: string, file: string): Promise<void> => {
  const place = page.getByRole('region', { name: title, exact: true });
  await place.locator('input[type=file]').first().setInputFiles(file);
  await expect(place.getByRole('img', { name: title })).toBeVisible({ timeout: 20_000 });
};

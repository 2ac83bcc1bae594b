import { expect } from '@playwright/test';
import { signIn, story } from './desk.ts';

story(
  'T2.8: who wants nothing to move opens menus, lists and dialogs, and they stand where they belong',
  async ({ browser }) => {
    const page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
    await signIn(page, 'observer1');
    await page.goto('/elv/vehicle-cases');
    for (let turn = 0; turn < 5; turn += 1) {
      await page.getByRole('combobox', { name: '状态' }).click();
      await page.locator('.ant-select-item-option').first().click({ timeout: 5_000 });
      await page.keyboard.press('Escape');
      await page
        .getByRole('banner')
        .getByRole('button', { name: /沈查演示/ })
        .click();
      await expect(page.getByRole('menuitem').first()).toBeInViewport({ timeout: 5_000 });
      await page.keyboard.press('Escape');
    }
  },
);

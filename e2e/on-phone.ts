import { expect, type Page } from '@playwright/test';
import { phone } from './administrator.ts';

/** From here on the person has the page on a phone, where it goes in one column and nothing has to be pushed sideways. */
export const onPhone = async (page: Page): Promise<void> => {
  await page.setViewportSize(phone);
  await expect
    .poll(() => page.evaluate<number>('document.documentElement.scrollWidth'))
    .toBeLessThanOrEqual(phone.width);
};

import { expect, type Locator, type Page } from '@playwright/test';

/** Waits until what fades or grows in has come to rest, so that nothing moves away under the pointer. */
const settled = async (part: Locator): Promise<void> => {
  // A dialog that is about to grow has no animation yet; it only carries the class.
  await expect(part.page().locator('[class*="ant-zoom-"], [class*="ant-fade-"]')).toHaveCount(0);
  await part.evaluate(async (element) => {
    await Promise.all(element.getAnimations({ subtree: true }).map(({ finished }) => finished.catch(() => undefined)));
  });
};

/** Chooses from the list of options that is opening, once it stands still: a click on what still slides is lost. */
export const chooseOption = async (page: Page, text: string): Promise<void> => {
  const option = page.locator('.ant-select-dropdown .ant-select-item-option').filter({ hasText: text });
  await expect(option).toBeVisible();
  await expect(page.locator('[class*="ant-slide-"]')).toHaveCount(0);
  await option.click();
};

/** The dialog that stands open, once it stands still: a click on a button that is still growing is lost. */
export const openDialog = async (page: Page, text?: string): Promise<Locator> => {
  const dialogs = page.getByRole('dialog');
  const dialog = text === undefined ? dialogs : dialogs.filter({ hasText: text });
  await expect(dialog).toBeVisible({ timeout: 30_000 });
  await settled(dialog);
  return dialog;
};

/** Presses the button that ends a dialog, again as a person would if nothing came of it, until the dialog is gone. */
export const endDialog = async (dialog: Locator, button: Locator): Promise<void> => {
  await expect(async () => {
    if (await dialog.isVisible()) await button.click({ timeout: 5_000 });
    await expect(dialog).toBeHidden({ timeout: 5_000 });
  }).toPass({ timeout: 30_000 });
};

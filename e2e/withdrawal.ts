import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { openFor, type Settle, type Walker, walkTo } from '#apps/server/demo/walk.ts';
import { type FamilyKind, familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { openDialog } from './dialog.ts';
import { handsBeside } from './hands-beside.ts';

/** A case that was brought to its state by other hands than the browser's, and the plate it is known by. */
export interface PreparedCase {
  readonly id: string;
  readonly plateNo: string;
}

/** Vehicles of these stories, each one's own; a run begins with an empty product. */
let made = 970_000 + Math.floor(Math.random() * 9_000);

/** A case of the first yard in the state, about a vehicle of its own. */
export const aCase = async (page: Page, state: 'deskReview' | 'admitted'): Promise<PreparedCase> => {
  made += 1;
  const kind: FamilyKind = state === 'deskReview' ? 'D' : 'A';
  const vehicle = familyVehicle(familyVin(made, kind));
  if (!vehicle) throw new Error(`the family has no ${kind}${made}`);
  const hands = handsBeside(new URL(page.url()).origin);
  const cast = { clerk: 'clerk1', desk: 'desk1', commission: 'commission2' };
  const walker: Walker = { hands, clock: systemClock, cast, vehicle, registered: true, photo: () => aJpeg() };
  const id = await openFor(walker);
  const settle: Settle = async () => {
    await expect(async () => {
      const { checks, stateKind } = await hands.view(cast.commission, id);
      const open = checks.filter(({ status }) => status === 'waiting' || status === 'retrying');
      expect([open.length, stateKind]).toEqual([0, 'work']);
    }).toPass({ timeout: 60_000 });
  };
  await walkTo(walker, id, [state], settle);
  return { id, plateNo: vehicle.papers.plateNo };
};

/** A paper as a clerk photographs it. */
export const paper = { name: '同意书.jpg', mimeType: 'image/jpeg', buffer: aJpeg(200, 150) };

/** The button of a step. */
export const act = (page: Page, action: string) => page.locator(`[data-action="${action}"]`);

/** Takes a step that asks: fills the reason if there is one to give, and confirms. */
export const confirmed = async (page: Page, action: string, title: string, reason?: string): Promise<void> => {
  await act(page, action).click();
  const dialog = await openDialog(page);
  if (reason) await dialog.getByRole('textbox').fill(reason);
  await dialog.getByRole('button', { name: title, exact: true }).click();
  await expect(dialog).toBeHidden();
};

/** Opens the application from the case's own page, and fills in what it asks for but the enterprise. */
export const apply = async (page: Page, { id }: PreparedCase, kind: string, cause: string): Promise<void> => {
  await page.goto(`/elv/vehicle-cases/${id}`);
  await act(page, 'applyForWithdrawal').click();
  await page.waitForURL('**/withdrawals/*');
  await expect(act(page, 'submit')).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('radio', { name: kind, exact: true }).check();
  await page.getByRole('combobox', { name: /^撤销原因/ }).fill(cause);
  await page.getByRole('combobox', { name: /^撤销原因/ }).press('Enter');
  const reason = page.getByRole('textbox', { name: /^原因说明/ });
  await reason.fill(`车主本人来电，${randomUUID().slice(0, 8)}`);
  await reason.blur();
  await expect(page.getByText(/^已保存/).first()).toBeVisible();
};

/** The state of the case or the withdrawal a page is about. */
export const stateOf = (page: Page) => page.getByRole('status', { name: '当前状态' });

import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { openFor, type Walker, walkTo } from '#apps/server/demo/walk.ts';
import { type FamilyKind, familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import type { VehicleCaseState } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { exifSegment } from '#testkit/exif-segment.ts';
import type { HttpHands } from '#testkit/http-hands.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { outsideAnswers, snapshot } from './case-page.ts';
import { handsBeside } from './hands-beside.ts';

/** A phone as people of a yard hold it. */
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** What the camera gives: each a picture of its own. */
export const shot = (width = 320): { name: string; mimeType: string; buffer: Buffer } => ({
  name: 'image.jpg',
  mimeType: 'image/jpeg',
  buffer: aJpeg(width, 240),
});

/** The same from a camera of many pixels: some five megabytes, held upright, with the time it was taken (`yyyy:MM:dd HH:mm:ss`). */
export const heavyShot = (taken: string): ReturnType<typeof shot> => {
  const picture = shot();
  // Comments make it as heavy as a camera's, without drawing millions of pixels.
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(65_533, 32)]);
  const head = [exifSegment(taken), ...Array.from({ length: 80 }, () => comment)];
  return {
    ...picture,
    buffer: Buffer.concat([picture.buffer.subarray(0, 2), ...head, picture.buffer.subarray(2)]),
  };
};

/** People at work by HTTP beside the phone, to bring a vehicle to where the yard has it. */
export const handsAt = (baseURL: string | undefined): HttpHands => handsBeside(baseURL ?? '');

/** Waits until no outside system is asked anything about the case any more. */
const outsideAnswered = async (hands: HttpHands, id: string): Promise<void> => {
  await expect
    .poll(
      async () => {
        const { checks, stateKind } = await hands.view('commission1', id);
        return stateKind !== 'wait' && checks.every(({ status }) => status !== 'waiting' && status !== 'retrying');
      },
      { timeout: outsideAnswers },
    )
    .toBe(true);
};

interface VehicleWish {
  readonly clerk: string;
  /** Of the endless family; each story has numbers of its own. */
  readonly number: number;
  readonly kind?: FamilyKind;
  /** The picture of each photograph, where they are looked at. */
  readonly photo?: Walker['photo'];
}

/** The demo's filling tells of an entry five minutes ago; here the vehicle came just now. */
const fiveMinutesOn: Clock = { now: () => new Date(Date.now() + 5 * 60_000) };

/** Papers there is nothing to read on: reading fifty of them would keep those waiting that a story looks at. */
const nothingToRead = (): Uint8Array => snapshot.buffer;

const walkerFor = (hands: HttpHands, { clerk, number, kind = 'A', photo = nothingToRead }: VehicleWish): Walker => {
  const vehicle = familyVehicle(familyVin(number, kind));
  if (!vehicle) throw new Error('the family is endless');
  const cast = { clerk, desk: 'desk1', commission: 'commission1' };
  return { hands, clock: fiveMinutesOn, cast, vehicle, registered: true, photo };
};

/** Brings a case on to that state, by everybody whose turn it is. */
export const bringTo = async (
  hands: HttpHands,
  id: string,
  state: VehicleCaseState,
  wish: VehicleWish,
): Promise<void> => {
  await walkTo(walkerFor(hands, wish), id, [state], (of) => outsideAnswered(hands, of));
};

/** A vehicle of its own that waits in the yard in that state; answers its case and plate. */
export const aVehicleAt = async (
  hands: HttpHands,
  state: VehicleCaseState,
  wish: VehicleWish,
): Promise<{ readonly id: string; readonly plateNo: string }> => {
  const walker = walkerFor(hands, wish);
  const id = await openFor(walker);
  await bringTo(hands, id, state, wish);
  return { id, plateNo: walker.vehicle.papers.plateNo ?? '' };
};

/** A browser of its own on a phone, at the yard's address. */
export const aPhone = async (
  browser: Browser,
  baseURL: string | undefined,
): Promise<{ context: BrowserContext; page: Page }> => {
  const context = await browser.newContext({ ...phone, ...(baseURL === undefined ? {} : { baseURL }) });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto('/yard/');
  return { context, page };
};

/** Signs a demo person in on the phone. */
export const enter = async (page: Page, userName: string): Promise<void> => {
  await page.getByLabel('用户名').fill(userName);
  await page.getByLabel('密码').fill('Demo-2026!');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByRole('button', { name: '登录', exact: true })).toHaveCount(0);
};

/** Finds a vehicle by its plate and opens it. */
export const openVehicle = async (page: Page, plateNo: string): Promise<void> => {
  await page.getByLabel('按号牌查找').fill(plateNo);
  await page.getByRole('button', { name: new RegExp(plateNo.slice(2)) }).click();
  await expect(page.getByRole('list', { name: '全部照片' })).toBeVisible();
};

/** Takes a photograph by a button of the camera. */
export const shootBy = async (page: Page, button: string | RegExp, picture: ReturnType<typeof shot>): Promise<void> => {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await choosing).setFiles(picture);
};

const counted = (page: Page) => page.getByText(/^\d+\/\d+ 张$/);

/** Takes the photograph the large button asks for. */
export const shoot = async (page: Page, width = 320, picture = shot(width)): Promise<void> => {
  const before = await counted(page).textContent();
  await shootBy(page, /^拍/, picture);
  await expect(counted(page)).not.toHaveText(before ?? '');
};

/** How often each place of a case is filled on the server. */
export const onServer = async (hands: HttpHands, id: string): Promise<Readonly<Record<string, number>>> => {
  const counts: Record<string, number> = {};
  for (const { part } of (await hands.view('commission1', id)).photos) counts[part] = (counts[part] ?? 0) + 1;
  return counts;
};

/** Waits until the service worker has the shell. */
export const shellKept = (page: Page): Promise<unknown> => page.evaluate(() => navigator.serviceWorker.ready);

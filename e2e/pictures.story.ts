import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { openDemoPhotos } from '#apps/server/demo/demo-photos.ts';
import { inputOf } from './case-page.ts';
import { deskOf, photograph, picture, story } from './desk.ts';
import { openNew } from './journey.ts';
import { aPhone, aVehicleAt, enter, handsAt, openVehicle, shoot, shootBy, shot } from './yard.ts';

/** Taken only on request, for README: `PICTURES=1 npx playwright test --config=e2e/playwright.config.ts pictures`. */
story.skip(process.env.PICTURES === undefined, 'pictures are taken on request');

const pictureFile = (name: string): string => join(import.meta.dirname, '../docs/pictures', `${name}.png`);

const take = async (page: Page, name: string): Promise<void> => {
  await page.mouse.move(0, 0);
  await page.waitForLoadState('networkidle');
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined))),
  );
  await page.screenshot({ path: pictureFile(name), scale: 'css' });
};

interface Row {
  readonly id: string;
  readonly plateNo: string | null;
}

const openCase = async (page: Page, state: string, wanted: (row: Row) => boolean = () => true): Promise<void> => {
  const { rows } = await (await page.request.get(`/api/elv/vehicle-cases?size=100&state=${state}`)).json();
  const row = (rows as readonly Row[]).find(wanted);
  await page.goto(`/elv/vehicle-cases/${row?.id}`);
  await expect(page.getByRole('list', { name: '办理阶段' })).toBeVisible();
};

story('pictures: work, list, a case that waits and one that is closed', async ({ browser }) => {
  const commission = await deskOf(browser, 'commission1');
  await take(commission, 'my-work');
  await commission.getByRole('link', { name: '案卷列表' }).first().click();
  await expect(commission.getByRole('table').getByRole('link')).not.toHaveCount(0);
  await take(commission, 'list');
  await openCase(commission, 'policeReview');
  await take(commission, 'waiting-for-police');
  await openCase(commission, 'closed');
  await take(commission, 'closed');
});

story('pictures: a new case just read from its papers', async ({ browser }) => {
  const vin = 'LDEMA0006A0900100';
  const clerk = await deskOf(browser, 'clerk1');
  await openNew(clerk);
  await photograph(clerk, '行驶证正页', picture(`${vin}.licence-main`));
  await photograph(clerk, '行驶证副页', picture('licence-duplicate'));
  await photograph(clerk, '产证一二页', picture(`${vin}.registration-p12`));
  await expect(inputOf(clerk, 'papers', 'plateNo')).toHaveValue('沪L00100', { timeout: 60_000 });
  await expect(clerk.getByText(/等待识别|正在识别/)).toHaveCount(0, { timeout: 60_000 });
  await take(clerk, 'new-case');
});

story('pictures: three differences before the vehicle desk', async ({ browser }) => {
  const desk = await deskOf(browser, 'desk1');
  await openCase(desk, 'deskReview', ({ plateNo }) => plateNo?.startsWith('沪E') ?? false);
  await expect(desk.getByRole('heading', { name: /3 项需要核对/ })).toBeVisible();
  await take(desk, 'review');
});

story('pictures: the yard on the phone, with and without network', async ({ browser, baseURL }) => {
  const hands = handsAt(baseURL);
  const { plateNo } = await aVehicleAt(hands, 'handedOver', {
    clerk: 'clerk4',
    number: 61_901,
    photo: openDemoPhotos().of,
  });
  const { context, page } = await aPhone(browser, baseURL);
  await enter(page, 'clerk4');
  await openVehicle(page, plateNo);
  const seen = (name: string) => ({ ...shot(), buffer: readFileSync(picture(name)) });
  await shoot(page, 0, seen('whole'));
  await expect(page.getByText('已送达服务器')).toBeVisible();
  await take(page, 'phone-capture');
  await context.setOffline(true);
  for (const name of ['frame-number', 'engine-number', 'vin-stamp']) await shoot(page, 0, seen(name));
  await shootBy(page, '再拍一张', seen('vin-stamp'));
  await expect(page.getByRole('button', { name: /4 张待发送/ })).toBeVisible();
  await page.screenshot({ path: pictureFile('phone-offline'), scale: 'css' });
});

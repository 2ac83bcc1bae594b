import { expect, type Locator } from '@playwright/test';
import { deskOf, story } from './desk.ts';
import { openDialog } from './dialog.ts';

const turnAndScale = async (picture: Locator): Promise<{ readonly turn: string; readonly scale: number }> => {
  const style = (await picture.getAttribute('style')) ?? '';
  return { turn: style.match(/rotate\((.+?)deg\)/)?.[1] ?? '', scale: Number(style.match(/scale\((.+?)\)/)?.[1]) };
};

story(
  'R02, R03: photographs are looked at large: zoomed, turned, side by side, with who took them and when',
  async ({ browser }) => {
    const commission = await deskOf(browser, 'commission1');
    const { rows } = await (await commission.request.get('/api/elv/vehicle-cases?state=dismantleReview')).json();
    await commission.goto(`/elv/vehicle-cases/${rows[0].id}`);
    const first = commission.getByRole('region', { name: '车架', exact: true });
    const picture = first.getByRole('img', { name: '车架' });
    await expect(picture).toBeVisible();
    await expect.poll(async () => (await turnAndScale(picture)).scale).toBeGreaterThan(0);
    const whole = await turnAndScale(picture);
    expect(whole.turn).toBe('0');

    await first.getByRole('button', { name: /^放大/ }).click();
    expect((await turnAndScale(picture)).scale).toBeGreaterThan(whole.scale);
    await first.getByRole('button', { name: /^向右转/ }).click();
    expect((await turnAndScale(picture)).turn).toBe('90');
    await first.getByRole('button', { name: /^适合窗口/ }).click();
    await first.getByRole('application').focus();
    await commission.keyboard.press('[');
    expect(await turnAndScale(picture)).toEqual(whole);

    await commission.getByRole('button', { name: '并排', exact: true }).click();
    await expect(commission.getByRole('application')).toHaveCount(2);
    await commission.keyboard.press('ArrowRight');
    await expect(commission.getByText(/^SM3$/)).toBeVisible();
    await expect(commission.getByText('上传', { exact: true })).toBeVisible();
    await expect(commission.getByRole('link', { name: '下载', exact: true }).first()).toHaveAttribute(
      'href',
      /\/photos\//,
    );
    await commission.getByRole('button', { name: '单张', exact: true }).click();
    await expect(commission.getByRole('application')).toHaveCount(1);

    await commission.getByRole('button', { name: '案卷全貌' }).click();
    await commission.getByRole('region', { name: '整车', exact: true }).getByRole('button').first().click();
    const dialog = await openDialog(commission, '案卷照片');
    await expect(dialog.getByRole('img', { name: '整车' })).toBeVisible();
  },
);

import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { administrator, phone, seriousOf } from './administrator.ts';
import { deskOf, story } from './desk.ts';
import { handsBeside } from './hands-beside.ts';
import { aCase, type PreparedCase } from './withdrawal.ts';

story.describe.configure({ timeout: 240_000 });

const reason = '第二张照片看不清车架号，请重新拍摄';

/** A case of the first yard that the vehicle desk has sent back. */
const aReturnedCase = async (page: Page): Promise<PreparedCase> => {
  const prepared = await aCase(page, 'deskReview');
  const hands = handsBeside(new URL(page.url()).origin);
  const version = await hands.version('desk2', prepared.id);
  await hands.step('desk2', prepared.id, 'returnDesk', version, randomUUID(), { reason });
  return prepared;
};

story(
  'R13, R49: a clerk hears that a case came back, goes to it from the notice, and it counts as read',
  async ({ browser }) => {
    const clerk = await deskOf(browser, 'clerk1b');
    const { plateNo } = await aReturnedCase(clerk);
    await clerk.getByRole('link', { name: '案卷列表' }).click();
    await clerk.getByRole('link', { name: /^消息，\d+\+? 条未读$/ }).click();
    await expect(clerk.getByRole('heading', { level: 1, name: '消息' })).toBeVisible();
    expect(await seriousOf(clerk)).toEqual([]);
    const line = clerk.getByRole('listitem').filter({ hasText: plateNo });
    await expect(line.getByRole('img', { name: '未读' })).toBeVisible();
    await line.getByRole('link', { name: '案卷被退回' }).click();
    await expect(clerk.getByText(reason).first()).toBeVisible();
    await clerk.goBack();
    await expect(line).toHaveAttribute('data-unread', 'false');
    await clerk.getByRole('checkbox', { name: '只看未读' }).check();
    await expect(clerk).toHaveURL(/unread=true/);
    await expect(line).toHaveCount(0);
  },
);

story('R49: notices on the phone: read one, then all', async ({ browser }) => {
  const clerk = await deskOf(browser, 'clerk1');
  const { plateNo } = await aReturnedCase(clerk);
  await clerk.setViewportSize(phone);
  await clerk.goto('/notices?group=elv.vehicle-case');
  const line = clerk.getByRole('listitem').filter({ hasText: plateNo });
  expect(await seriousOf(clerk)).toEqual([]);
  expect(await clerk.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await line.getByRole('button', { name: '把“案卷被退回”标为已读' }).click();
  await expect(line).toHaveAttribute('data-unread', 'false');
  await aReturnedCase(clerk);
  await clerk.reload();
  await clerk.getByRole('button', { name: '全部标为已读' }).click();
  await expect(clerk.getByRole('link', { name: '消息', exact: true })).toBeVisible();
  await expect(clerk.getByRole('img', { name: '未读' })).toHaveCount(0);
});

story('R49: a person chooses by which ways they are told, on the phone too', async ({ browser }) => {
  const clerk = await deskOf(browser, 'clerk3');
  await clerk.setViewportSize(phone);
  await clerk.goto('/personal-settings');
  const mail = clerk.getByRole('checkbox', { name: '报废案卷：邮件' });
  await mail.check();
  await expect(mail).toBeEnabled();
  await clerk.reload();
  await expect(mail).toBeChecked();
  await expect(clerk.getByText(/短信发往 138\*\*\*\*\d{4}/)).toBeVisible();
  expect(await seriousOf(clerk)).toEqual([]);
});

story('R49: the administrator sees what became of a message that left the house', async ({ browser }) => {
  const clerk = await deskOf(browser, 'clerk1');
  const { plateNo } = await aReturnedCase(clerk);
  const admin = await administrator(browser, 'admin1');
  await expect(async () => {
    await admin.goto('/governance/sending?channel=sms&state=delivered');
    await expect(admin.getByRole('row').filter({ hasText: '周一演示' }).first()).toContainText('已送达');
  }).toPass({ timeout: 60_000 });
  expect(await seriousOf(admin)).toEqual([]);
  // The report comes when the gateway sends it.
  await expect(async () => {
    await clerk.goto('/notices');
    await expect(clerk.getByRole('listitem').filter({ hasText: plateNo })).toContainText('短信已送达');
  }).toPass({ timeout: 60_000 });
});

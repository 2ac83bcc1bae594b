import { expect } from '@playwright/test';
import { administrator, phone, seriousOf } from './administrator.ts';
import { story } from './desk.ts';

for (const { where, viewport } of [
  { where: 'at a desk', viewport: undefined },
  { where: 'on a phone', viewport: phone },
]) {
  story(`T2.2: whoever keeps the system running sees its queues, jobs and processes, ${where}`, async ({ browser }) => {
    const page = await administrator(browser, 'admin1', viewport);
    await page.goto('/governance/operating');
    await expect(page.getByRole('heading', { level: 1, name: '运行状况' })).toBeVisible();
    const queues = page.getByRole('region', { name: '对外报文', exact: true });
    await expect(queues.getByRole('row').filter({ hasText: '公安' })).toContainText('正常');
    const jobs = page.getByRole('region', { name: '后台任务', exact: true });
    // A process shows itself every ten seconds, the page asks as often.
    await expect(jobs.getByRole('row').filter({ hasText: '日志封签' }).first()).toContainText('正常', {
      timeout: 30_000,
    });
    await expect(page.getByRole('region', { name: '存储', exact: true })).toContainText('所在磁盘剩余');
    expect(await seriousOf(page)).toEqual([]);
  });
}

story('R55: keys and the self-check are open to all', async ({ browser }) => {
  const page = await administrator(browser, 'security1');
  for (const [address, title] of [
    ['/governance/keys', '密钥'],
    ['/governance/self-check', '密码与等保自查'],
  ] as const) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    expect(await seriousOf(page)).toEqual([]);
  }
});

import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, expect, type Page } from '@playwright/test';

const password = 'Demo-2026!';
const ours = { 'x-requested-with': 'desk' };

/** A page of an administrator, signed in; the second factor is read off the demo's own list, as people do there. */
export const administrator = async (browser: Browser, userName: string): Promise<Page> => {
  const context = await browser.newContext();
  const { request } = context;
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  const signIn = async (): Promise<string> => {
    const reply = await request.post('/api/governance/session', { headers: ours, data: { userName, password } });
    const { stage } = await reply.json();
    if (stage !== 'second-factor') return stage;
    const accounts: { userName: string; code: string | null }[] = await (
      await request.get('/api/governance/demo-accounts')
    ).json();
    const code = accounts.find((one) => one.userName === userName)?.code;
    if (!code) return 'every code of this moment has been used';
    return (await (await request.post('/api/governance/session/code', { headers: ours, data: { code } })).json()).stage;
  };
  await expect.poll(signIn, { timeout: 90_000, intervals: [1_000, 5_000] }).toBe('full');
  return page;
};

/** What is seriously in the way of somebody who cannot see or use a mouse on the page as it stands. */
export const seriousOf = async (page: Page): Promise<readonly string[]> => {
  await page.waitForLoadState('networkidle');
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
};

import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';

const password = 'Demo-2026!';
const ours = { 'x-requested-with': 'desk' };

/** A phone in the hand. */
export const phone = { width: 390, height: 844 } as const;

type Signed = Awaited<ReturnType<BrowserContext['storageState']>>;
/** Sessions of before, in this process: a code serves once, and the next one comes half a minute later. */
const sessions = new Map<string, Signed>();

const signIn = async ({ request }: BrowserContext, userName: string): Promise<string> => {
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

/** A page of an administrator, signed in; the second factor is read off the demo's own list, as people do there. */
export const administrator = async (
  browser: Browser,
  userName: string,
  viewport?: { readonly width: number; readonly height: number },
): Promise<Page> => {
  const storageState = sessions.get(userName);
  const context = await browser.newContext({
    ...(viewport ? { viewport } : {}),
    ...(storageState ? { storageState } : {}),
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  const still = storageState && (await context.request.get('/api/governance/session')).ok();
  if (!still) {
    await expect.poll(() => signIn(context, userName), { timeout: 90_000, intervals: [1_000, 5_000] }).toBe('full');
    sessions.set(userName, await context.storageState());
  }
  return page;
};

/** What is seriously in the way of somebody who cannot see or use a mouse on the page as it stands. */
export const seriousOf = async (page: Page): Promise<readonly string[]> => {
  await page.waitForLoadState('networkidle');
  // A button that is just becoming usable fades from one colour into another; what counts is how it stands then.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().endTime === Infinity),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
};

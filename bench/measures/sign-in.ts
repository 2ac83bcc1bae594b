import { passwordFits } from '#areas/governance/account/server/passwords.ts';
import { hashPassword } from '#kernel/crypto/password.ts';
import type { Figure } from '../figure.ts';
import { percentile } from '../load.ts';
import type { Bench } from '../scene.ts';

/** Demo accounts without a second factor; nobody else's sessions are ended by theirs. */
const people = ['clerk1b', 'clerk2', 'clerk3', 'clerk4', 'clerk5', 'desk2', 'commission2'] as const;
const password = 'Demo-2026!';

/** Signs somebody in from an address of its own; answers how long it took, in milliseconds. */
const signIn = async (url: string, turn: number): Promise<number> => {
  const began = performance.now();
  const reply = await fetch(`${url}/api/governance/session`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-requested-with': 'desk',
      'x-forwarded-for': `10.44.${(turn >> 8) & 255}.${turn & 255}`,
    },
    body: JSON.stringify({ userName: people[turn % people.length], password }),
  });
  const { stage } = (await reply.json()) as { stage?: string };
  if (stage !== 'full') throw new Error(`sign-in ${turn} ended with ${reply.status}`);
  return performance.now() - began;
};

/** What signing in costs: nearly all of it is the password's derivation, by intent. Source: domain 10.1 (PBKDF2-HMAC-SM3, 100,000 rounds). */
export const measureSignIn = async (bench: Bench): Promise<readonly Figure[]> => {
  const { product } = await bench.scene();
  const few = bench.short ? 2 : 20;
  const stored = await hashPassword(password);
  const derivations: number[] = [];
  for (let count = 0; count < few; count += 1) {
    const began = performance.now();
    await passwordFits(password, stored);
    derivations.push(performance.now() - began);
  }
  const alone: number[] = [];
  for (let count = 0; count < few; count += 1) alone.push(await signIn(product.url, count));
  const began = performance.now();
  const atOnce = bench.short ? 4 : 100;
  await Promise.all(Array.from({ length: atOnce }, (_, index) => signIn(product.url, 1_000 + index)));
  const perSecond = atOnce / ((performance.now() - began) / 1000);
  return [
    { measure: 'password derivation alone', value: percentile(derivations, 50), unit: 'ms', better: 'lower' },
    { measure: 'sign-in, one at a time, median', value: percentile(alone, 50), unit: 'ms', better: 'lower' },
    { measure: `sign-in, ${atOnce} at once`, value: perSecond, unit: '1/s', better: 'higher' },
  ];
};

import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword, nobodysPassword } from '#kernel/crypto/password.ts';
import { passwordFits } from './passwords.ts';

/** Rounds of the real derivation, as they are asked for: on a busy machine they say what a clock could not. */
const asked = { rounds: 0 };
const real = crypto.pbkdf2;
const derivingBy = (pbkdf2: typeof real): void => {
  Object.assign(crypto, { pbkdf2 });
  syncBuiltinESMExports();
};
// Not by a mocked module: test files share what they have imported.
beforeAll(() =>
  derivingBy((password, salt, rounds, length, digest, done) => {
    asked.rounds += rounds;
    real(password, salt, rounds, length, digest, done);
  }),
);
afterAll(() => derivingBy(real));

const right = 'Quite-Right-2026';

test('R42: an attempt costs the same whether anybody has the name, the password fits, and however it is kept', async () => {
  const usual = await hashPassword(right);
  const kept: Readonly<Record<string, string | undefined>> = {
    'a name nobody has': undefined,
    'a password of the present rules': usual,
    'one of fewer rounds': await hashPassword(right, 20_000),
    'an imported one': await hashPassword(right, 1_000),
    'one that ended': await nobodysPassword(),
  };
  await passwordFits(right, usual);
  for (const [what, stored] of Object.entries(kept)) {
    for (const said of [right, 'Quite-Wrong-2026']) {
      asked.rounds = 0;
      const fits = await passwordFits(said, stored);
      expect([what, said, asked.rounds]).toEqual([what, said, 100_000]);
      expect(fits).toBe(said === right && !['a name nobody has', 'one that ended'].includes(what));
    }
  }
});

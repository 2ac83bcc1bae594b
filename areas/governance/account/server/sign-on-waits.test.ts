import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { simulatedClient } from '#apps/simulators/sign-on/client.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import type { ServedProduct } from '#testkit/served-product.ts';
import { callerAt } from '#testkit/sign-in-door.ts';
import { aSignOnDoor, type SignOnDoor } from '#testkit/sign-on-door.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { ensureAccount } from './account.store.ts';
import { noteAlone, requireChange, setIdentityIndex, setStatus } from './account-state.store.ts';
import { endSetAlone, removeFactors, resetPassword, untieIdentity } from './credentials.ts';
import { bindIdentity, bindingsOf } from './sign-on.store.ts';

// Real: PostgreSQL and its locks, the whole product behind its web server, the simulated provider over HTTP. Made up: the browser.

let door: SignOnDoor;
let served: ServedProduct;
beforeAll(async () => {
  door = await aSignOnDoor();
  ({ served } = door);
});
afterAll(() => door.close());

const clerk = 'gov-4071';
const observer = 'gov-4074';
const stranger = 'gov-4079';
const at = (): Date => served.clock.now();

describe('R42, R43: a sign-on under way gains nothing by waiting for the account', () => {
  const reset = { passwordHash: 'nobody knows', alone: false };

  /** Whether somebody waits for a row that another transaction holds. */
  const somebodyWaits = async (): Promise<boolean> => {
    const { rows } = await sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(served.database.ownerDb);
    return rows.length > 0;
  };

  /** What becomes of a sign-on that begins after `work` and before its transaction ends. */
  const signOnDuring = async (id: string, subject: string, work: (tx: Tx) => Promise<unknown>) => {
    const caller = callerAt(served);
    const answer = await door.answerOf(await door.begun(caller), subject);
    const { db } = served.database;
    const going = await inTransaction(db, async (tx) => {
      await work(tx);
      const reply = door.finish(caller, answer);
      await waitUntil(somebodyWaits);
      return { reply };
    });
    const { status, body, cookie } = await going.reply;
    const bound = (await bindingsOf(db, id)).map((one) => one.subject);
    const open = await sql`select 1 from governance.session where user_id = ${id} and ended_at is null`.execute(db);
    return { end: body.code ?? body.stage, status, cookie, bound, open: open.rows.length };
  };

  const nothing = { end: 'NOT_BOUND', status: 403, cookie: '', bound: [], open: 0 };

  /** Somebody whom an administrator has bound to an identity of the administrator's own. */
  const boundByAnother = async (id: string): Promise<string> => {
    const { db } = served.database;
    const account = { userName: id, name: '关联演示', organisationId: null, passwordHash: 'nobody knows', at: at() };
    await ensureAccount(db, { id, ...account });
    await inTransaction(db, async (tx) => {
      await noteAlone(tx, id, true);
      const identity = { issuer: door.provider.url + simulatedClient.issuerPath, subject: stranger };
      expect(await bindIdentity(tx, identity, id, at())).toBe(true);
    });
    return id;
  };

  test.each([
    ['what one alone has set ends', (tx: Tx, id: string) => endSetAlone(tx, id, at())],
    ['the password is reset', (tx: Tx, id: string) => resetPassword(tx, id, { ...reset, at: at() })],
    ['the second factors are taken away', (tx: Tx, id: string) => removeFactors(tx, id, { at: at(), alone: false })],
    ['the identity is untied', (tx: Tx, id: string) => untieIdentity(tx, id, at())],
  ])('bound by hand, while %s', async (what, work) => {
    const id = await boundByAnother(`waits-${what.length}`);
    expect(await signOnDuring(id, stranger, (tx) => work(tx, id))).toEqual(nothing);
  });

  test('found by the identity number, while the number is untied', async () => {
    const id = 'demo-observer1';
    const { db } = served.database;
    const kept = await sql<{ identity_index: string }>`
      select identity_index from governance.user_account where id = ${id}`.execute(db);
    await inTransaction(db, (tx) => removeFactors(tx, id, { at: at(), alone: false }));
    const end = await signOnDuring(id, observer, (tx) => untieIdentity(tx, id, at()));
    await inTransaction(db, (tx) => setIdentityIndex(tx, id, kept.rows[0]?.identity_index ?? null));
    expect(end).toEqual(nothing);
  });

  test('the account held for anything else lets it in, and two at once are one binding', async () => {
    const id = 'demo-observer1';
    const { db } = served.database;
    await inTransaction(db, (tx) => removeFactors(tx, id, { at: at(), alone: false }));
    const callers = [callerAt(served), callerAt(served)];
    const answers = await Promise.all(callers.map(async (one) => door.answerOf(await door.begun(one), observer)));
    const end = await signOnDuring(id, observer, (tx) => setStatus(tx, id, 'active', at()));
    expect(end).toMatchObject({ end: 'full', bound: [observer] });
    await inTransaction(db, (tx) => removeFactors(tx, id, { at: at(), alone: false }));
    const ends = await Promise.all(
      callers.map((one, index) => door.finish(one, answers[index] ?? { ticket: '', code: '', state: '' })),
    );
    expect(ends.map(({ body }) => body.stage)).toEqual(['full', 'full']);
    expect(await bindingsOf(db, id)).toHaveLength(1);
  });
});

test('R42, R43: a password set by others is asked to be changed of whoever comes by it, not of whom the government vouches for', async () => {
  const { database } = served;
  await inTransaction(database.db, (tx) => requireChange(tx, 'demo-clerk1'));
  const vouched = callerAt(served);
  expect((await door.finish(vouched, await door.answerOf(await door.begun(vouched), clerk))).body.stage).toBe('full');
  const typed = await callerAt(served).signIn('clerk1', 'Demo-2026!');
  expect(typed.body).toMatchObject({ stage: 'change-password', why: 'first' });
});

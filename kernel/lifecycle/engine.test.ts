import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import { rememberedVerdicts } from '#kernel/crypto/remembered-verdicts.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { runtimeSettings } from '#kernel/settings/setting.store.ts';
import { anyBookLoan, type BookLoan, freshLoan } from '#testkit/book-loan.lifecycle.ts';
import {
  addLoan,
  addMessage,
  bookLoanMigration,
  bookLoanStore,
  messagesOf,
  timesOf,
} from '#testkit/book-loan.store.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { type Engine, engineOf, type Hook, type StepRequest } from './engine.ts';
import { personalSigner } from './signer.store.ts';
import { listSteps, type Step, type StepActor, stepsIntact } from './step.store.ts';
import { verifiedSteps } from './verified-steps.ts';

// Real: PostgreSQL, signatures, audit, settings. Made up: the kind of case and its messages.
const clock = clockAt('2026-11-23T02:00:00Z');
const crypto = softwareCrypto(Buffer.alloc(32, 7));
const verifySignature = rememberedVerdicts(crypto);
let database: TestDatabase;
let engine: Engine<BookLoan>;
let stamp: Hook<BookLoan>;
let loans = 0;

beforeAll(async () => {
  database = await aDatabase([...kernelMigrations, bookLoanMigration]);
  const signer = personalSigner(crypto, clock);
  const { deadline } = runtimeSettings(database.db, clock);
  engine = engineOf<BookLoan>({
    db: database.db,
    clock,
    lifecycles: [anyBookLoan],
    store: bookLoanStore,
    send: ({ tx, after }, connector, exchange) => addMessage(tx, after.id, `${connector}.${exchange}`, after.version),
    hooks: { stamp: (scene) => stamp(scene) },
    deadline,
    sign: (tx, actor, digest) => signer.sign(tx, actor.id, digest),
    // What stands in the database while the step is written.
    changes: async (tx, { id }) => {
      const { rows } = await sql<{ state: string }>`select state from library.loan where id = ${id}`.execute(tx);
      return rows.map(({ state }) => ({ title: '此前状态', before: state, after: '' }));
    },
    digestible: (record) => record,
  });
});
afterAll(() => database.close());
beforeEach(() => {
  stamp = async () => ({});
  clock.set('2026-11-23T02:00:00Z');
});

const person = (id: string): StepActor => ({
  id,
  name: `读者${id}`,
  organisationId: 'library-1',
  organisationName: '城南图书馆',
  ip: '127.0.0.1',
});

const aLoan = async (record: Partial<BookLoan> = {}): Promise<string> => {
  loans += 1;
  const id = `loan-${loans}`;
  await addLoan(database.db, id, { ...freshLoan, ...record }, clock.now());
  return id;
};

type Take = Partial<Omit<StepRequest<BookLoan>, 'caseId' | 'action'>>;

const take = (caseId: string, action: string, by: string, more: Take = {}) =>
  engine.perform({
    caseId,
    action,
    input: {},
    expectedVersion: undefined,
    stepKey: `${action}-${by}`,
    actor: person(by),
    traceId: 'trace-1',
    mayAct: () => true,
    ...more,
  });

const stepsOf = (id: string): Promise<readonly Step[]> => listSteps(database.db, anyBookLoan.id, id);
const audited = (id: string) => verifyChain(database.db, `library.loan:${id}`);
const whysOf = (result: Awaited<ReturnType<typeof take>>) =>
  result.outcome === 'refused' ? result.refusals.map(({ why }) => why) : result.outcome;

describe('T2.2: one step is one transaction', () => {
  test('T2.2: state, version, deadline, step, audit entry and message are there together', async () => {
    const id = await aLoan({ rare: true });
    const asked = await take(id, 'ask', 'anna', { expectedVersion: 1 });
    expect(asked).toMatchObject({ outcome: 'done', snapshot: { state: 'fetching', version: 2 } });
    expect(await messagesOf(database.db, id)).toEqual(['archive.fetch']);
    expect(await stepsOf(id)).toMatchObject([{ seq: 1, action: 'ask', fromState: 'asked', toState: 'fetching' }]);
    expect(await audited(id)).toEqual({ intact: true, entries: 1 });

    clock.advance(3_600_000);
    await take(id, 'fetched', 'archive');
    // Monday 11:00 in Shanghai; three working days later is Thursday.
    expect(await timesOf(database.db, id)).toEqual({
      deadlineAt: new Date('2026-11-26T23:59:59.999+08:00'),
      stateSince: clock.now(),
    });
  });

  test('T2.2: what changed since the step before is found while that step’s record still stands', async () => {
    const id = await aLoan({ rare: true });
    await take(id, 'ask', 'anna');
    expect((await stepsOf(id)).map(({ changes }) => changes)).toEqual([
      [{ title: '此前状态', before: 'asked', after: '' }],
    ]);
  });

  test('T2.2: a hook that refuses leaves nothing behind, messages and audit included', async () => {
    const id = await aLoan();
    await take(id, 'ask', 'anna');
    const [before, times] = [await stepsOf(id), await timesOf(database.db, id)];
    stamp = async ({ tx, after }) => {
      await addMessage(tx, after.id, 'hook.was-here', after.version);
      return { refusals: [{ why: 'guard', path: 'book', message: '图书正在修补' }] };
    };
    clock.advance(60_000);
    const refused = await take(id, 'lend', 'ben');
    expect(refused).toMatchObject({ outcome: 'refused', refusals: [{ message: '图书正在修补' }] });
    expect(await messagesOf(database.db, id)).toEqual([]);
    expect(await stepsOf(id)).toEqual(before);
    expect(await timesOf(database.db, id)).toEqual(times);
    expect(await audited(id)).toEqual({ intact: true, entries: 1 });
  });

  test('T2.2: a hook that breaks takes the whole step with it', async () => {
    const id = await aLoan();
    await take(id, 'ask', 'anna');
    stamp = async () => Promise.reject(new Error('out of ink'));
    await expect(take(id, 'lend', 'ben')).rejects.toThrow('out of ink');
    expect(await stepsOf(id)).toHaveLength(1);
    stamp = async ({ after }) => ({ record: { ...after.record, remarks: ['盖章'] } });
    expect(await take(id, 'lend', 'ben')).toMatchObject({
      outcome: 'done',
      snapshot: { state: 'lent', version: 3, record: { remarks: ['盖章'] } },
    });
  });

  test('T2.2: a step that stays keeps the deadline of its state', async () => {
    const id = await aLoan();
    await take(id, 'ask', 'anna');
    const times = await timesOf(database.db, id);
    clock.advance(86_400_000);
    await take(id, 'remark', 'ben', { input: { text: '已催' } });
    expect(await timesOf(database.db, id)).toEqual(times);
  });
});

describe('T2.7: who comes too late is told', () => {
  test('T2.7: a step on a version that has passed is refused and shows the present one', async () => {
    const id = await aLoan();
    await take(id, 'ask', 'anna', { expectedVersion: 1 });
    const late = await take(id, 'remark', 'ben', { expectedVersion: 1, input: { text: '补充' } });
    expect(whysOf(late)).toEqual(['stale']);
    expect(late).toMatchObject({ snapshot: { state: 'deciding', version: 2 } });
  });

  test('T2.7: of twenty people at once one wins, and nineteen see what he did', async () => {
    const id = await aLoan();
    await take(id, 'ask', 'anna', { expectedVersion: 1 });
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => take(id, 'lend', `clerk-${n}`, { expectedVersion: 2 })),
    );
    expect(results.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    const losers = results.filter(({ outcome }) => outcome === 'refused');
    expect(losers).toHaveLength(19);
    for (const loser of losers) expect(whysOf(loser)).toEqual(['stale', 'wrong-state']);
    expect(await stepsOf(id)).toHaveLength(2);
    expect(await audited(id)).toEqual({ intact: true, entries: 2 });
  });

  test('T2.7: the same key by the same person is done once, however often and however fast it comes', async () => {
    const id = await aLoan();
    const results = await Promise.all(Array.from({ length: 5 }, () => take(id, 'ask', 'anna', { expectedVersion: 1 })));
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done', 'done']);
    expect(await stepsOf(id)).toHaveLength(1);
  });

  test('T2.7: the key of somebody else opens nothing', async () => {
    const id = await aLoan();
    await take(id, 'ask', 'anna', { stepKey: 'k' });
    expect(whysOf(await take(id, 'ask', 'ben', { stepKey: 'k' }))).toEqual(['wrong-state']);
  });
});

describe('R02: nobody reviews what he has filed himself', () => {
  test('R02: the same person is refused, another is not', async () => {
    const id = await aLoan();
    await take(id, 'ask', 'anna');
    expect(whysOf(await take(id, 'lend', 'anna'))).toEqual(['same-person']);
    expect(whysOf(await take(id, 'lend', 'ben'))).toBe('done');
  });

  test('R02: only the present round counts: after a return another may file and the first may review', async () => {
    const id = await aLoan();
    await take(id, 'ask', 'anna');
    await take(id, 'sendBack', 'ben', { input: { reason: '缺少单位证明' } });
    await take(id, 'ask', 'carl');
    expect(whysOf(await take(id, 'lend', 'carl'))).toEqual(['same-person']);
    expect(whysOf(await take(id, 'lend', 'anna'))).toBe('done');
    expect((await stepsOf(id)).map(({ round }) => round)).toEqual([1, 1, 2, 2]);
  });
});

test('R43: a case that may not be acted on looks like one that does not exist', async () => {
  const id = await aLoan();
  expect(await take(id, 'ask', 'anna', { mayAct: () => false })).toEqual({ outcome: 'not-found' });
  expect(await take('no-such-loan', 'ask', 'anna')).toEqual({ outcome: 'not-found' });
  expect(await stepsOf(id)).toEqual([]);
});

describe('T5.7: what was done cannot be denied', () => {
  test('T5.7: a signed step verifies under the key of its person; an unsigned one carries none', async () => {
    const id = await aLoan({ rare: true });
    await take(id, 'ask', 'anna');
    await take(id, 'fetched', 'archive');
    await take(id, 'lend', 'ben');
    const [asked, fetched, lent] = await stepsOf(id);
    const verifies = (
      key: string | null | undefined,
      signature: string | null | undefined,
      digest = '',
    ): Promise<boolean> => crypto.verify(key ?? '', Buffer.from(digest, 'utf8'), signature ?? '');
    expect(await verifies(asked?.publicKey, asked?.signature, asked?.digest)).toBe(true);
    expect(await verifies(lent?.publicKey, lent?.signature, lent?.digest)).toBe(true);
    expect(await verifies(lent?.publicKey, asked?.signature, asked?.digest)).toBe(false);
    expect(await verifies(asked?.publicKey, asked?.signature, lent?.digest)).toBe(false);
    expect(fetched).toMatchObject({ publicKey: null, signature: null });
  });

  test.each([
    ['the input', `update kernel.step set input = '{"reason":"另一个原因"}' where case_id = $ and seq = 2`],
    ['the person', `update kernel.step set actor_id = 'mallory' where case_id = $ and seq = 2`],
    ['the time', `update kernel.step set at = at + interval '1 second' where case_id = $ and seq = 2`],
    ['the order', `delete from kernel.step where case_id = $ and seq = 2`],
  ])('T5.7: who alters %s of a step by SQL breaks the chain of steps', async (_what, statement) => {
    const id = await aLoan();
    await take(id, 'ask', 'anna');
    await take(id, 'sendBack', 'ben', { input: { reason: '缺少单位证明' } });
    await take(id, 'ask', 'carl');
    expect(stepsIntact(anyBookLoan.id, id, await stepsOf(id))).toBe(true);
    await sql.raw(statement.replace('$', `'${id}'`)).execute(database.ownerDb);
    expect(stepsIntact(anyBookLoan.id, id, await stepsOf(id))).toBe(false);
  });

  test('T5.7: of each signed step it is told whether it is whole and its signature the signer’s, of an unsigned one nothing', async () => {
    const id = await aLoan({ rare: true });
    await take(id, 'ask', 'anna');
    await take(id, 'fetched', 'archive');
    await take(id, 'lend', 'ben');
    const told = async () =>
      [...(await verifiedSteps({ verifySignature }, anyBookLoan.id, id, await stepsOf(id)))].map(String);
    expect(await told()).toEqual(['1,true', '3,true']);
    const bySql = (set: string) =>
      sql.raw(`update kernel.step set ${set} where case_id = '${id}' and seq = 3`).execute(database.ownerDb);
    await bySql(`signature = (select signature from kernel.step where case_id = '${id}' and seq = 1)`);
    expect(await told()).toEqual(['1,true', '3,false']);
    await bySql(`actor_id = 'mallory'`);
    expect(await told()).toEqual(['1,false', '3,false']);
  });

  test('T5.7: steps of one case do not pass for those of another', async () => {
    const id = await aLoan();
    await take(id, 'ask', 'anna');
    expect(stepsIntact(anyBookLoan.id, 'loan-other', await stepsOf(id))).toBe(false);
  });
});

import { expect } from 'vitest';
import { type VehicleCaseAction, vehicleCase } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import type { ElvTables } from '#areas/elv/vehicle-case/server/vehicle-case.tables.ts';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import type { OutboxTables } from '#kernel/connector/outbox.table.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db } from '#kernel/db/database.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import { listSteps, type Step, stepsIntact } from '#kernel/lifecycle/step.store.ts';

/** A message as it stands in the outbox, without its body. */
export interface SentMessage {
  readonly id: string;
  readonly exchange: string;
  readonly key: string;
  readonly status: string;
  readonly attempts: number;
}

/** A case as the database has it, read past every handler. */
export interface CaseFacts {
  readonly id: string;
  readonly caseNo: string;
  readonly state: string;
  readonly version: number;
  readonly round: number;
  readonly holds: string;
  readonly deadlineAt: Date | null;
  readonly steps: readonly Step[];
  readonly sent: readonly SentMessage[];
  readonly audited: readonly { readonly action: string; readonly detail: Readonly<Record<string, unknown>> }[];
}

type AuditTables = {
  'kernel.audit_entry': { chain: string; seq: string; action: string; detail: string };
};

const lifecycle = widened(vehicleCase);
const chainOf = (id: string): string => `${lifecycle.id}:${id}`;

/** Reads a case from its tables. */
export const factsOfCase = async (db: Db, id: string): Promise<CaseFacts> => {
  const tables = db.withTables<ElvTables & OutboxTables & AuditTables>();
  const row = await tables.selectFrom('elv.vehicle_case').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const sent = await tables
    .selectFrom('kernel.outbox')
    .select(['id', 'connector', 'exchange', 'idem_key', 'status', 'attempts'])
    .where('case_id', '=', id)
    .orderBy('id')
    .execute();
  const audited = await tables
    .selectFrom('kernel.audit_entry')
    .select(['action', 'detail', 'seq'])
    .where('chain', '=', chainOf(id))
    .execute();
  return {
    id,
    caseNo: row.case_no,
    state: row.state,
    version: row.version,
    round: row.round,
    holds: row.holds,
    deadlineAt: row.deadline_at,
    steps: await listSteps(db, lifecycle.id, id),
    sent: sent.map(({ connector, exchange, idem_key: key, ...rest }) => ({
      ...rest,
      key,
      exchange: `${connector}.${exchange}`,
    })),
    audited: audited
      .sort((a, b) => Number(a.seq) - Number(b.seq))
      .map(({ action, detail }) => ({ action, detail: JSON.parse(detail) })),
  };
};

const compared = ['police.check-duplicate-acceptance', 'police.check-vehicle', 'police.compare-owner'];

/** What the hooks of the definition ask outside, by hook and the state the step leads to; said here apart from the hooks. A vehicle off the register is never asked about. */
const askedBy = (hook: string, state: string, before: readonly SentMessage[]): readonly string[] => {
  if (!before.some(({ exchange }) => exchange === 'police.check-vehicle')) return [];
  if (hook === 'ask-comparison') return compared;
  return hook === 'resume-comparison' && state === 'comparing' ? compared : [];
};

/** What is told of a certificate, and what takes it back once it was heard. */
const counters: Readonly<Record<string, string>> = {
  'police.notify-recycled': 'police.withdraw-recycled',
  'police.confirm-plate-destruction': 'police.withdraw-plate-destruction',
};

const takenBackIn = (before: readonly SentMessage[]): readonly string[] =>
  ofThisCertificate(before).flatMap(({ exchange, status }) =>
    status === 'answered' && counters[exchange] ? [counters[exchange]] : [],
  );

const ofThisCertificate = (before: readonly SentMessage[]): readonly SentMessage[] =>
  before.slice(before.findLastIndex(({ exchange }) => Object.values(counters).includes(exchange)) + 1);

/** The exchanges whose messages a step declares, sorted. */
export const declaredMessages = (action: string, to: string, before: readonly SentMessage[]): readonly string[] => {
  const { effects = [], to: target } = lifecycle.actions[action] ?? {};
  const entering = target === 'stay' ? [] : (getState(lifecycle, to).onEnter ?? []);
  return (
    [...effects, ...entering]
      .flatMap((effect) => {
        if (effect.do === 'send') return [`${effect.connector}.${effect.exchange}`];
        if (effect.do === 'run' && effect.hook === 'take-back-told') return takenBackIn(before);
        return effect.do === 'run' ? askedBy(effect.hook, to, before) : [];
      })
      // Told once for a certificate: entering `certified` a second time finds them told, unless the certificate was taken back.
      .filter(
        (exchange) =>
          counters[exchange] === undefined || !ofThisCertificate(before).some((one) => one.exchange === exchange),
      )
      .sort()
  );
};

/** What an accepted report leads to by itself: the question for the paper it earns. */
const followUps: Readonly<Record<string, string>> = {
  'national-circulation.submit-scrap-case': 'national-circulation.get-recycling-certificate',
  'national-circulation.submit-deregistration': 'national-circulation.get-deregistration-certificate',
};

const answeredSince = (before: CaseFacts, after: CaseFacts): readonly SentMessage[] =>
  after.sent.filter(
    ({ id, status }) => status === 'answered' && before.sent.find((one) => one.id === id)?.status !== 'answered',
  );

/** What must hold of every case at any time: an unbroken signed history that agrees with the row, and an audit chain that tells it. */
export const expectSound = async (db: Db, crypto: Crypto, facts: CaseFacts): Promise<void> => {
  const { id, steps, audited } = facts;
  expect(stepsIntact(lifecycle.id, id, steps)).toBe(true);
  expect(facts.state).toBe(steps.at(-1)?.toState ?? lifecycle.initial);
  for (const step of steps) {
    const signed = lifecycle.actions[step.action]?.signed === true;
    expect([step.action, step.signature !== null]).toEqual([step.action, signed]);
    if (step.publicKey === null || step.signature === null) continue;
    expect(await crypto.verify(step.publicKey, Buffer.from(step.digest, 'utf8'), step.signature)).toBe(true);
  }
  expect(await verifyChain(db, chainOf(id))).toMatchObject({ intact: true });
  const told = audited.flatMap(({ detail }) => (typeof detail.stepDigest === 'string' ? [detail.stepDigest] : []));
  expect(told).toEqual(steps.map(({ digest }) => digest));
  expect(new Set(steps.map(({ stepKey }) => stepKey)).size).toBe(steps.length);
};

/** One step that was to happen between two looks at a case. */
export interface ExpectedStep {
  readonly action: VehicleCaseAction;
  readonly to: string;
}

/**
 * Between two looks exactly these steps were taken, each with all that belongs to it and nothing else: states, versions, rounds,
 * holds, deadline, history, and the messages their declarations name.
 */
export const expectSteps = async (
  db: Db,
  crypto: Crypto,
  before: CaseFacts,
  expected: readonly ExpectedStep[],
): Promise<CaseFacts> => {
  const after = await factsOfCase(db, before.id);
  const fresh = after.steps.slice(before.steps.length);
  expect(fresh.map(({ action, toState }) => ({ action, to: toState }))).toEqual(expected);
  let [{ state, version, round, holds }, known] = [before, [...before.sent]];
  const messages: string[] = [];
  for (const { action, to } of expected) {
    const step = fresh.find((one) => one.version === version + 1);
    const definition = lifecycle.actions[action];
    expect(step).toMatchObject({ action, fromState: state, toState: to, round });
    const declared = declaredMessages(action, to, known);
    messages.push(...declared);
    known = [...known, ...declared.map((exchange) => ({ id: '', exchange, key: '', status: '', attempts: 0 }))];
    [state, version, round] = [to, version + 1, round + (definition?.newRound ? 1 : 0)];
    if (definition?.puts) holds = definition.puts;
    if (definition?.lifts) holds = '';
  }
  expect(after).toMatchObject({ state, version, round, holds });
  const moved = expected.some(({ action }) => lifecycle.actions[action]?.to !== 'stay');
  if (moved) expect(after.deadlineAt !== null).toBe(getState(lifecycle, state).deadline !== undefined);
  const follow = answeredSince(before, after).flatMap(({ exchange }) => followUps[exchange] ?? []);
  const fromThen = new Set(before.sent.map(({ id }) => id));
  const put = after.sent.filter(({ id }) => !fromThen.has(id)).map(({ exchange }) => exchange);
  expect(put.sort()).toEqual([...messages, ...follow].sort());
  await expectSound(db, crypto, after);
  return after;
};

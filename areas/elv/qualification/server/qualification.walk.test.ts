import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  applyFor,
  aQualification,
  examine,
  type QualificationWalker,
  qualificationCast,
  takeStep,
} from '#apps/server/demo/qualification-walk.ts';
import { fillEntry } from '#apps/server/demo/registry-walk.ts';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { type Edge, edgesOf } from '#kernel/lifecycle/lint.ts';
import { listSteps, stepsIntact } from '#kernel/lifecycle/step.store.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import {
  forgetQualifications,
  type QualificationPeople,
  qualificationPeople,
  qualificationWalker,
} from '#testkit/qualification-hands.ts';
import {
  type QualificationAction,
  type QualificationState,
  qualificationLifecycle,
} from '../model/qualification.lifecycle.ts';
import { qualificationRegistry } from '../model/qualification.profile.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, the simulated data lake over HTTP, both ends' signatures. Made up: the clock.

// Whole walks on a busy machine; nothing here is measured.
vi.setConfig({ testTimeout: 120_000 });

const lifecycle = widened(qualificationLifecycle(qualificationRegistry));
const dayMs = 86_400_000;

let it: TestProduct;
let people: QualificationPeople;
const performed = new Set<string>();

beforeAll(async () => {
  it = await aProduct();
  people = qualificationPeople(it);
});
afterEach(() => it.settle());
afterAll(() => it.close());

type QualificationEdge = Edge & {
  readonly from: QualificationState;
  readonly action: QualificationAction;
  readonly to: QualificationState;
};
// The cast holds because the edges are made of the definition's own names.
const edges = edgesOf(lifecycle) as readonly QualificationEdge[];
const nameOf = ({ from, action, to }: Edge): string => `${from} --${action}--> ${to}`;

const applying: readonly string[] = ['drafting', 'submitted', 'supplementing', 'reviewing', 'onSite', 'deciding'];
const ofStanding: readonly string[] = [
  'suspend',
  'resume',
  'offerHearing',
  'annul',
  'cancel',
  'abandonChange',
  'confirmReceipt',
  'passOnPapers',
];

/** Whether the enterprise is qualified already while it applies: then the application is a change. */
const isChange = ({ from, action, to }: QualificationEdge): boolean =>
  applying.includes(from) && (ofStanding.includes(action) || (to === 'qualified' && action !== 'grant'));

const change = async (walker: QualificationWalker, id: string): Promise<void> => {
  await takeStep(walker, id, 'clerk', 'beginChange');
  const values = {
    ...walker.values,
    application: { matter: 'change', statement: '法定代表人变更，附营业执照' },
  };
  await fillEntry({ ...walker, values }, id);
};

const apply = async (walker: QualificationWalker, edge: QualificationEdge): Promise<string> => {
  if (!isChange(edge)) {
    const id = await walker.hands.open(walker.cast.clerk);
    await fillEntry(walker, id);
    return id;
  }
  const id = await aQualification(walker);
  await change(walker, id);
  return id;
};

/** Walks a filled application on to one of its states. */
const applyTo = async (walker: QualificationWalker, edge: QualificationEdge): Promise<string> => {
  const id = await apply(walker, edge);
  if (edge.from === 'drafting') return id;
  await takeStep(walker, id, 'clerk', 'submit');
  await it.settle();
  if (edge.from === 'submitted') return id;
  if (edge.from === 'supplementing') {
    await takeStep(walker, id, 'officer', 'requestSupplement');
    return id;
  }
  await takeStep(walker, id, 'officer', 'accept');
  if (edge.from === 'reviewing') return id;
  await takeStep(walker, id, 'officer', 'passReview');
  if (edge.from === 'onSite') return id;
  await takeStep(walker, id, 'officer', 'recordOnSite');
  return id;
};

const revokingTo = async (walker: QualificationWalker, state: QualificationState): Promise<string> => {
  const id = await aQualification(walker);
  await takeStep(walker, id, 'officer', 'offerHearing');
  if (state === 'hearingOffered') return id;
  await takeStep(walker, id, 'clerk', 'requestHearing');
  if (state === 'hearingRequested') return id;
  await takeStep(walker, id, 'officer', 'scheduleHearing');
  it.clock.advance(21 * dayMs);
  if (state === 'hearingSet') return id;
  await takeStep(walker, id, 'decider', 'recordHearing');
  return id;
};

const endedIn = async (walker: QualificationWalker, state: QualificationState): Promise<string> => {
  if (state === 'refused') {
    const id = await applyFor(walker);
    await takeStep(walker, id, 'officer', 'declineApplication');
    return id;
  }
  if (state === 'revoked') {
    const id = await revokingTo(walker, 'heard');
    await takeStep(walker, id, 'decider', 'revoke');
    return id;
  }
  const id = await aQualification(walker);
  await takeStep(walker, id, 'decider', state === 'annulled' ? 'annul' : 'cancel');
  return id;
};

const restIn = (walker: QualificationWalker, edge: QualificationEdge): Promise<string> => {
  if (applying.includes(edge.from)) return applyTo(walker, edge);
  if (edge.from === 'qualified') return aQualification(walker);
  return edge.from.startsWith('hear') ? revokingTo(walker, edge.from) : endedIn(walker, edge.from);
};

/** What an edge needs beside its state. */
const prepare = async (walker: QualificationWalker, id: string, edge: QualificationEdge): Promise<void> => {
  if (edge.action === 'resume') await takeStep(walker, id, 'decider', 'suspend');
  if (edge.action === 'confirmReceipt' && lifecycle.actions.suspend?.from.includes(edge.from))
    await takeStep(walker, id, 'decider', 'suspend');
  // The time to ask for a hearing has run out; the time to stay away after a revocation too.
  if (edge.action === 'revoke' && edge.from === 'hearingOffered') it.clock.advance(10 * dayMs);
  if (edge.action === 'applyAgain' && edge.from === 'revoked') it.clock.advance(1_100 * dayMs);
};

const whoFor = (action: QualificationAction): 'clerk' | keyof typeof qualificationCast => {
  const by = lifecycle.actions[action]?.by;
  // Who offered the hearing does not hold it.
  if (action === 'recordHearing') return 'decider';
  return by === 'applicant' ? 'clerk' : by === 'decider' ? 'decider' : 'officer';
};

const expectSound = async (id: string, edge: QualificationEdge): Promise<void> => {
  const { db } = it.database;
  const steps = await listSteps(db, lifecycle.id, id);
  expect(steps.at(-1)).toMatchObject({ action: edge.action, fromState: edge.from, toState: edge.to });
  expect(stepsIntact(lifecycle.id, id, steps)).toBe(true);
  const signed = lifecycle.actions[edge.action]?.signed === true;
  const { digest, publicKey, signature } = steps.at(-1) ?? {};
  expect(publicKey !== null && signature !== null).toBe(signed);
  if (signed) expect(await it.crypto.verify(publicKey ?? '', Buffer.from(digest ?? ''), signature ?? '')).toBe(true);
  expect(await verifyChain(db, `${lifecycle.id}:${id}`)).toMatchObject({ intact: true });
};

describe('R10–R13: every edge of the lifecycle is performed', () => {
  test.each(edges.map((edge) => [nameOf(edge), edge] as const))('%s', async (name, edge) => {
    await forgetQualifications(it);
    const walker = qualificationWalker(it, people, 1);
    const id = await restIn(walker, edge);
    await prepare(walker, id, edge);
    const by = whoFor(edge.action);
    const who = by === 'clerk' ? walker.cast.clerk : qualificationCast[by];
    const before = await people.view(who, id);
    expect(before.state).toBe(edge.from);
    expect(before.abilities.find(({ action }) => action === edge.action)?.missing).toEqual([]);
    const input = edge.action === 'recordOnSite' && edge.to === 'onSite' ? { conclusion: 'rectify' } : {};
    expect(await takeStep(walker, id, by, edge.action, input)).toBe(edge.to);
    await expectSound(id, edge);
    expect(it.failures).toEqual([]);
    performed.add(name);
  });

  test('no edge of the definition was left out', () => {
    expect([...performed].sort()).toEqual(edges.map(nameOf).sort());
  });
});

test('R11: whoever examined an application is not offered its decision, and not let take it', async () => {
  await forgetQualifications(it);
  const walker = qualificationWalker(it, people, 1);
  const id = await applyFor(walker);
  await examine(walker, id);
  const seen = await people.view('commission1', id);
  expect(seen.abilities.find(({ action }) => action === 'grant')).toMatchObject({
    ready: false,
    missing: [{ message: expect.stringContaining('其他人员') }],
  });
  await expect(people.step('commission1', id, 'grant')).rejects.toMatchObject({ code: 'REFUSED' });
});

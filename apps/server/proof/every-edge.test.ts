import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { fill, openFor } from '#apps/server/demo/walk.ts';
import {
  type VehicleCaseAction,
  type VehicleCaseState,
  vehicleCase,
} from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { type Edge, edgesOf } from '#kernel/lifecycle/lint.ts';
import { type ActingCase, type CaseFactory, type CaseWish, caseFactory } from '#testkit/case-factory.ts';
import { expectSteps, factsOfCase } from '#testkit/case-witness.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { anApplication, because, type WithdrawalPeople, withdrawalPeople } from '#testkit/withdrawal-hands.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, simulators over HTTP, both ends' signatures. Made up: the clock.

// Whole walks on a busy machine; nothing here is measured.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;
let people: WithdrawalPeople;
/** The withdrawal that was handed in for a case last. */
const applications = new Map<string, string>();
const performed = new Set<string>();

beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it);
  people = withdrawalPeople(it);
});
afterEach(async () => {
  await it.outside.desk('DELETE', '/faults');
  await it.outside.desk('PUT', '/settings', { decisionDelayMs: 0 });
  // What the last case left to be carried must not meet the next one's faults.
  await it.settle();
});
afterAll(() => it.close());

// The casts hold because the edges are made of the definition's own names.
const edges = edgesOf(widened(vehicleCase)) as readonly (Edge & {
  readonly from: VehicleCaseState;
  readonly action: VehicleCaseAction;
  readonly to: VehicleCaseState;
})[];
type AnyEdge = (typeof edges)[number];
const nameOf = ({ from, action, to }: Edge): string => `${from} --${action}--> ${to}`;

/** The kind of vehicle whose case comes to the edge's beginning and leaves it in its direction. */
const wishFor = ({ from, action, to }: AnyEdge): CaseWish => {
  if (to === 'deskReview' && action === 'submit') return { registered: false };
  if (action === 'certify' && to === 'closed') return { registered: false };
  if (action === 'mismatch' || from === 'deskReview') return { kind: 'D' };
  return [from, to].includes('policeReview') ? { kind: 'T' } : {};
};

const stateOf = async (id: string): Promise<string> => (await factsOfCase(it.database.db, id)).state;

const ofIdentity: readonly VehicleCaseState[] = [
  'identityCorrecting',
  'identityReview',
  'identityConfirming',
  'identityTakingBack',
];

/** Takes a case on to where another identity is asserted of it; a report that is asked back and not given was taken before. */
const reachAsserting = async (acting: ActingCase, edge: AnyEdge, notGivenBack: boolean): Promise<void> => {
  const { from, action, to } = edge;
  const drops = action.startsWith('dropIdentity');
  const isReported = [from, to].includes('identityTakingBack');
  const origin = drops ? to : isReported || notGivenBack ? 'certified' : 'dismantling';
  if (!notGivenBack || origin === 'certified') return reach(acting, { ...edge, from: origin });
  // Taken by the national system, which then gives no certificate for it.
  await refuseNext('get-recycling-certificate');
  await cases.onTo(acting, 'reportRefused');
  if (origin === 'dismantling') await cases.take(acting, 'returnReport');
  if (origin === 'correcting') await cases.take(acting, 'returnPapers');
};

/** Takes a case on to where the identity of its vehicle is in question; one whose report goes back was certified before. */
const reachIdentity = async (acting: ActingCase, edge: AnyEdge): Promise<void> => {
  const { from, action, to } = edge;
  const isWrong = action === 'endWrongVehicle' || to === 'wronglyDismantled';
  const notGivenBack =
    from === 'identityReview' && (action === 'dropIdentityDecision' || action === 'endWithReportStanding');
  await reachAsserting(acting, edge, notGivenBack);
  await it.settle();
  await cases.take(acting, 'requestIdentity');
  if (from === 'identityCorrecting' && !isWrong) return;
  await cases.prepare(acting, 'submitIdentity');
  // The police are asked again, which is another question than the first only at another moment.
  it.clock.advance(1);
  await cases.take(acting, 'submitIdentity');
  await it.settle();
  if (from === 'identityReview' && !notGivenBack) return;
  await cases.take(acting, isWrong ? 'rejectIdentity' : 'passIdentity');
  if (from === 'identityCorrecting') return cases.take(acting, 'returnIdentityDecision');
  if (from === 'identityTakingBack' || notGivenBack)
    await cases.take(acting, isWrong ? 'endWrongVehicle' : 'confirmIdentity');
  if (!notGivenBack) return;
  await refuseNext('withdraw-scrap-case');
  await it.settle();
};

/** Takes a case on to where an edge begins, also to those states only a no of the national system leads to. */
const reach = async (acting: ActingCase, edge: AnyEdge): Promise<void> => {
  const { from: state } = edge;
  if (ofIdentity.includes(state)) return reachIdentity(acting, edge);
  const corrected = state === 'correcting' || state === 'correctionReview';
  if (corrected || state === 'reportRefused') await refuseNext('submit-scrap-case');
  await cases.onTo(acting, corrected ? 'reportRefused' : state);
  if (corrected) await cases.take(acting, 'returnPapers');
  if (state === 'correctionReview') await cases.take(acting, 'submitCorrection');
};

/** Leaves the police a second question about the vehicle that they will answer when the case has moved on. */
const withLateQuestion = async (edge: AnyEdge, wish: CaseWish): Promise<ActingCase> => {
  const walker = cases.walker(wish);
  const acting = { id: await openFor(walker), walker };
  await fill(walker, acting.id, ['papers']);
  it.clock.advance(1);
  await cases.recheck(acting);
  const { sent } = await factsOfCase(it.database.db, acting.id);
  const [, late] = sent.filter(({ exchange }) => exchange === 'police.check-vehicle');
  if (!late) throw new Error('the vehicle was asked about once only');
  const fault = { kind: 'throttled', retryAfterSeconds: 60 } as const;
  await it.outside.script({ system: 'police', exchange: 'check-vehicle', key: late.key, fault });
  await reach(acting, edge);
  return acting;
};

/** The police find out that the vehicle was stolen, and the late question is answered; the national system takes its time meanwhile. */
const findStolen = async ({ walker: { vehicle } }: ActingCase): Promise<void> => {
  const { papers, owner, policeFile } = vehicle;
  await it.outside.desk('DELETE', '/faults');
  const slow = { kind: 'throttled', retryAfterSeconds: 60 } as const;
  for (const exchange of ['submit-scrap-case', 'submit-deregistration', 'withdraw-scrap-case'])
    await it.outside.script({ system: 'national-circulation', exchange, fault: slow });
  await it.outside.desk('POST', '/vehicles', { vehicles: [{ papers, owner, policeFile, statusCodes: 'C' }] });
  await it.settle();
};

const refuseNext = (exchange: string): Promise<void> =>
  it.outside.script({
    system: 'national-circulation',
    exchange,
    times: 1,
    fault: { kind: 'refuse', code: '4002', message: '字典码无效' },
  });

const handIn = async ({ id: caseId }: ActingCase): Promise<void> => {
  const id = await anApplication(people, caseId, 'stop');
  applications.set(caseId, id);
  await people.step('clerk1', id, 'submit');
};

/** Takes a step of the withdrawal that was handed in for the case. */
const decideWithdrawal = async (
  { id }: ActingCase,
  who: string,
  action: 'passInternal' | 'refuseInternal' | 'grant',
): Promise<string> => people.step(who, applications.get(id) ?? '', action, action === 'refuseInternal' ? because : {});

const ofWithdrawal: ReadonlySet<string> = new Set(['holdForWithdrawal', 'releaseFromWithdrawal', 'withdraw']);

/** A case that was handed in before, at the beginning of a step its withdrawal takes. */
const beginWithdrawal = async ({ from, action }: AnyEdge): Promise<ActingCase> => {
  const acting = from === 'intake' ? await cases.at('deskReview', { kind: 'D' }) : await cases.at(from, wishOf(from));
  if (from === 'intake') await cases.take(acting, 'returnDesk');
  if (action !== 'holdForWithdrawal') await handIn(acting);
  return acting;
};

const wishOf = (from: VehicleCaseState): CaseWish => (from === 'deskReview' ? { kind: 'D' } : {});

/** A case at the beginning of an edge, with everything done that its step asks for. */
const begin = async (edge: AnyEdge): Promise<ActingCase> => {
  const { from, action } = edge;
  const wish = wishFor(edge);
  if (ofWithdrawal.has(action)) return beginWithdrawal(edge);
  // Frozen before the police have decided anything.
  if (from === 'policeReview' && ['freeze', 'liftFreeze'].includes(action))
    await it.outside.desk('PUT', '/settings', { decisionDelayMs: 80_000_000 });
  if (action === 'freeze') return withLateQuestion(edge, wish);
  if (action === 'liftFreeze') {
    const frozen = await withLateQuestion(edge, wish);
    await findStolen(frozen);
    return frozen;
  }
  const acting = await cases.at('intake', wish);
  await reach(acting, edge);
  if (action === 'lowerSupervision') await cases.take(acting, 'raiseSupervision');
  await cases.prepare(acting, action);
  return acting;
};

const decided = async (acting: ActingCase, decision: 'approved' | 'returned'): Promise<void> => {
  const { caseNo } = await factsOfCase(it.database.db, acting.id);
  await it.outside.desk('POST', '/decisions', { caseNo, decision });
  await it.settle();
  await waitUntil(async () => (await stateOf(acting.id)) !== 'policeReview');
};

/** How the steps that outside systems and the system itself decide are brought about; all others are taken by the person they belong to. */
const broughtAbout: Readonly<Partial<Record<VehicleCaseAction, (acting: ActingCase) => Promise<void>>>> = {
  match: () => it.settle(),
  mismatch: () => it.settle(),
  freeze: findStolen,
  passSupervised: (acting) => decided(acting, 'approved'),
  returnSupervised: (acting) => decided(acting, 'returned'),
  certify: () => it.settle(),
  refuseReport: async () => {
    await refuseNext('submit-scrap-case');
    await it.settle();
  },
  acceptDeregistration: () => it.settle(),
  refuseDeregistration: async () => {
    await refuseNext('submit-deregistration');
    await it.settle();
  },
  takeBackReport: () => it.settle(),
  refuseTakeBack: async () => {
    await refuseNext('withdraw-scrap-case');
    await it.settle();
  },
  holdForWithdrawal: handIn,
  releaseFromWithdrawal: async (acting) => {
    // The police are asked again, which is another question than the first only at another moment.
    it.clock.advance(1);
    await decideWithdrawal(acting, 'review1', 'refuseInternal');
  },
  withdraw: async (acting) => {
    const state = await decideWithdrawal(acting, 'review1', 'passInternal');
    if (state === 'commissionReview') await decideWithdrawal(acting, 'commission1', 'grant');
  },
};

describe('R01–R09, R57, R60: every edge of the lifecycle is performed', () => {
  test.each(edges.map((edge) => [nameOf(edge), edge] as const))('%s', async (name, edge) => {
    const acting = await begin(edge);
    const before = await factsOfCase(it.database.db, acting.id);
    expect(before.state).toBe(edge.from);
    const bringAbout = broughtAbout[edge.action];
    await (bringAbout ? bringAbout(acting) : cases.take(acting, edge.action));
    await expectSteps(it.database.db, it.crypto, before, [{ action: edge.action, to: edge.to }]);
    expect(it.failures).toEqual([]);
    performed.add(name);
  });

  test('no edge of the definition was left out, and every outside step has somebody who brings it about', () => {
    expect([...performed].sort()).toEqual(edges.map(nameOf).sort());
    const outside = Object.entries(vehicleCase.actions).flatMap(([action, { by }]) =>
      ['outside-system', 'engine'].includes(vehicleCase.actors[by].stands) ? [action] : [],
    );
    expect(Object.keys(broughtAbout).sort()).toEqual(outside.sort());
  });
});

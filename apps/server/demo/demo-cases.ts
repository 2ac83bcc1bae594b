import { shanghaiTime } from '#apps/simulators/exchange.ts';
import { type SystemId, systemIds } from '#apps/simulators/faults.ts';
import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import { usualSettings } from '#apps/simulators/simulators.ts';
import { type World, worldOf } from '#apps/simulators/world.ts';
import { usualSystemRules } from '#areas/elv/enterprise-system/model/system-rules.ts';
import { hasCases } from '#areas/elv/vehicle-case/server/case-list.store.ts';
import type { Crypto, KeyKeeper } from '#kernel/crypto/crypto.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { lookAt } from '#practices/photo-evidence/server/look.ts';
import { smallPicture } from '#practices/picture/server/small-picture.ts';
import { compose, type Product } from '../compose.ts';
import { demoSubject } from './accounts.ts';
import { tellCitizens } from './citizen-story.ts';
import { openDemoPhotos } from './demo-photos.ts';
import { demoLooker } from './demo-pictures.ts';
import { type DemoCase, demoPlan } from './demo-vehicles.ts';
import { handsInProcess } from './hands.ts';
import { tellPractitioners } from './practitioner-story.ts';
import { tellQualifications } from './qualification-story.ts';
import { readOldNotices } from './read-notices.ts';
import { type RegistryStory, tellRegistry } from './registry-story.ts';
import { picturesOf } from './reused-photos.ts';
import { inParallel, momentsOf, type Told, tellTurn } from './story.ts';
import { storyWire } from './story-wire.ts';
import { type DemoSystem, tellSystem } from './system-story.ts';
import { tellReports } from './tell-reports.ts';
import type { Cast } from './walk.ts';
import { tellWithdrawals } from './withdrawal-story.ts';

/** What the demo's past is told into. */
export interface DemoParts {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly keeper: KeyKeeper;
  readonly files: FileStore;
  /** The end of the story. */
  readonly now: Date;
  /** What the simulators remember; they are not running yet. */
  readonly stateFile: string;
  readonly count: number;
  /** The simulated system of the first yard: its public key, and where it listens; left out where there is none. */
  readonly enterprise?: DemoSystem | null;
  readonly say: (text: string) => void;
  /** Told just before the first case is made. */
  readonly onBegin: () => void;
}

const hourMs = 3_600_000;
const togetherMs = 4 * hourMs;

const castOf = (plan: DemoCase, order: number): Cast => ({
  clerk: plan.yard === 1 && order % 3 === 0 ? 'clerk1b' : `clerk${plan.yard}`,
  desk: order % 2 === 0 ? 'desk1' : 'desk2',
  commission: order % 2 === 0 ? 'commission1' : 'commission2',
});

/** The police's decisions that are due by the story's clock, told the way the inbound door would tell them. */
const tellDecisions = async (product: Product, world: World, parts: DemoParts, clock: Clock): Promise<void> => {
  const decide = product.elv.inbound['police.supervised-decision'];
  if (!decide) throw new Error('nobody hears the police');
  for (const [, decision] of world.entries('supervised')) {
    if (decision.told || decision.dueAt > clock.now().getTime()) continue;
    const { caseNo, round } = decision;
    const key = `${caseNo}-${round}`;
    const request = {
      caseNo,
      round,
      decision: decision.decision,
      opinion: decision.opinion,
      decidedAt: new Date(decision.dueAt).toISOString(),
    };
    await inTransaction(parts.db, async (tx) => {
      const applied = await decide(tx, { key, request, traceId: `demo-${key}` });
      const body = JSON.stringify({ ...request, decidedAt: shanghaiTime(new Date(decision.dueAt)) });
      const reply =
        applied.outcome === 'applied' ? { code: '0', message: 'OK' } : { code: applied.code, message: applied.message };
      const { caseType, caseId, outcome: status } = applied;
      await product.inbox.keep(tx, {
        connector: 'police',
        exchange: 'supervised-decision',
        key,
        body,
        status,
        caseType,
        caseId,
        traceId: `demo-${key}`,
        ...reply,
      });
    });
    world.put('supervised', key, { ...decision, told: true });
  }
};

/** The story's moments in order: which cases have a turn then. */
const scheduleOf = (told: readonly Told[]): readonly (readonly [at: number, cases: readonly Told[]])[] => {
  const slots = new Map<number, Told[]>();
  for (const one of told) {
    for (const moment of one.moments) {
      // Turns of half a working day are told side by side, but never two of one case: its next comes an hour and more later.
      let slot = Math.floor(moment.getTime() / togetherMs) * togetherMs;
      while (slots.get(slot)?.includes(one)) slot += 70 * 60_000;
      slots.set(slot, [...(slots.get(slot) ?? []), one]);
    }
  }
  return [...slots].sort(([a], [b]) => a - b);
};

/** How long the systems take in the story; what is asked in its last two days is answered after its end, so that cases are seen waiting. */
const delaysAt = (remainingHours: number) => ({
  ...usualSettings('http://127.0.0.1'),
  certificateDelayMs: 0,
  decisionDelayMs: remainingHours < 48 ? (remainingHours + 2) * hourMs : hourMs,
  deregistrationDelayMs: remainingHours < 48 ? (remainingHours + 3) * hourMs : 0,
});

const tell = async (parts: DemoParts, world: World): Promise<number> => {
  const { db, crypto, keeper, files, now: end, count } = parts;
  let present = end;
  const clock: Clock = { now: () => new Date(present) };
  const photos = openDemoPhotos();
  const failures: unknown[] = [];
  const product = compose({
    db,
    crypto,
    keeper,
    clock,
    files,
    reader: photos.reader,
    // Nothing is compared while the past is told: the server does that when it is up.
    looker: demoLooker({ look: lookAt }),
    shrink: smallPicture,
    sessionLimits: { idleMinutes: 1, absoluteMinutes: 1 },
    systemRules: { ...usualSystemRules, webhooks: 'any' },
    demo: true,
    demoAccounts: [],
    onFailure: (error) => failures.push(error),
  });
  // Who holds which role, so that people are told of what happens.
  await product.access.check();
  const hands = handsInProcess(product.elv, clock, demoSubject);
  const know = (vehicle: SimulatedVehicle): void => {
    world.register.seed(vehicle);
    world.put('seeded', vehicle.papers.vin, vehicle);
  };
  const plans = demoPlan(count);
  const pictures = picturesOf(plans, photos);
  const told = plans.map((plan, order): Told => {
    know(plan.vehicle);
    const { vehicle, registered } = plan;
    return {
      plan,
      walker: { hands, clock, cast: castOf(plan, order), vehicle, registered, photo: pictures(plan) },
      moments: momentsOf(plan, order, end),
    };
  });
  const patience = new Set(
    told.filter(({ plan }) => plan.rests === 'comparing').map(({ plan }) => plan.vehicle.papers.vin),
  );
  let asksPatience = false;
  const busy = (body: string): number | undefined =>
    asksPatience && [...patience].some((vin) => body.includes(vin))
      ? Math.round((end.getTime() - present.getTime()) / 1000) + 3 * 3600
      : undefined;
  const wireTo = (system: SystemId) => storyWire(system, world, clock, system === 'police' ? busy : () => undefined);
  const relay = product.relay(Object.fromEntries(systemIds.map((system) => [system, wireTo(system)])));
  const ids = new Map<Told, string>();
  const settle = (): Promise<void> => relay.settled();
  const turn = async (one: Told): Promise<void> => {
    // Nobody works in the same second as everybody else.
    present = new Date(Math.min(present.getTime() + 37_000, end.getTime()));
    ids.set(one, await tellTurn(one, ids.get(one), settle));
  };
  const [vehicle] = told.map(({ plan }) => plan.vehicle);
  const registry: RegistryStory = {
    elv: product.elv,
    clock,
    end,
    at: (moment) => {
      present = moment;
    },
    subjectOf: demoSubject,
    picture: (name) => (vehicle ? photos.of(name, vehicle) : new Uint8Array()),
    settle,
  };
  try {
    await tellPractitioners(registry, 'long-ago');
    await tellQualifications(registry, 'long-ago');
    await tellRegistry(registry, 'long-ago');
    // Before the systems are asked for patience, which stops their whole lane.
    await tellWithdrawals({ ...registry, hands, photo: photos.of, know });
    const patient: Told[] = [];
    for (const [at, cases] of scheduleOf(told)) {
      present = new Date(Math.min(at, end.getTime()));
      world.settings = delaysAt((end.getTime() - at) / hourMs);
      await tellDecisions(product, world, parts, clock);
      patient.push(...cases.filter(({ plan }) => plan.rests === 'comparing'));
      await inParallel(
        cases.filter(({ plan }) => plan.rests !== 'comparing'),
        8,
        turn,
      );
      await product.elv.stop();
      // Of what was told long ago nothing leaves the house any more.
      if (end.getTime() - at < 72 * hourMs) await product.notices.sendDue();
    }
    // Last of all, whatever the hour: a system that asks for patience stops its whole lane, and what others have put into it would not be heard of before the story's end.
    asksPatience = true;
    for (const one of patient) await turn(one);
    await product.elv.stop();
    asksPatience = false;
    await tellRegistry(registry, 'lately');
    await tellQualifications(registry, 'lately');
    await tellCitizens({ ...registry, photo: photos.of });
    await tellPractitioners(registry, 'lately');
    // Last, or it would be told of the past it does not hear yet.
    if (parts.enterprise) await tellSystem({ ...registry, system: parts.enterprise });
    present = end;
    await settle();
    await tellReports(product, world, db);
    await readOldNotices(db, end);
  } finally {
    await relay.stop();
  }
  if (failures.length > 0) throw failures[0];
  return told.length;
};

/** Fills an empty demo database with cases in every state, made by walking the real engine through the last weeks. */
export const ensureDemoCases = async (parts: DemoParts): Promise<void> => {
  if (parts.count === 0 || (await hasCases(parts.db))) return;
  parts.say('正在准备演示数据……');
  parts.onBegin();
  const world = worldOf(usualSettings('http://127.0.0.1'), parts.stateFile);
  try {
    const told = await tell(parts, world);
    parts.say(`演示数据已备好：${told} 件案卷。`);
  } finally {
    world.close();
  }
};

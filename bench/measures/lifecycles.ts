import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { fillingOf } from '#apps/server/demo/filling.ts';
import type { Hands } from '#apps/server/demo/hands.ts';
import { openFor, turnOf, type Walker } from '#apps/server/demo/walk.ts';
import { familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import type { CaseView, SectionId } from '#areas/elv/vehicle-case/model/vehicle-case.views.ts';
import { isWaiting } from '#areas/elv/vehicle-case/web/case-page/pulse-interval.ts';
import { clientOf } from '#kernel/contract/client.ts';
import { systemClock } from '#kernel/time/clock.ts';
import type { Figure } from '../figure.ts';
import { handsOverHttp, type OnCall } from '../hands-over-http.ts';
import { percentile } from '../load.ts';
import type { Person } from '../people.ts';
import { openPictures } from '../pictures.ts';
import { type CpuSeconds, cpuSecondsOfAll } from '../process-figures.ts';
import type { Bench, Scene } from '../scene.ts';

const pulseMs = 200;

/** Looks at a case and waits as its open page does: asks for news, and looks again when there is some. */
const settled = async ({ transport }: Person, id: string): Promise<CaseView> => {
  const api = clientOf(vehicleCaseContract, transport);
  let seen: string | undefined;
  for (;;) {
    const view = await api.get({ id });
    if (!isWaiting(view)) return view;
    let news = seen;
    while (news === seen) {
      await pause(pulseMs);
      news = (await api.pulse({ id })).mark;
    }
    seen = news;
  }
};

/** Fills what a turn asks for, as a page does: from what it shows, looking once more when the fields have told which photographs are due. */
const fillTurn = async (walker: Walker, view: CaseView, sections: readonly SectionId[]): Promise<void> => {
  const { hands, cast, vehicle, registered, clock, photo } = walker;
  for (const section of sections) {
    const before = view.sections.find((one) => one.id === section)?.values ?? {};
    await hands.save(
      cast.clerk,
      view.id,
      section,
      before,
      fillingOf(section, { vehicle, registered, now: clock.now() }),
    );
  }
  const { slots, photos } = await hands.view(cast.clerk, view.id);
  for (const { part, required, section } of slots) {
    if (!required || !sections.includes(section) || photos.some((one) => one.part === part)) continue;
    await hands.photograph(cast.clerk, view.id, part, randomUUID(), photo(part, vehicle));
  }
};

/** Walks one case from opening to closed. Errors: throws when it comes to rest elsewhere. */
const walk = async (walker: Walker, clerk: Person): Promise<void> => {
  let view = await settled(clerk, await openFor(walker));
  while (view.state !== 'closed') {
    const turn = turnOf(view.state);
    if (!turn) throw new Error(`case ${view.caseNo} rests in ${view.state}`);
    if (turn.fills.length > 0) {
      await fillTurn(walker, view, turn.fills);
      view = await settled(clerk, view.id);
    }
    await walker.hands.step(walker.cast[turn.by], view.id, turn.action, view.version, randomUUID(), {});
    view = await settled(clerk, view.id);
  }
};

/** A yard's everyday mixture: some electric, some motorcycles, some lorries under police supervision, else private cars. */
const vehicleOf = (order: number): SimulatedVehicle => {
  const kind = order % 7 === 3 ? 'E' : order % 11 === 5 ? 'M' : order % 9 === 4 ? 'T' : 'A';
  const vehicle = familyVehicle(familyVin(order, kind));
  if (!vehicle) throw new Error(`the family has no member ${order}`);
  return vehicle;
};

/** The story's clerk tells of hours at the yard; here everything happened just now. */
const hurried = (hands: Hands): Hands => ({
  ...hands,
  save: (who, id, section, before, values) => {
    const now = new Date().toISOString();
    const told = Object.entries(values).map(([name, value]) => [name, name.endsWith('At') ? now : value]);
    return hands.save(who, id, section, before, Object.fromEntries(told));
  },
});

/** Hands of people who look and think before each thing they do. */
const thoughtful = (hands: Hands, thinkMs: number): Hands =>
  Object.fromEntries(
    Object.entries(hands).map(([name, call]: [string, (...args: unknown[]) => Promise<unknown>]) => [
      name,
      async (...args: unknown[]) => {
        // Between half and one and a half times as long, as people do not keep time.
        if (thinkMs > 0) await pause(thinkMs * (0.5 + Math.random()));
        return call(...args);
      },
    ]),
    // Each entry keeps its own arguments and answer.
  ) as unknown as Hands;

let order = 100_000;

const walkerOf = (
  scene: Scene,
  index: number,
  photo: Walker['photo'],
  { onCall, thinkMs }: { onCall: OnCall; thinkMs: number },
): Walker => {
  const { clerks, desk, commission, byName } = scene.people;
  order += 1;
  const nameOf = (people: readonly Person[]): string => people[index % people.length]?.userName ?? '';
  return {
    hands: thoughtful(hurried(handsOverHttp(byName, onCall)), thinkMs),
    clock: systemClock,
    cast: { clerk: nameOf(clerks), desk: nameOf(desk), commission: nameOf(commission) },
    vehicle: vehicleOf(order),
    registered: true,
    photo,
  };
};

/** What walking cases took: all of it in seconds, each step and each of all calls in milliseconds. */
interface Walked {
  readonly seconds: number;
  readonly stepMs: readonly number[];
  readonly callMs: readonly number[];
}

/** Walks cases from opening to closed, a number of them at once and one after the other while there are `more`, by people who think about so long before each thing they do. */
export const walkWhile = async (
  scene: Scene,
  together: number,
  more: () => boolean,
  thinkMs: number,
): Promise<Walked> => {
  const photo = await openPictures();
  const stepMs: number[] = [];
  const callMs: number[] = [];
  const onCall: OnCall = (what, ms) => {
    callMs.push(ms);
    if (what === 'step') stepMs.push(ms);
  };
  const began = performance.now();
  const lane = async (index: number): Promise<void> => {
    while (more()) {
      const walker = walkerOf(scene, index, photo, { onCall, thinkMs });
      await walk(walker, scene.people.byName(walker.cast.clerk));
    }
  };
  await Promise.all(Array.from({ length: together }, (_, index) => lane(index)));
  return { seconds: (performance.now() - began) / 1000, stepMs, callMs };
};

/** Walks so many cases, see {@link walkWhile}. */
export const walkCases = (scene: Scene, together: number, cases: number, thinkMs = 0): Promise<Walked> => {
  let left = cases;
  const more = (): boolean => {
    left -= 1;
    return left >= 0;
  };
  return walkWhile(scene, together, more, thinkMs);
};

/** Whole lifecycles through HTTP, from the open case to the closed one, and what a step takes among them. */
export const measureLifecycles = async ({ short, together, scene }: Bench): Promise<readonly Figure[]> => {
  const ready = await scene();
  if (!short) await walkCases(ready, together, together);
  const cases = short ? together : 3 * together;
  const before = cpuSecondsOfAll(ready.product);
  const { seconds, stepMs } = await walkCases(ready, together, cases);
  const after = cpuSecondsOfAll(ready.product);
  const used = (Object.keys(after) as (keyof CpuSeconds)[]).map(
    (who): Figure => ({
      measure: `a whole lifecycle, processor of the ${who}`,
      value: ((after[who] - before[who]) / cases) * 1_000,
      unit: 'ms',
      better: 'lower',
    }),
  );
  return [
    { measure: 'whole lifecycles, 50 at once', value: cases / seconds, unit: '/s', better: 'higher', bar: 10, aim: 20 },
    { measure: 'a step, p95 among them', value: percentile(stepMs, 95), unit: 'ms', better: 'lower', bar: 150 },
    ...used,
  ];
};

/** How long somebody at work looks and thinks before each thing they do; a case is some forty such things. */
const thinkMs = 2_000;

/** Fifty people at work who look and think, as T2.7 asks for: what they wait for. */
export const measureAtWork = async ({ short, together, scene }: Bench): Promise<readonly Figure[]> => {
  const ready = await scene();
  if (!short) await walkCases(ready, together, together);
  const { stepMs, callMs } = await walkCases(ready, together, together, short ? 20 : thinkMs);
  const title = '50 at work, 2 s between two things';
  return [
    { measure: `${title}: a step, p95`, value: percentile(stepMs, 95), unit: 'ms', better: 'lower', bar: 150 },
    { measure: `${title}: anything, p95`, value: percentile(callMs, 95), unit: 'ms', better: 'lower', bar: 150 },
  ];
};

import { setTimeout as pause } from 'node:timers/promises';
import type { Hands } from '#apps/server/demo/hands.ts';
import { openFor, type Settle, type Walker, walkTo } from '#apps/server/demo/walk.ts';
import { familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { isWaiting } from '#areas/elv/vehicle-case/web/case-page/pulse-interval.ts';
import { clientOf } from '#kernel/contract/client.ts';
import { systemClock } from '#kernel/time/clock.ts';
import type { Figure } from '../figure.ts';
import { handsOverHttp, type OnCall } from '../hands-over-http.ts';
import { percentile } from '../load.ts';
import type { Person } from '../people.ts';
import { openPictures } from '../pictures.ts';
import type { Bench, Scene } from '../scene.ts';

const pulseMs = 200;

/** Waits as an open case page does: asks for news, and looks at the case again when there is some. */
const settleAs =
  (personOf: (id: string) => Person): Settle =>
  async (id) => {
    const api = clientOf(vehicleCaseContract, personOf(id).transport);
    let seen: string | undefined;
    while (isWaiting(await api.get({ id }))) {
      let news = seen;
      while (news === seen) {
        await pause(pulseMs);
        news = (await api.pulse({ id })).mark;
      }
      seen = news;
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

let order = 100_000;

const walkerOf = (scene: Scene, index: number, photo: Walker['photo'], onCall: OnCall): Walker => {
  const { clerks, desk, commission, byName } = scene.people;
  order += 1;
  const nameOf = (people: readonly Person[]): string => people[index % people.length]?.userName ?? '';
  return {
    hands: hurried(handsOverHttp(byName, onCall)),
    clock: systemClock,
    cast: { clerk: nameOf(clerks), desk: nameOf(desk), commission: nameOf(commission) },
    vehicle: vehicleOf(order),
    registered: true,
    photo,
  };
};

/** Walks so many cases from opening to closed, a number of them at once. Answers seconds and what each step took. */
export const walkCases = async (
  scene: Scene,
  together: number,
  cases: number,
): Promise<{ readonly seconds: number; readonly stepMs: readonly number[] }> => {
  const photo = await openPictures();
  const stepMs: number[] = [];
  const onCall: OnCall = (what, ms) => {
    if (what === 'step') stepMs.push(ms);
  };
  let left = cases;
  const began = performance.now();
  const lane = async (index: number): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const walker = walkerOf(scene, index, photo, onCall);
      const settle = settleAs(() => scene.people.byName(walker.cast.clerk));
      await walkTo(walker, await openFor(walker), ['closed'], settle);
    }
  };
  await Promise.all(Array.from({ length: together }, (_, index) => lane(index)));
  return { seconds: (performance.now() - began) / 1000, stepMs };
};

/** Whole lifecycles through HTTP, from the open case to the closed one, and what a step takes among them. */
export const measureLifecycles = async ({ short, together, scene }: Bench): Promise<readonly Figure[]> => {
  const ready = await scene();
  if (!short) await walkCases(ready, together, together);
  const cases = short ? together : 3 * together;
  const { seconds, stepMs } = await walkCases(ready, together, cases);
  return [
    { measure: 'whole lifecycles, 50 at once', value: cases / seconds, unit: '/s', better: 'higher', bar: 10, aim: 20 },
    { measure: 'a step, p95 among them', value: percentile(stepMs, 95), unit: 'ms', better: 'lower', bar: 150 },
  ];
};

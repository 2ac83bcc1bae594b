import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { fillingOf } from '#apps/server/demo/filling.ts';
import type { Hands } from '#apps/server/demo/hands.ts';
import { type Walker, walkTo } from '#apps/server/demo/walk.ts';
import { familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import { sections } from '#areas/elv/vehicle-case/model/vehicle-case.fields.ts';
import type { VehicleCaseState } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import type { Db } from '#kernel/db/database.ts';
import type { Field } from '#kernel/fields/field.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { expectSound, factsOfCase } from './case-witness.ts';
import type { HttpHands } from './http-hands.ts';
import { aJpeg } from './sample-files.ts';
import { waitUntil } from './wait-until.ts';

/** People who never give up while servers fall and rise, and what they were told was done. */
export interface SteadyPeople {
  /** Hands that never do a thing twice: what was not answered is sent again under its own key. */
  readonly hands: Hands;
  /** Sends the same call until it is answered; whether an unanswered one was done nobody knows but the product. */
  untilAnswered<T>(call: () => Promise<T>): Promise<T>;
  /** How often something had to be sent again. */
  repeats(): number;
  /** The same by the code of the refusal. */
  refusals(): Readonly<Record<string, number>>;
  /** The next vehicle nobody has met yet. */
  nextVehicle(): SimulatedVehicle;
  /** The papers section of one more vehicle, as what is filled into a new case. */
  papers(): Readonly<Record<string, { readonly was: true | null; readonly now: unknown }>>;
  /** A whole life, from the papers to the closed case unless it is to rest earlier, with its photographs and everything that is said outside; answers the case's id. */
  wholeLife(who: string, until?: VehicleCaseState): Promise<string>;
  /** Errors: throws unless every step of a life was taken once and in order, everything was said once, and every photograph is there as it was taken. */
  expectWholeLife(db: Db, id: string): Promise<void>;
}

const course = ['submit', 'match', 'confirm', 'handOver', 'enter', 'passEntry', 'submitDismantling'].concat([
  'passDismantling',
  'certify',
  'reportDeregistration',
  'acceptDeregistration',
  'collect',
]);

/** A defect (500) is none, whatever was killed. */
const isOutage = (error: unknown): error is Failure =>
  error instanceof Failure && (error.status === 0 || error.status > 500);

/** The vehicle came just now, and is dismantled within the minute. */
const justNow = (fields: Readonly<Record<string, Field>>, values: Readonly<Record<string, unknown>>) => {
  const now = new Date().toISOString();
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, fields[name]?.kind === 'time' ? now : value]),
  );
};

type Photo = { readonly id: string; readonly part: string; readonly sm3: string };

const steadyHands = (
  hands: HttpHands,
  untilAnswered: SteadyPeople['untilAnswered'],
  uploaded: Map<string, Photo>,
): Hands => ({
  open: (...of) => untilAnswered(() => hands.open(...of)),
  save: (who, id, section, before, values) => {
    const told = justNow(sections[section].fields, values);
    return untilAnswered(() => hands.save(who, id, section, before, told));
  },
  photograph: (who, id, part, key, bytes) => {
    uploaded.set(key, { id, part, sm3: sm3Hex(bytes) });
    return untilAnswered(() => hands.photograph(who, id, part, key, bytes));
  },
  step: async (who, id, action, version, key, input) => {
    try {
      return await untilAnswered(() => hands.step(who, id, action, version, key, input));
    } catch (error) {
      // Something beside the case has moved meanwhile, such as a reading; the key stays.
      if (!(error instanceof Failure) || error.code !== 'STALE') throw error;
      return untilAnswered(async () => hands.step(who, id, action, await hands.version(who, id), key, input));
    }
  },
  view: (...of) => untilAnswered(() => hands.view(...of)),
  version: (...of) => untilAnswered(() => hands.version(...of)),
});

/** What the demo's product seals with. */
const demoCrypto = softwareCrypto(Buffer.alloc(32, 7));

const expectLife = async (db: Db, hands: HttpHands, uploaded: readonly Photo[], id: string): Promise<void> => {
  // A message that a killed server had in hand is carried again when its lease has run out.
  const underWay = ({ status }: { readonly status: string }): boolean => status === 'due' || status === 'leased';
  await waitUntil(async () => !(await factsOfCase(db, id)).sent.some(underWay));
  const facts = await factsOfCase(db, id);
  await expectSound(db, demoCrypto, facts);
  expect(facts.steps.map(({ action }) => action)).toEqual(course);
  expect(facts.sent.filter(({ status }) => status !== 'answered')).toEqual([]);
  expect(new Set(facts.sent.map(({ exchange, key }) => `${exchange} ${key}`)).size).toBe(facts.sent.length);
  const once = ['submit-scrap-case', 'get-recycling-certificate', 'submit-deregistration', 'notify-recycled'];
  for (const name of once) expect(facts.sent.filter(({ exchange }) => exchange.endsWith(`.${name}`))).toHaveLength(1);

  const { cases } = await hands.as('commission1');
  const { photos } = await cases.get({ id });
  expect(photos.map(({ part, sm3 }) => `${part} ${sm3}`).sort()).toEqual(
    uploaded.map(({ part, sm3 }) => `${part} ${sm3}`).sort(),
  );
  for (const { id: photoId, sm3 } of photos) expect(sm3Hex(await hands.content('commission1', id, photoId))).toBe(sm3);
};

/** People at work over these hands, with vehicles of the family from a number on. */
export const steadyPeople = (hands: HttpHands, firstVehicle = 10_000): SteadyPeople => {
  let repeats = 0;
  const refusals: Record<string, number> = {};
  let vehicles = firstVehicle;
  const uploaded = new Map<string, Photo>();
  const untilAnswered = async <T>(call: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if (!isOutage(error)) throw error;
        repeats += 1;
        refusals[error.code] = (refusals[error.code] ?? 0) + 1;
        await pause(100);
      }
    }
  };
  const nextVehicle = (): SimulatedVehicle => {
    vehicles += 1;
    const vehicle = familyVehicle(familyVin(vehicles));
    if (!vehicle) throw new Error('the family is endless');
    return vehicle;
  };
  const steady = steadyHands(hands, untilAnswered, uploaded);
  const answered = async (who: string, id: string, until: VehicleCaseState): Promise<boolean> => {
    const { state, stateKind, checks } = await steady.view(who, id);
    if (state === until) return true;
    return stateKind !== 'wait' && checks.every(({ status }) => status !== 'waiting' && status !== 'retrying');
  };
  return {
    hands: steady,
    untilAnswered,
    repeats: () => repeats,
    refusals: () => refusals,
    nextVehicle,
    papers: () =>
      Object.fromEntries(
        Object.entries(fillingOf('papers', { vehicle: nextVehicle(), registered: true, now: new Date() })).map(
          // Whether the vehicle is on the register is the one thing a new case says already.
          ([name, now]) => [name, { was: name === 'registeredWithPolice' ? true : null, now }],
        ),
      ),
    wholeLife: async (who, until = 'closed') => {
      const vehicle = nextVehicle();
      const walker: Walker = {
        hands: steady,
        clock: systemClock,
        cast: { clerk: who, desk: 'desk1', commission: 'commission1' },
        vehicle,
        registered: true,
        photo: (part) => Buffer.concat([aJpeg(), Buffer.from(`${part} ${vehicle.papers.vin}`)]),
      };
      const { id } = await steady.open(who, randomUUID(), true);
      await walkTo(walker, id, [until], async () => {
        while (!(await answered(who, id, until))) await pause(300);
      });
      return id;
    },
    expectWholeLife: (db, id) =>
      expectLife(
        db,
        hands,
        [...uploaded.values()].filter((one) => one.id === id),
        id,
      ),
  };
};

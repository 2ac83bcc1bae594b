import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemIds } from '#apps/simulators/faults.ts';
import { listedVehicles } from '#apps/simulators/register/register.ts';
import { usualSettings } from '#apps/simulators/simulators.ts';
import { type World, worldOf } from '#apps/simulators/world.ts';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import { softwareEdition } from '#kernel/crypto/edition.ts';
import { diskStore } from '#kernel/files/store.disk.ts';
import { lookAt } from '#practices/photo-evidence/server/look.ts';
import { smallPicture } from '#practices/picture/server/small-picture.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { compose } from '../compose.ts';
import { migrations } from '../plans.ts';
import { demoSubject } from './accounts.ts';
import { openDemoPhotos } from './demo-photos.ts';
import { demoLooker } from './demo-pictures.ts';
import { type Hands, handsInProcess } from './hands.ts';
import { storyWire } from './story-wire.ts';
import { openFor, type Settle, type Walker, walkTo } from './walk.ts';

let database: TestDatabase;
let world: World;
let hands: Hands;
let settle: Settle;
let stop: () => Promise<void>;
const folder = mkdtempSync(join(tmpdir(), 'hushang-walk-'));
const clock = clockAt('2026-11-23T02:00:00Z');
const photos = openDemoPhotos();

beforeAll(async () => {
  database = await aDatabase(migrations);
  world = worldOf({ ...usualSettings('http://127.0.0.1'), certificateDelayMs: 0, deregistrationDelayMs: 0 });
  const product = compose({
    db: database.db,
    ...softwareEdition(database.db, Buffer.alloc(32, 7), clock),
    clock,
    files: diskStore(folder, { hasty: true }),
    reader: photos.reader,
    looker: demoLooker({ look: lookAt }),
    shrink: smallPicture,
    sessionLimits: { idleMinutes: 30, absoluteMinutes: 720 },
    demo: true,
    demoAccounts: [],
    onFailure: (error) => {
      throw error;
    },
  });
  // Who is told of a step is asked of the access list, as everywhere.
  await product.access.check();
  const nobodyBusy = () => undefined;
  const relay = product.relay(
    Object.fromEntries(systemIds.map((system) => [system, storyWire(system, world, clock, nobodyBusy)])),
  );
  hands = handsInProcess(product.elv, clock, demoSubject);
  settle = async () => {
    await relay.settled();
    clock.advance(60 * 60_000);
  };
  stop = async () => {
    await relay.stop();
    await product.elv.stop();
  };
});
afterAll(async () => {
  await stop();
  world.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const walkerOf = (order: number, registered = true): Walker => {
  const vehicle = listedVehicles[order - 1];
  if (!vehicle) throw new Error(`no listed vehicle ${order}`);
  const cast = { clerk: 'clerk1', desk: 'desk1', commission: 'commission1' };
  return { hands, clock, cast, vehicle, registered, photo: photos.of };
};

test.each([
  [1, 'a private car whose papers agree with the police'],
  [3, 'a car whose engine number differs, judged by the vehicle desk'],
  [40, 'a trailer without engine'],
  [41, 'a motorcycle'],
  [42, 'an electric car with its battery'],
  [57, 'a car of an organisation'],
  [62, 'a car handed in by an agent'],
])('R01–R07: listed vehicle %i, %s, comes to its end', async (order) => {
  const walker = walkerOf(order);
  const id = await openFor(walker);
  const wanted = order === 40 ? 'policeReview' : 'closed';
  const view = await walkTo(walker, id, [wanted], settle);
  expect(view.timeline.filter(({ verified }) => verified === false)).toEqual([]);
  expect(await verifyChain(database.db, `elv.vehicle-case:${id}`)).toMatchObject({ intact: true });
});

test('R01: a vehicle that is not on the register is neither compared nor deregistered', async () => {
  const walker = walkerOf(2, false);
  const view = await walkTo(walker, await openFor(walker), ['closed'], settle);
  const actions = view.timeline.map(({ action }) => action);
  expect(actions).not.toContain('match');
  expect(actions).not.toContain('reportDeregistration');
});

test('R01: the same vehicle is accepted once; the other clerk is told who has it and since when', async () => {
  const first = walkerOf(9);
  await walkTo(first, await openFor(first), ['confirming'], settle);
  const second = { ...first, cast: { ...first.cast, clerk: 'clerk2' } };
  await expect(openFor(second).then((id) => walkTo(second, id, ['confirming'], settle))).rejects.toThrow(
    /沪示例报废车回收拆解一厂.*受理/,
  );
});

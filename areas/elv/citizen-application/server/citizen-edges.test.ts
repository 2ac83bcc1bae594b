import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { agreeFirst, agreeing, applyFor, fillIn } from '#apps/server/demo/citizen-walk.ts';
import { familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import {
  applyingAsAgent,
  type CitizenCaller,
  citizenAs,
  clerkOf,
  type OfferedCaller,
  stagesShown,
  standingShown,
} from '#testkit/citizen-hands.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import type { OwnApplicationView } from '../model/citizen.views.ts';
import { mostPhotos } from './own-photo.handlers.ts';

// Real here: PostgreSQL, engine, web server, relay, wires, the simulated outside systems over HTTP. Made up: the clock.
vi.setConfig({ testTimeout: 120_000 });

const periodMs = 10 * 86_400_000;

let it: TestProduct;
let clerk1: OfferedCaller;
beforeAll(async () => {
  it = await aProduct();
  await it.settle();
  clerk1 = await clerkOf(it, 'clerk1');
});
afterAll(() => it.close());

/** A citizen who applies for others; a session lasts half an hour of the made-up clock. */
const agent = (): Promise<CitizenCaller> => citizenAs(it, 'osp-1003');
let made = 45_000;
const another = (enterpriseId = 'yard-1') => {
  made += 1;
  return applyingAsAgent(made, enterpriseId);
};
const stateOf = async (id: string): Promise<string | undefined> => {
  const { rows } = await sql<{ state: string }>`
    select state from elv.citizen_application where id = ${id}`.execute(it.database.db);
  return rows[0]?.state;
};
const partsIn = (view: OwnApplicationView): readonly string[] =>
  view.materials.filter(({ photos }) => photos.length > 0).map(({ part }) => part);
const accept = async (id: string) => {
  const { version } = await clerk1.offered.get({ id });
  return clerk1.steps.accept({ id, version, key: randomUUID(), input: {} });
};

/** An application in which papers may be photographed. */
const begun = async (citizen: CitizenCaller) => {
  const view = await citizen.open(randomUUID());
  await agreeFirst(citizen, view);
  return view;
};

describe('what nobody answers in time', () => {
  test('R62: one application that cannot be freed is told of, and the others are freed all the same', async () => {
    const citizen = await agent();
    const broken = await applyFor(citizen, another());
    it.clock.advance(1_000);
    const sound = await applyFor(citizen, another());
    const kept = await sql<{ record: string }>`
      select record from elv.citizen_application where id = ${broken.id}`.execute(it.database.ownerDb);
    const write = (record: string) =>
      sql`update elv.citizen_application set record = ${record} where id = ${broken.id}`.execute(it.database.ownerDb);
    await write('not what was sealed');
    it.clock.advance(periodMs);
    const told = it.failures.length;
    expect(await it.product.elv.citizenApplications.expire()).toBe(1);
    expect([await stateOf(broken.id), await stateOf(sound.id)]).toEqual(['submitted', 'expired']);
    expect(it.failures.length).toBe(told + 1);
    await write(kept.rows[0]?.record ?? '');
    expect(await it.product.elv.citizenApplications.expire()).toBe(1);
  });

  test('R62: whether the period has passed is asked under lock: one that has a new period meanwhile keeps it', async () => {
    const { id } = await applyFor(await agent(), another());
    it.clock.advance(periodMs);
    const later = new Date(it.clock.now().getTime() + periodMs);
    let freeing: Promise<number> | undefined;
    await it.database.ownerDb.transaction().execute(async (tx) => {
      await sql`select id from elv.citizen_application where id = ${id} for update`.execute(tx);
      freeing = it.product.elv.citizenApplications.expire();
      await vi.waitFor(async () => {
        const { rows } = await sql<{ waiting: string }>`
          select count(*) as waiting from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(it.database.ownerDb);
        expect(Number(rows[0]?.waiting)).toBeGreaterThan(0);
      }, 10_000);
      await sql`update elv.citizen_application set deadline_at = ${later} where id = ${id}`.execute(tx);
    });
    expect(await freeing).toBe(0);
    expect(await stateOf(id)).toBe('submitted');
  });
});

describe('photographs of papers that are not asked for any more', () => {
  test('R62: who turns out to be the owner leaves behind what was photographed as an agent', async () => {
    const citizen = await agent();
    const { id } = await citizen.open(randomUUID());
    expect(partsIn(await fillIn(citizen, id, another()))).toContain('agent-id-front');
    const owner = await citizen.save(id, { as: 'owner' });
    expect(partsIn(owner)).toContain('licence-main');
    const again = await citizen.save(id, { as: 'agent' });
    for (const part of ['owner-id-front', 'agent-id-front', 'power-of-attorney'])
      expect(partsIn(again)).not.toContain(part);
    await citizen.step(id, 'recall', again.version, {});
  });

  test('R62: neither handed in, nor shown to the enterprise, nor carried into the case', async () => {
    clerk1 = await clerkOf(it, 'clerk1');
    const citizen = await agent();
    const { id } = await citizen.open(randomUUID());
    await fillIn(citizen, id, another());
    const misplace = (part: string, photoId: string) =>
      sql`update elv.citizen_photo set part = ${part} where id = ${photoId}`.execute(it.database.ownerDb);
    const shoot = async (part: string): Promise<string> => {
      const view = await citizen.photograph(id, part, another().picture(part));
      return view.materials.find((one) => one.part === part)?.photos.at(-1)?.id ?? '';
    };
    const [first, second] = [await shoot('licence-back'), await shoot('licence-back')];
    await misplace('business-licence', first);
    const whole = await citizen.view(id);
    await citizen.step(id, 'submit', whole.version, agreeing(whole));
    const { rows } = await sql<{ gone: boolean }>`
      select removed_at is not null as gone from elv.citizen_photo where id = ${first}`.execute(it.database.db);
    expect(rows).toEqual([{ gone: true }]);
    // One that was handed in before that was so.
    await misplace('business-licence', second);
    const offered = await clerk1.offered.get({ id });
    expect(offered.photos.map(({ part }) => part)).toContain('licence-main');
    expect(offered.photos.map(({ part }) => part)).not.toContain('business-licence');
    const content = `${it.url}/api/elv/citizen-applications/${id}/photos/${second}/content`;
    expect((await fetch(content, { headers: { cookie: clerk1.cookie } })).status).toBe(404);
    const { caseId } = await accept(id);
    const { photos } = await it.hands.view('clerk1', caseId ?? '');
    expect(photos.map(({ part }) => part)).toContain('licence-main');
    expect(photos.map(({ part }) => part)).not.toContain('business-licence');
  });
});

describe('a citizen who asks for much', () => {
  const readable = async (citizen: CitizenCaller) => {
    const { id } = await begun(citizen);
    const vehicle = familyVehicle(familyVin(900_237)) as SimulatedVehicle;
    const view = await citizen.photograph(id, 'licence-main', it.photo('licence-main', vehicle));
    const photoId = view.materials.find(({ part }) => part === 'licence-main')?.photos[0]?.id ?? '';
    return { id, photoId };
  };

  test('R62: has one photograph with the reader at a time, and what was read of one is not read again', async () => {
    const [citizen, neighbour] = [await agent(), await citizenAs(it, 'osp-1001')];
    const [mine, theirs] = [await readable(citizen), await readable(neighbour)];
    const { reader } = it.product.elv.citizenApplications.desk;
    const read = reader.read.bind(reader);
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const asked = vi.spyOn(reader, 'read').mockImplementation(async (...task) => {
      await gate;
      return read(...task);
    });
    const first = citizen.citizen.readPhoto(mine);
    await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
    await expect(citizen.citizen.readPhoto(mine)).rejects.toMatchObject({ status: 429, code: 'READING' });
    const others = neighbour.citizen.readPhoto(theirs);
    await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
    // Nothing is in memory that waits.
    expect(asked.mock.calls.map(([, source]) => typeof source)).toEqual(['function', 'function']);
    go();
    expect((await first).read).toBeGreaterThan(3);
    expect((await others).read).toBeGreaterThan(3);
    await citizen.save(mine.id, { values: { 'papers.plateNo': null } });
    expect((await citizen.citizen.readPhoto(mine)).read).toBe(1);
    expect(asked).toHaveBeenCalledTimes(2);
    asked.mockRestore();
    const { rows } = await sql<{ reading: string }>`
      select reading from elv.citizen_photo where id = ${mine.photoId}`.execute(it.database.db);
    expect(rows[0]?.reading).not.toContain('plateNo');
    await citizen.step(mine.id, 'recall', (await citizen.view(mine.id)).version, {});
    await neighbour.step(theirs.id, 'recall', (await neighbour.view(theirs.id)).version, {});
  });

  test('R62: of an application’s photographs those that were taken out count too', async () => {
    const citizen = await agent();
    const { id } = await begun(citizen);
    const shoot = () => citizen.photograph(id, 'licence-back', another().picture('licence-back'));
    const view = await shoot();
    await citizen.citizen.removePhoto({ id, photoId: view.materials.flatMap(({ photos }) => photos)[0]?.id ?? '' });
    await sql`
      insert into elv.citizen_photo
      select id || '-' || n, application_id, part, upload_key || '-' || n, file_id, file_name, media_type, size_bytes, sm3, uploaded_at, device_time, removed_at
      from elv.citizen_photo, generate_series(2, ${mostPhotos}) as n where application_id = ${id}`.execute(
      it.database.ownerDb,
    );
    await expect(shoot()).rejects.toMatchObject({ code: 'TOO_MANY', message: expect.stringContaining('已移除') });
    await citizen.step(id, 'recall', (await citizen.view(id)).version, {});
  });

  test('R62: begins so many applications in a day and no more, however many at once; the next day is another', async () => {
    const citizen = await citizenAs(it, 'osp-1002');
    const begin = () =>
      citizen.open(randomUUID()).then(
        async ({ id, version }) => {
          await citizen.step(id, 'recall', version, {});
          return 'begun';
        },
        ({ code }: { code: string }) => code,
      );
    const outcomes: string[] = [];
    for (let round = 0; round < 4; round += 1)
      outcomes.push(...(await Promise.all(Array.from({ length: 6 }, () => begin()))));
    expect(outcomes.filter((one) => one === 'begun')).toHaveLength(20);
    expect(outcomes.filter((one) => one === 'TOO_MANY_TODAY')).toHaveLength(4);
    it.clock.advance(86_400_000);
    const { id, version } = await (await citizenAs(it, 'osp-1002')).open(randomUUID());
    await (await citizenAs(it, 'osp-1002')).step(id, 'recall', version, {});
  });
});

describe('a vehicle that is somebody’s already', () => {
  test('R62: an enterprise that has the vehicle in hand is told its case, and opens no second one', async () => {
    clerk1 = await clerkOf(it, 'clerk1');
    const applying = another();
    const cases = (await it.hands.as('clerk1')).cases;
    const draft = await cases.open({ key: randomUUID(), registeredWithPolice: true });
    const { caseNo } = await it.hands.view('clerk1', draft.id);
    await cases.saveSection({
      id: draft.id,
      section: 'papers',
      changes: { vin: { was: null, now: applying.vehicle.papers.vin } },
    });
    const { id } = await applyFor(await agent(), applying);
    await expect(accept(id)).rejects.toMatchObject({
      code: 'REFUSED',
      problems: [{ message: expect.stringContaining(caseNo) }],
    });
    expect(await stateOf(id)).toBe('submitted');
    const { rows } = await sql<{ cases: string }>`
      select count(*) as cases from elv.vehicle_case where vin = ${applying.vehicle.papers.vin}`.execute(
      it.database.db,
    );
    expect(Number(rows[0]?.cases)).toBe(1);
  });

  test('R62: who is known too little by now, or applies for a vehicle that was accepted, is told both, and hands nothing in', async () => {
    const citizen = await agent();
    const applying = another();
    const { id } = await citizen.open(randomUUID());
    const whole = await fillIn(citizen, id, applying);
    const level = (to: string) =>
      sql`update elv.citizen set level = ${to} where outside_id = 'osp-1003'`.execute(it.database.ownerDb);
    await level('L2');
    await sql`
      insert into elv.vehicle_claim (vin, case_id, case_no, enterprise_id, enterprise_name, since)
      select ${applying.vehicle.papers.vin}, id, case_no, enterprise_id, '他厂', now() from elv.vehicle_case limit 1`.execute(
      it.database.ownerDb,
    );
    await expect(citizen.step(id, 'submit', whole.version, agreeing(whole))).rejects.toMatchObject({
      code: 'REFUSED',
      problems: [
        { path: 'as', message: expect.stringMatching(/L2.*L3/) },
        { path: 'papers.vin', message: expect.stringContaining('已由回收企业受理') },
      ],
    });
    expect(await stateOf(id)).toBe('drafting');
    await level('L3');
    await sql`delete from elv.vehicle_claim where vin = ${applying.vehicle.papers.vin}`.execute(it.database.ownerDb);
    await citizen.step(id, 'submit', whole.version, agreeing(whole));
  });
});

test('R62: stages that overtake each other on their way leave the newest on top', async () => {
  clerk1 = await clerkOf(it, 'clerk1');
  await it.outside.script({ system: 'one-stop', exchange: 'report-stage', times: 1, fault: { kind: 'down' } });
  const { id, applicationNo } = await applyFor(await agent(), another());
  const carry = async () => {
    const relay = it.relay();
    await relay.settled();
    await relay.stop();
  };
  await carry();
  await accept(id);
  await carry();
  expect(await standingShown(it, applicationNo)).toBe('受理');
  // The first, which nobody heard, comes an hour late.
  it.clock.advance(3_600_000);
  await carry();
  expect(await stagesShown(it, applicationNo)).toEqual(['已提交', '受理']);
  expect(await standingShown(it, applicationNo)).toBe('受理');
});

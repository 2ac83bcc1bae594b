import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FamilyKind } from '#apps/simulators/register/family.ts';
import { sections } from '#areas/elv/vehicle-case/model/vehicle-case.fields.ts';
import { type VehicleCaseAction, vehicleCase } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import type { SectionId } from '#areas/elv/vehicle-case/model/vehicle-case.views.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { type ActingCase, type CaseFactory, caseFactory, someReason } from '#testkit/case-factory.ts';
import { filledIn, type Part, permittedTo, refusedIn } from '#testkit/case-flow.ts';
import { CaseModel, type Nature } from '#testkit/case-model.ts';
import { expectSteps, factsOfCase } from '#testkit/case-witness.ts';
import { writtenOut } from '#testkit/find-in-database.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { demoSubject } from '../demo/accounts.ts';
import { fill, openFor } from '../demo/walk.ts';

// Real here: PostgreSQL, engine, web server, relay, simulators over HTTP. Made up: the clock. What must be so says testkit/case-model.ts.

const walks = Number(process.env.PROOF_WALKS ?? 8);
const seed = Number(process.env.PROOF_SEED ?? 20_261_123);

let it: TestProduct;
let cases: CaseFactory;
const typed = new Set<string>();

beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 6_000);
});
afterAll(() => it.close());

const partOf: Readonly<Record<string, Part>> = {
  clerk1: 'clerk',
  clerk1b: 'clerk',
  desk1: 'desk',
  desk2: 'desk',
  commission1: 'commission',
  commission2: 'commission',
};
const people = Object.keys(partOf);
const byPeople = Object.entries(vehicleCase.actions).flatMap(([action, { by }]) =>
  // The keys of the definition are its actions.
  ['outside-system', 'engine'].includes(vehicleCase.actors[by].stands) ? [] : [action as VehicleCaseAction],
);
const kinds: Readonly<Record<Nature, FamilyKind>> = {
  plain: 'A',
  differing: 'D',
  supervised: 'T',
  stolen: 'A',
  unregistered: 'A',
};
/** A field of each section that the section cannot do without. */
const needed: Readonly<Partial<Record<SectionId, string>>> = {
  papers: 'brandModel',
  owner: 'ownerPhone',
  entry: 'enteredAt',
  dismantling: 'dismantledOn',
  deregistration: 'deregisteredOn',
  collection: 'collectorKind',
};

interface Walk extends ActingCase {
  readonly model: CaseModel;
}
type Command = (walk: Walk) => Promise<void>;

const factsOf = ({ id }: ActingCase) => factsOfCase(it.database.db, id);
const police = async (statusCodes: string, { walker: { vehicle } }: ActingCase): Promise<void> => {
  const { papers, owner, policeFile } = vehicle;
  await it.outside.desk('POST', '/vehicles', { vehicles: [{ papers, owner, policeFile, statusCodes }] });
};

const noteTyped = async ({ id, walker }: ActingCase): Promise<void> => {
  for (const { id: section, values } of (await it.hands.view(walker.cast.clerk, id)).sections)
    for (const [name, value] of Object.entries(values))
      if (sections[section].fields[name]?.sensitivity !== 'open' && typeof value === 'string') typed.add(value);
};

const filling =
  (section: SectionId): Command =>
  async (walk) => {
    it.clock.advance(3_600_000);
    await fill(walk.walker, walk.id, [section]);
    await it.product.elv.stop();
    walk.model.filled(section);
    await noteTyped(walk);
  };

const blanking =
  (section: SectionId, field: string): Command =>
  async ({ id, walker, model }) => {
    const { cast } = walker;
    const before = (await it.hands.view(cast.clerk, id)).sections.find((one) => one.id === section)?.values ?? {};
    await it.hands.save(cast.clerk, id, section, before, { [field]: null });
    model.blanked(section);
  };

const answering =
  (refused: boolean): Command =>
  async (walk) => {
    const { model } = walk;
    const before = await factsOf(walk);
    const exchange = refusedIn(model.state);
    const fault = { kind: 'refuse', code: '4002', message: '字典码无效' } as const;
    if (refused) await it.outside.script({ system: 'national-circulation', exchange, fault });
    const supervised = model.state === 'policeReview';
    await it.settle();
    if (supervised) {
      await waitUntil(async () => (await factsOf(walk)).state !== 'policeReview');
      await it.settle();
    }
    await it.outside.desk('DELETE', '/faults');
    await expectSteps(it.database.db, it.crypto, before, model.answeredAll(refused));
  };

const finding: Command = async (walk) => {
  await police('A', walk);
  walk.model.found();
  await cases.recheck(walk);
};

const stepping =
  (who: string, action: VehicleCaseAction): Command =>
  async (walk) => {
    it.clock.advance(1_000);
    const before = await factsOf(walk);
    await cases.take(walk, action, who);
    await expectSteps(it.database.db, it.crypto, before, [walk.model.take(action)]);
  };

/** Steps that lead a case on to its end. */
const onward: ReadonlySet<VehicleCaseAction> = new Set([
  'submit',
  'passDesk',
  'confirm',
  'handOver',
  'enter',
  'passEntry',
  'submitDismantling',
  'passDismantling',
  'submitIdentity',
  'passIdentity',
  'confirmIdentity',
  'resendReport',
  'reportDeregistration',
  'collect',
  'liftFreeze',
]);

/** What can be done next: six times of ten something that leads on, else anything at all. */
const commandFor = ({ model }: Walk, choice: number): Command | undefined => {
  const steps = people.flatMap((who) =>
    [...model.abilities(partOf[who] ?? 'clerk')].flatMap(([action, ready]) =>
      ready ? [{ action, command: stepping(who, action) }] : [],
    ),
  );
  const fills = filledIn[model.state] ?? [];
  const missing = fills.filter((section) => !model.whole.has(section)).map(filling);
  const led = steps.filter(({ action }) => onward.has(action)).map(({ command }) => command);
  const waits = missing.length === 0 && led.length === 0 && vehicleCase.states[model.state].kind !== 'final';
  const leading = [...missing, ...led, ...(waits ? [answering(false)] : [])];
  const any = [
    ...steps.map(({ command }) => command),
    ...fills.map(filling),
    answering(false),
    ...(['reporting', 'deregistering', 'identityTakingBack'].includes(model.state) ? [answering(true)] : []),
    ...fills.flatMap((section) => {
      const field = needed[section];
      return field && model.whole.has(section) ? [blanking(section, field)] : [];
    }),
    ...(model.nature === 'stolen' && model.state === 'intake' ? [finding] : []),
  ];
  const list = choice % 10 < 6 && leading.length > 0 ? leading : any;
  return vehicleCase.states[model.state].kind === 'final' ? undefined : list[Math.floor(choice / 10) % list.length];
};

class RolledBack extends Error {}

/** Tries a step that would be taken, and takes it back. */
const tryAndUndo = async ({ id }: ActingCase, who: string, action: VehicleCaseAction): Promise<string> => {
  let outcome = '';
  const { id: actorId, name, organisationId, organisationName } = demoSubject(who);
  await inTransaction(it.database.db, async (tx) => {
    const result = await it.product.elv.desk.engine.performIn(tx, {
      caseId: id,
      action,
      input: { reason: someReason },
      expectedVersion: undefined,
      stepKey: randomUUID(),
      actor: { id: actorId, name, organisationId, organisationName, ip: '' },
      traceId: 'tried',
      mayAct: () => true,
    });
    outcome = result.outcome;
    throw new RolledBack();
  }).catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
  return outcome;
};

const refusalOf = async (who: string, action: VehicleCaseAction, id: string, version: number): Promise<string> => {
  const caller = await it.hands.as(who);
  const call = caller.step(action, { id, version, key: randomUUID(), input: { reason: someReason } });
  return call.then(
    () => 'done',
    (error: unknown) => (error instanceof Failure ? error.code : String(error)),
  );
};

/** Everybody is offered what the model says, and what one of them tries comes out accordingly; nothing is changed by trying. */
const expectAbilities = async (walk: Walk, trier: string): Promise<void> => {
  const { id, model } = walk;
  const before = await factsOf(walk);
  for (const who of people) {
    const { abilities } = await it.hands.view(who, id);
    const seen = new Map(abilities.map(({ action, ready }) => [action, ready]));
    expect([model.state, who, [...seen].sort()]).toEqual([
      model.state,
      who,
      [...model.abilities(partOf[who] ?? 'clerk')].sort(),
    ]);
  }
  expect((await it.hands.view('observer1', id)).abilities).toEqual([]);
  const part = partOf[trier] ?? 'clerk';
  const [offered, permitted] = [model.abilities(part), permittedTo(part)];
  for (const action of byPeople) {
    if (offered.get(action) === true) {
      expect([trier, action, await tryAndUndo(walk, trier, action)]).toEqual([trier, action, 'done']);
      continue;
    }
    const code = permitted.has(action) ? 'REFUSED' : 'NOT_PERMITTED';
    expect([model.state, trier, action, await refusalOf(trier, action, id, before.version)]).toEqual([
      model.state,
      trier,
      action,
      code,
    ]);
    if (part !== 'clerk') continue;
    const foreign = await refusalOf('clerk2', action, id, before.version);
    expect([action, foreign]).toEqual([action, permitted.has(action) ? 'NOT_FOUND' : 'NOT_PERMITTED']);
  }
  expect(await factsOf(walk)).toEqual(before);
};

const begin = async (nature: Nature): Promise<Walk> => {
  const walker = cases.walker({ kind: kinds[nature], registered: nature !== 'unregistered' });
  const walk = { id: await openFor(walker), walker, model: new CaseModel(nature) };
  if (nature === 'stolen') await police('C', walk);
  return walk;
};

const natures: readonly Nature[] = ['plain', 'differing', 'supervised', 'stolen', 'unregistered'];

test(`R01–R07, R44: on random walks everybody is offered exactly what is accepted (seed ${seed}, ${walks} walks)`, {
  timeout: 60_000 + walks * 30_000,
}, async () => {
  console.info(`random walks: PROOF_SEED=${seed} PROOF_WALKS=${walks}`);
  const reached = new Set<string>();
  const choices = fc.array(fc.nat(9_999), { minLength: 20, maxLength: 34, size: 'max' });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...natures), choices, async (nature, chosen) => {
      const walk = await begin(nature);
      for (const choice of chosen) {
        const command = commandFor(walk, choice);
        if (!command) break;
        await command(walk);
        reached.add(walk.model.state);
        await expectAbilities(walk, people[choice % people.length] ?? 'clerk1');
      }
      expect(it.failures).toEqual([]);
    }),
    { numRuns: walks, seed, endOnFailure: true },
  );
  expect([...reached].length).toBeGreaterThan(walks < 8 ? 5 : 12);
});

test('R55: no identity number, phone or address that was typed lies open in any table, nor was it logged', async () => {
  expect(typed.size).toBeGreaterThan(walks);
  const out = await writtenOut(it.database.ownerDb);
  expect(out.rows).toBeGreaterThan(100);
  // The search itself finds what is there.
  expect(out.find('demo-clerk1')).toContain('kernel.step');
  expect(it.logged.length).toBeGreaterThan(100);
  const log = it.logged.join('\n');
  // A number as part of a longer one, such as the milliseconds of a request, is none of ours.
  const isLogged = (value: string): boolean =>
    new RegExp(`(?<![\\d.])${value.replace(/[^\p{L}\d]/gu, '\\$&')}(?!\\d)`).test(log);
  const found = [...typed].flatMap((value) =>
    [...out.find(value), ...(isLogged(value) ? ['log'] : [])].map((where) => [where, value]),
  );
  expect(found).toEqual([]);
});

import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { fill } from '#apps/server/demo/walk.ts';
import { findTrail } from '#areas/elv/vehicle-case/server/case-trail.store.ts';
import type { ElvTables } from '#areas/elv/vehicle-case/server/vehicle-case.tables.ts';
import { type ActingCase, type CaseFactory, someReason } from '#testkit/case-factory.ts';
import { factsOfCase } from '#testkit/case-witness.ts';
import { comeToRest, type identityHands, identityScene } from '#testkit/identity-hands.ts';
import { titlesTold } from '#testkit/notice-hands.ts';
import type { TestProduct } from '#testkit/product.ts';
import type { WithdrawalPeople } from '#testkit/withdrawal-hands.ts';

// Real here: PostgreSQL, engine, web server, relay, wires and simulators over HTTP. Made up: the clock.

// Whole walks on a busy machine; nothing here is measured.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;
let readers: WithdrawalPeople;
let hands: ReturnType<typeof identityHands>;
beforeAll(async () => {
  ({ it, cases, readers, hands } = await identityScene(9_500));
});
afterEach(() => comeToRest(it));
afterAll(() => it.close());

const factsOf = ({ id }: ActingCase) => factsOfCase(it.database.db, id);
const stateOf = async (acting: ActingCase): Promise<string> => (await factsOf(acting)).state;
const viewOf = ({ id, walker }: ActingCase, who = walker.cast.commission) => it.hands.view(who, id);
/** The next message of this kind to the national system is refused. */
const refuseNext = (exchange: string): Promise<void> =>
  it.outside.script({
    system: 'national-circulation',
    exchange,
    times: 1,
    fault: { kind: 'refuse', code: '4220', message: '车架号与车型不符', retryable: false },
  });

describe('R01–R06: an assertion that is dropped', () => {
  const factsKept = async (acting: ActingCase) => {
    const { state, sections, photos, certificate, returnReason } = await viewOf(acting, acting.walker.cast.clerk);
    const ofVehicle = sections.filter(({ id }) => ['papers', 'owner', 'agent'].includes(id));
    return {
      state,
      certificate,
      returnReason,
      values: ofVehicle.map(({ values }) => values),
      photos: photos.map(({ id }) => id).sort(),
    };
  };
  const listed = async (q: string): Promise<readonly string[]> => {
    const { cookie } = await readers.as('commission1');
    const reply = await fetch(`${it.url}/api/elv/vehicle-cases?q=${encodeURIComponent(q)}`, { headers: { cookie } });
    const { rows } = (await reply.json()) as { rows: { id: string }[] };
    return rows.map(({ id }) => id);
  };
  const licenceAnew = ({ id, walker }: ActingCase): Promise<unknown> =>
    it.hands.photograph(
      walker.cast.clerk,
      id,
      'licence-main',
      crypto.randomUUID(),
      it.photo('licence-main', walker.vehicle),
    );

  test('by its yard: everything is as it was accepted, the certificate is printed again and the period runs on', async () => {
    const wrong = await cases.at('certified');
    await it.settle();
    const [was, before] = [wrong.walker.vehicle.papers, await factsKept(wrong)];
    const { deadlineAt } = await factsOf(wrong);
    await cases.take(wrong, 'requestIdentity');
    const right = hands.truly(wrong);
    const is = right.walker.vehicle.papers;
    await licenceAnew(right);
    await hands.handIn(right);
    // Nobody is told of the asserted vehicle until it is the case's.
    expect([await listed(was.plateNo), await listed(is.plateNo)]).toEqual([[wrong.id], []]);
    expect((await findTrail(it.database.db, was.plateNo, was.vin.slice(-6)))?.state).toBe('identityReview');
    // Both owners stand in the record, sealed.
    const { record } = await it.database.db
      .withTables<ElvTables>()
      .selectFrom('elv.vehicle_case')
      .select('record')
      .where('id', '=', wrong.id)
      .executeTakeFirstOrThrow();
    for (const { walker } of [wrong, right]) expect(record).not.toContain(walker.vehicle.owner.identityNo);
    await hands.takeAll(right, 'returnIdentity');
    await expect(cases.take(right, 'dropIdentity', 'clerk2')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    it.clock.advance(3 * 86_400_000);
    // Exchanged before it was read.
    await it.database.db
      .withTables<ElvTables>()
      .updateTable('elv.vehicle_photo')
      .set({ ocr_status: 'waiting' })
      .where('case_id', '=', wrong.id)
      .where('removed_at', 'is not', null)
      .execute();
    await cases.take(right, 'dropIdentity');
    await it.settle();

    expect(await factsKept(wrong)).toEqual(before);
    expect([await hands.claimedBy(was.vin), await hands.claimedBy(is.vin)]).toEqual([wrong.id, undefined]);
    expect(await hands.printing('clerk1', wrong.id)).toBe(200);
    const after = await factsOf(wrong);
    expect(after.deadlineAt?.getTime()).toBeGreaterThan(deadlineAt?.getTime() ?? 0);
    expect(after.sent.filter(({ exchange }) => exchange === 'police.notify-recycled')).toHaveLength(1);
    const { checks, photos } = await viewOf(wrong);
    expect(photos.find(({ part }) => part === 'licence-main')?.ocr).toMatchObject({ status: 'failed' });
    expect(checks.filter(({ status }) => status !== 'answered')).toEqual([]);
    await cases.onTo(wrong, 'closed');
  });

  test('by the commission, which the yard is told: from the correction of papers to the correction, with the papers that were reported', async () => {
    await refuseNext('submit-scrap-case');
    const wrong = await cases.at('reportRefused');
    await cases.take(wrong, 'returnPapers');
    const before = await factsKept(wrong);
    const right = hands.truly(wrong);
    await fill(right.walker, right.id, ['papers', 'owner']);
    await it.settle();
    await cases.take(right, 'requestIdentity');
    await hands.handIn(right);
    await hands.takeAll(right, 'passIdentity');
    for (const who of ['clerk1', 'desk1'])
      await expect(cases.take(right, 'dropIdentityDecision', who)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    await cases.take(right, 'dropIdentityDecision');
    expect(await factsKept(wrong)).toEqual({ ...before, returnReason: someReason });
    const { cookie } = await readers.as('clerk1');
    expect(await titlesTold(it, cookie, wrong.id)).toContain('车辆身份不予更正');
  });

  test('by nobody alone over what the desk found to be another vehicle; the desk takes its word back first', async () => {
    const { wrong } = await hands.asked('dismantling');
    await hands.handIn(wrong);
    await expect(cases.take(wrong, 'dropIdentityDecision')).rejects.toMatchObject({
      code: 'REFUSED',
      problems: [{ message: '车管正在复核，复核后再由商务委决定' }],
    });
    await hands.takeAll(wrong, 'rejectIdentity');
    const found = { code: 'REFUSED', problems: [{ message: expect.stringContaining('车管认定拆解的不是申报车辆') }] };
    await expect(cases.take(wrong, 'dropIdentityDecision')).rejects.toMatchObject(found);
    await hands.takeAll(wrong, 'returnIdentityDecision');
    await expect(cases.take(wrong, 'dropIdentity')).rejects.toMatchObject(found);
    // To want another photograph is not to take one's word back.
    await hands.handIn(wrong);
    await hands.takeAll(wrong, 'returnIdentity');
    await expect(cases.take(wrong, 'dropIdentity')).rejects.toMatchObject(found);
    await hands.handIn(wrong);
    await hands.takeAll(wrong, 'passIdentity', 'returnIdentityDecision', 'dropIdentity');
    expect(await stateOf(wrong)).toBe('dismantling');
  });

  test('the national system never gives it back: the commission drops the assertion at the desk, and the certificate is good again', async () => {
    const { true: acting } = await hands.asked('certified');
    await hands.handIn(acting);
    await hands.takeAll(acting, 'passIdentity', 'confirmIdentity');
    await refuseNext('withdraw-scrap-case');
    await it.settle();
    const offered = (await viewOf(acting)).abilities.map(({ action, ready }) => [action, ready]);
    expect(offered).toEqual([['dropIdentityDecision', true]]);
    const told = async (who: string) => titlesTold(it, (await readers.as(who)).cookie, acting.id);
    expect(await told('commission1')).toEqual(['全国系统没有撤回原上报']);
    expect(await told('clerk1')).not.toContain('全国系统没有撤回原上报');
    await cases.take(acting, 'dropIdentityDecision');
    await it.settle();
    expect([await stateOf(acting), await hands.printing('clerk1', acting.id)]).toEqual(['certified', 200]);
    const { sent } = await factsOf(acting);
    expect(sent.filter(({ exchange }) => exchange === 'police.withdraw-recycled')).toEqual([]);
  });
});

test('R02, R57: what two offices held to be another vehicle is dropped by neither alone; where the report is never given back the commission ends the case with it', async () => {
  const { wrong } = await hands.asked('certified');
  const heldWrong = async (): Promise<void> => {
    await hands.handIn(wrong);
    await hands.takeAll(wrong, 'rejectIdentity', 'endWrongVehicle');
    await refuseNext('withdraw-scrap-case');
    await it.settle();
    expect(await stateOf(wrong)).toBe('identityReview');
  };
  await heldWrong();
  await expect(cases.take(wrong, 'dropIdentityDecision')).rejects.toMatchObject({ code: 'REFUSED' });
  await hands.takeAll(wrong, 'returnIdentity');
  await expect(cases.take(wrong, 'dropIdentity')).rejects.toMatchObject({ code: 'REFUSED' });
  await hands.handIn(wrong);
  for (const action of ['dropIdentityDecision', 'endWithReportStanding'] as const)
    await expect(cases.take(wrong, action)).rejects.toMatchObject({ code: 'REFUSED' });
  await hands.takeAll(wrong, 'returnIdentity');

  await heldWrong();
  await cases.take(wrong, 'endWithReportStanding');
  await it.settle();
  expect(await viewOf(wrong)).toMatchObject({
    state: 'wronglyDismantled',
    certificate: null,
    returnReason: someReason,
  });
  expect(await hands.claimedBy(wrong.walker.vehicle.papers.vin)).toBeUndefined();
  const { sent } = await factsOf(wrong);
  expect(sent.find(({ exchange }) => exchange === 'police.withdraw-recycled')).toMatchObject({ status: 'answered' });
});

test('R02: a yard that does not hand in again what the desk held to be another vehicle keeps no case open: the commission ends it', async () => {
  const { wrong } = await hands.asked('dismantling');
  expect((await viewOf(wrong)).abilities.map(({ action }) => action)).not.toContain('endWrongVehicle');
  await expect(cases.take(wrong, 'endWrongVehicle')).rejects.toMatchObject({ code: 'REFUSED' });
  await hands.handIn(wrong);
  await hands.takeAll(wrong, 'rejectIdentity', 'returnIdentityDecision');
  // Handed in again and only returned, the desk has not taken its word back.
  await hands.handIn(wrong);
  await hands.takeAll(wrong, 'returnIdentity');
  expect((await viewOf(wrong)).abilities).toMatchObject([{ action: 'endWrongVehicle', ready: true }]);
  await cases.take(wrong, 'endWrongVehicle');
  expect(await stateOf(wrong)).toBe('wronglyDismantled');
  expect(await hands.claimedBy(wrong.walker.vehicle.papers.vin)).toBeUndefined();
});

test('R01, R07: a second assertion is proved by photographs of its own, and a new certificate deregistered by new ones', async () => {
  const { wrong, true: right } = await hands.asked('certified');
  await hands.handIn(right);
  await hands.takeAll(right, 'passIdentity', 'confirmIdentity');
  await it.settle();
  await cases.onTo(right, 'certified');
  await it.settle();
  await fill(right.walker, right.id, ['deregistration']);
  await cases.take(right, 'requestIdentity');
  await it.settle();
  await expect(cases.take(right, 'submitIdentity')).rejects.toMatchObject({
    code: 'REFUSED',
    problems: [{ path: 'photo:identity-proof' }],
  });
  // Dropped, the first proof is back in its place.
  await cases.take(right, 'dropIdentity');
  const inPlace = async (part: string) => (await viewOf(right)).photos.filter((photo) => photo.part === part).length;
  expect([await inPlace('identity-proof'), await inPlace('deregistration-proof')]).toEqual([1, 1]);

  await cases.take(right, 'requestIdentity');
  await hands.handIn({ ...right, walker: { ...right.walker, vehicle: hands.truly(wrong).walker.vehicle } });
  await hands.takeAll(right, 'passIdentity', 'confirmIdentity');
  await it.settle();
  expect([await stateOf(right), await inPlace('deregistration-proof')]).toEqual(['dismantling', 0]);
});

import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { fill } from '#apps/server/demo/walk.ts';
import type { Fault } from '#apps/simulators/faults.ts';
import type { VehicleCaseState } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import { findTrail } from '#areas/elv/vehicle-case/server/case-trail.store.ts';
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
  ({ it, cases, readers, hands } = await identityScene(9_000));
});
afterEach(() => comeToRest(it));
afterAll(() => it.close());

const factsOf = ({ id }: ActingCase) => factsOfCase(it.database.db, id);
const stateOf = async (acting: ActingCase): Promise<string> => (await factsOf(acting)).state;
const viewOf = ({ id, walker }: ActingCase, who = walker.cast.commission) => it.hands.view(who, id);
const claimedBy = (vin: string): Promise<string | undefined> => hands.claimedBy(vin);

const truly = (acting: ActingCase): ActingCase => hands.truly(acting);
const asked = (state: VehicleCaseState) => hands.asked(state);
const handIn = (acting: ActingCase): Promise<void> => hands.handIn(acting);
const takeAll: ReturnType<typeof identityHands>['takeAll'] = (...taken) => hands.takeAll(...taken);
const printing = ({ id, walker }: ActingCase): Promise<number> => hands.printing(walker.cast.clerk, id);
const scripted = (system: 'police' | 'national-circulation', exchange: string, fault: Fault): Promise<void> =>
  it.outside.script({ system, exchange, times: 1, fault });

describe('R01–R06: a frame number that proves wrong after the certificate', () => {
  test('is corrected by three hands; what was told of it is taken back, the claim moves, and the true vehicle is certified', async () => {
    const { wrong, true: right } = await asked('certified');
    const [was, is] = [wrong.walker.vehicle.papers, right.walker.vehicle.papers];
    const { certificate: first } = await viewOf(wrong);

    // Its number would stand on a paper about another vehicle.
    expect(await printing(wrong)).toBe(409);

    await fill(right.walker, right.id, ['papers', 'owner']);
    const { timeline, slots } = await viewOf(right);
    expect(slots.find(({ part }) => part === 'identity-proof')).toMatchObject({ required: true });
    expect(timeline.find(({ action }) => action === 'requestIdentity')?.reason).toBe(someReason);
    await handIn(right);
    // Until it is decided nobody else may hand in either of them.
    expect([await claimedBy(was.vin), await claimedBy(is.vin)]).toEqual([right.id, right.id]);
    const { comparison } = await viewOf(right, right.walker.cast.desk);
    expect(comparison?.rows.filter(({ verdict }) => verdict === 'different')).toEqual([]);

    await takeAll(right, 'passIdentity', 'confirmIdentity');
    expect(await stateOf(right)).toBe('identityTakingBack');
    expect(await claimedBy(was.vin)).toBe(right.id);
    await it.settle();
    expect([await claimedBy(was.vin), await claimedBy(is.vin)]).toEqual([undefined, right.id]);
    const back = await viewOf(right);
    expect(back).toMatchObject({ state: 'dismantling', certificate: null });
    await cases.onTo(right, 'certified');
    await it.settle();
    const { certificate: second } = await viewOf(right);
    expect(await printing(right)).toBe(200);
    expect(second?.certificateNo).not.toBe(first?.certificateNo);
    const { sent } = await factsOf(right);
    expect(sent.filter(({ exchange }) => /withdraw|recycled/.test(exchange)).map(({ exchange }) => exchange)).toEqual([
      'police.notify-recycled',
      'national-circulation.withdraw-scrap-case',
      'police.withdraw-recycled',
      'police.withdraw-plate-destruction',
      'police.notify-recycled',
    ]);

    // The vehicle the papers had named is free, for another enterprise and with the police.
    const named = cases.walker({ clerk: 'clerk2' });
    const other = { ...named, vehicle: wrong.walker.vehicle };
    const { id } = await it.hands.open('clerk2', crypto.randomUUID(), true);
    await fill(other, id, ['papers', 'owner', 'agent']);
    await it.settle();
    await cases.take({ id, walker: other }, 'submit');
    await it.settle();
    expect((await it.hands.view('commission1', id)).state).toBe('confirming');
  });

  test('a wrong plate alone is corrected too: the case’s own certificate stands in nobody’s way', async () => {
    const { wrong } = await asked('certified');
    await handIn(wrong);
    expect(await stateOf(wrong)).toBe('identityReview');
    await takeAll(wrong, 'passIdentity', 'confirmIdentity');
    await it.settle();
    await cases.onTo(wrong, 'certified');
  });
});

describe('R01: who may assert what', () => {
  test('nothing is handed in without proof, nor over a vehicle that another case has', async () => {
    const { true: right } = await asked('dismantling');
    await expect(cases.take(right, 'submitIdentity')).rejects.toMatchObject({
      code: 'REFUSED',
      problems: [{ path: 'photo:identity-proof', message: '缺少车辆身份更正证明照片' }],
    });
    const taken = await cases.at('confirming');
    const over = { ...right, walker: { ...right.walker, vehicle: taken.walker.vehicle } };
    await fill(over.walker, over.id, ['papers', 'owner']);
    await it.settle();
    await expect(cases.take(over, 'submitIdentity')).rejects.toMatchObject({
      code: 'REFUSED',
      problems: [{ path: 'papers.vin', message: expect.stringContaining('不能重复受理') }],
    });
    expect(await claimedBy(taken.walker.vehicle.papers.vin)).toBe(taken.id);
  });

  test('what is sent back gives up the asserted vehicle and keeps the accepted one, to which the yard may return', async () => {
    const { wrong, true: right } = await asked('certified');
    const [was, is] = [wrong.walker.vehicle.papers.vin, right.walker.vehicle.papers.vin];
    await handIn(right);
    const { id } = await it.hands.open('clerk2', crypto.randomUUID(), true);
    const other = { id, walker: { ...cases.walker({ clerk: 'clerk2' }), vehicle: wrong.walker.vehicle } };
    await fill(other.walker, id, ['papers', 'owner', 'agent']);
    await it.settle();
    await expect(cases.take(other, 'submit')).rejects.toMatchObject({ code: 'REFUSED' });

    for (const [back, before] of [
      ['returnIdentity', []],
      ['returnIdentityDecision', ['passIdentity']],
    ] as const) {
      await takeAll(right, ...before, back);
      expect([await claimedBy(was), await claimedBy(is)]).toEqual([right.id, undefined]);
      it.clock.advance(1);
      if (back === 'returnIdentity') await handIn(right);
    }
    await handIn(wrong);
    expect([await stateOf(wrong), await claimedBy(was)]).toEqual(['identityReview', wrong.id]);
    await takeAll(wrong, 'passIdentity', 'confirmIdentity');
    await it.settle();
    expect([await stateOf(wrong), await claimedBy(was)]).toEqual(['dismantling', wrong.id]);
  });

  test('asserted in the middle of a correction, the accepted vehicle stays the one that was accepted, whatever the papers say by then', async () => {
    const no = { kind: 'refuse', code: '4220', message: '车架号与车型不符', retryable: false } as const;
    await scripted('national-circulation', 'submit-scrap-case', no);
    const wrong = await cases.at('reportRefused');
    await cases.take(wrong, 'returnPapers');
    const right = truly(wrong);
    const [was, is] = [wrong.walker.vehicle.papers.vin, right.walker.vehicle.papers.vin];
    await fill(right.walker, right.id, ['papers', 'owner']);
    await it.settle();
    await cases.take(right, 'requestIdentity');
    await handIn(right);
    expect([await claimedBy(was), await claimedBy(is)]).toEqual([right.id, right.id]);
    await cases.take(right, 'returnIdentity');
    expect([await claimedBy(was), await claimedBy(is)]).toEqual([right.id, undefined]);
  });

  test('nobody leaves the comparison with the police by saying that the vehicle is not registered there', async () => {
    const { true: right } = await asked('dismantling');
    await fill(right.walker, right.id, ['papers', 'owner']);
    const before = (await viewOf(right)).sections.find(({ id }) => id === 'papers')?.values ?? {};
    const values = { ...before, registeredWithPolice: false };
    await it.hands.save(right.walker.cast.clerk, right.id, 'papers', before, values);
    await it.settle();
    await expect(cases.take(right, 'submitIdentity')).rejects.toMatchObject({
      code: 'REFUSED',
      problems: expect.arrayContaining([expect.objectContaining({ path: 'papers.registeredWithPolice' })]),
    });
  });

  test('the yard does not judge, the desk does not decide, the commission decides only what the desk has found', async () => {
    const { true: right } = await asked('dismantling');
    await handIn(right);
    const { clerk, desk, commission } = right.walker.cast;
    for (const who of [clerk, commission])
      await expect(cases.take(right, 'passIdentity', who)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    await cases.take(right, 'passIdentity');
    for (const who of [clerk, desk])
      await expect(cases.take(right, 'confirmIdentity', who)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    await expect(cases.take(right, 'endWrongVehicle')).rejects.toMatchObject({ code: 'REFUSED' });
    const { abilities } = await viewOf(right);
    expect(abilities.filter(({ tone }) => tone !== 'plain').map(({ action, ready }) => [action, ready])).toEqual([
      ['confirmIdentity', true],
      ['returnIdentityDecision', true],
      ['endWrongVehicle', false],
    ]);
    // What was never reported needs no taking back.
    await cases.take(right, 'confirmIdentity');
    expect(await stateOf(right)).toBe('dismantling');
  });
});

describe('R02: another vehicle was dismantled than the one handed in', () => {
  test('the case ends in its own words, the vehicle on the papers is free, and its enterprise is told', async () => {
    const { wrong, true: asserted } = await asked('certified');
    const is = asserted.walker.vehicle.papers.vin;
    await handIn(asserted);
    await cases.take(wrong, 'rejectIdentity');
    await expect(cases.take(wrong, 'confirmIdentity')).rejects.toMatchObject({
      code: 'REFUSED',
      problems: [{ message: expect.stringContaining('车管认定拆解的不是申报车辆') }],
    });
    await cases.take(wrong, 'endWrongVehicle');
    expect(await claimedBy(wrong.walker.vehicle.papers.vin)).toBe(wrong.id);
    await it.settle();
    expect(await viewOf(wrong)).toMatchObject({
      state: 'wronglyDismantled',
      stateTitle: '错拆终止',
      certificate: null,
      returnReason: someReason,
    });
    expect([await claimedBy(wrong.walker.vehicle.papers.vin), await claimedBy(is)]).toEqual([undefined, undefined]);
    const { plateNo, vin } = wrong.walker.vehicle.papers;
    expect((await findTrail(it.database.db, plateNo, vin.slice(-6)))?.state).toBe('wronglyDismantled');
    const { cookie } = await readers.as('clerk1');
    expect(await titlesTold(it, cookie, wrong.id)).toContain('案卷因错拆终止');
  });
});

describe('R57, R60: outside systems while a report is taken back', () => {
  const takingBack = async (): Promise<ActingCase> => {
    const { true: right } = await asked('certified');
    await handIn(right);
    await takeAll(right, 'passIdentity', 'confirmIdentity');
    return right;
  };

  test('the national system says no: the desk looks again with its reason, and asks once more', async () => {
    const acting = await takingBack();
    await scripted('national-circulation', 'withdraw-scrap-case', {
      kind: 'refuse',
      code: '4221',
      message: '已注销',
      retryable: false,
    });
    await it.settle();
    expect(await viewOf(acting)).toMatchObject({
      state: 'identityReview',
      returnReason: '全国系统（4221）：已注销',
    });
    await takeAll(acting, 'passIdentity', 'confirmIdentity');
    await it.settle();
    expect(await stateOf(acting)).toBe('dismantling');
    // Once it is back there is only forward.
    await expect(cases.take(acting, 'dropIdentityDecision')).rejects.toMatchObject({ code: 'REFUSED' });
  });

  test('neither is heard at first: the case waits in sight, and what is asked twice is done once', async () => {
    const acting = await takingBack();
    await scripted('national-circulation', 'withdraw-scrap-case', { kind: 'throttled', retryAfterSeconds: 60 });
    await scripted('police', 'withdraw-recycled', { kind: 'throttled', retryAfterSeconds: 60 });
    await it.settle();
    expect(await stateOf(acting)).toBe('identityTakingBack');
    it.clock.advance(120_000);
    await it.settle();
    expect(await stateOf(acting)).toBe('dismantling');
    await it.settle();
    it.clock.advance(120_000);
    await it.settle();
    const { sent } = await factsOf(acting);
    expect(sent.filter(({ exchange }) => exchange.includes('withdraw'))).toMatchObject([
      { exchange: 'national-circulation.withdraw-scrap-case', status: 'answered', attempts: 2 },
      { exchange: 'police.withdraw-recycled', status: 'answered', attempts: 2 },
      { exchange: 'police.withdraw-plate-destruction', status: 'answered' },
    ]);
  });

  test('the police know no such notice: the case goes on, and their no stands with the message', async () => {
    const acting = await takingBack();
    await scripted('police', 'withdraw-recycled', {
      kind: 'refuse',
      code: '4040',
      message: '没有这份回收告知',
      retryable: false,
    });
    await it.settle();
    const { state, exchanges } = await viewOf(acting);
    expect(state).toBe('dismantling');
    expect(exchanges.find(({ title }) => title === '回收信息撤回')).toMatchObject({ status: 'refused' });
  });
});

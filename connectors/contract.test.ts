import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { simulatedExchanges } from '#apps/simulators/exchanges.ts';
import type { SystemId } from '#apps/simulators/faults.ts';
import { textToSign } from '#apps/simulators/link/guard.ts';
import { openSealed } from '#apps/simulators/link/sealed-fields.ts';
import { listedVehicles } from '#apps/simulators/register/register.ts';
import { dataLake } from '#connectors/data-lake/exchanges.ts';
import { dataLakePaths } from '#connectors/data-lake/wire.ts';
import { enforcement } from '#connectors/enforcement/exchanges.ts';
import { enforcementPaths } from '#connectors/enforcement/wire.ts';
import { hotline } from '#connectors/hotline/exchanges.ts';
import { hotlinePaths } from '#connectors/hotline/wire.ts';
import { identity } from '#connectors/identity/exchanges.ts';
import { identityPaths } from '#connectors/identity/wire.ts';
import { mailGateway, smsGateway } from '#connectors/message-gateway/exchanges.ts';
import { mailGatewayPaths, smsGatewayPaths } from '#connectors/message-gateway/wire.ts';
import { nationalCirculation } from '#connectors/national-circulation/exchanges.ts';
import { nationalCirculationPaths } from '#connectors/national-circulation/wire.ts';
import { oneStop } from '#connectors/one-stop/exchanges.ts';
import { oneStopPaths } from '#connectors/one-stop/wire.ts';
import { police } from '#connectors/police/exchanges.ts';
import { policePaths } from '#connectors/police/wire.ts';
import {
  type Connector,
  type Delivery,
  type ExchangesOf,
  messageTo,
  type RequestOf,
} from '#kernel/connector/connector.ts';
import { carry } from '#kernel/connector/courier.ts';
import { sealFields } from '#kernel/connector/field-sealing.ts';
import { signedText } from '#kernel/connector/signed-text.ts';
import { httpWire } from '#kernel/connector/wire.http.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { linkTo, newLinkKeys, startSimulators, type TestSimulators } from '#testkit/simulators.ts';

// Real here: the kernel's courier and wire, HTTP, both ends' own cryptography, the simulators. Nothing is replaced.

let there: TestSimulators;
beforeAll(async () => {
  there = await startSimulators();
});
beforeEach(() => there.desk('POST', '/reset'));
afterAll(() => there.close());

const say = <C extends Connector, K extends keyof ExchangesOf<C> & string>(
  to: C,
  exchange: K,
  request: RequestOf<ExchangesOf<C>[K]>,
): Promise<Delivery<unknown>> =>
  carry(
    to,
    // The cast holds because the ids of our connectors are those of the simulated systems.
    there.wireTo(to.id as SystemId),
    { ...messageTo(to, exchange, request), traceId: 'trace-1' },
    new AbortController().signal,
  );

const car = (order: number) => {
  const vehicle = listedVehicles[order - 1];
  if (!vehicle) throw new Error(`no vehicle ${order}`);
  const { papers, owner } = vehicle;
  return { vin: papers.vin, plateNo: papers.plateNo, papers, owner };
};
const asked = (order: number) => {
  const { vin, plateNo, plateTypeCode } = car(order).papers;
  return { vin, plateNo, plateTypeCode };
};
const photo = (kind: string) => ({ kind, sm3: 'a'.repeat(64), ref: `file://${kind}` });
const yard = '91310115MADEMA0198';

const scrapCase = (order: number, round = 1) => {
  const { papers, owner } = car(order);
  return {
    caseNo: `SC20260105000${order}`,
    round,
    enterpriseCode: yard,
    vehicle: {
      vin: papers.vin,
      plateNo: papers.plateNo,
      plateTypeCode: papers.plateTypeCode,
      vehicleTypeCode: papers.vehicleTypeCode,
      useNatureCode: papers.useNatureCode,
      fuelTypeCode: papers.fuelTypeCode,
      engineNo: papers.engineNo,
      brandModel: papers.brandModel,
      curbWeightKg: papers.curbWeightKg,
      registrationDate: papers.registrationDate,
      tractionBatteryCodes: [],
    },
    owner: { kind: owner.kind, name: owner.name, identityNo: owner.identityNo, phone: owner.phone, address: '' },
    agent: null,
    handedOverOn: '2026-01-05',
    supervised: false,
    assemblies: [{ kind: 'engine', qty: 1, disposition: 'scrap-metal' }],
    photos: [photo('frame')],
  };
};

const delivered = (delivery: Delivery<unknown>): unknown => {
  expect(delivery).toMatchObject({ outcome: 'delivered' });
  return delivery.outcome === 'delivered' ? delivery.answer : undefined;
};

const spoken: readonly (readonly [Connector, Readonly<Record<string, string>>])[] = [
  [police, policePaths],
  [nationalCirculation, nationalCirculationPaths],
  [identity, identityPaths],
  [dataLake, dataLakePaths],
  [hotline, hotlinePaths],
  [enforcement, enforcementPaths],
  [smsGateway, smsGatewayPaths],
  [mailGateway, mailGatewayPaths],
  [oneStop, oneStopPaths],
];
const outbound = spoken.flatMap(([{ id: system, exchanges }, paths]) =>
  Object.entries(exchanges).flatMap(([name, { direction, sealedFields = [] }]) =>
    direction === 'out' ? [{ system, name, path: paths[name], sealedFields: [...sealedFields].sort() }] : [],
  ),
);

describe('both sides speak of the same things', () => {
  test('R57, R60: every outbound exchange has a path, and behind it stands a system that seals the same fields', () => {
    const theirs = simulatedExchanges.map(({ system, name, path, sealedFields }) => ({
      system,
      name,
      path,
      sealedFields: [...sealedFields].sort(),
    }));
    const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
    expect(outbound.sort(byName)).toEqual(theirs.sort(byName));
  });

  test('R57, R60: the text to sign is the same on both sides, whatever the query, the time and the body', () => {
    const pair = fc.tuple(fc.string({ minLength: 1 }), fc.string());
    const parts = fc.tuple(fc.array(pair), fc.nat(), fc.string(), fc.uint8Array());
    fc.assert(
      fc.property(parts, ([query, time, nonce, body]) => {
        const url = `/ext/police/vehicle-checks?${new URLSearchParams(query)}`;
        const [timestamp, method] = [String(time), 'POST'];
        expect(textToSign(method, url, timestamp, nonce, body)).toBe(
          signedText({ method, url, timestamp, nonce, body }),
        );
      }),
    );
  });

  test('R57, R60: what one side seals the other opens, whatever the text', () => {
    const key = Buffer.alloc(16, 9);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (name, messageKey) => {
        const value = { owner: { name, kind: 'person' }, agent: null };
        const sealed = sealFields(value, ['owner.name', 'agent.name'], key, messageKey);
        expect(JSON.stringify(sealed)).toContain('SM4:');
        expect(openSealed(sealed, ['owner.name', 'agent.name'], key)).toEqual(value);
      }),
    );
  });
});

describe('each exchange is carried and its answer read', () => {
  test('R60: the police tell status and file of a vehicle, in the form our schema gives it', async () => {
    expect(delivered(await say(police, 'check-vehicle', { reference: 'SC1:1:13', ...asked(13) }))).toMatchObject({
      vin: car(13).vin,
      statusCodes: ['G', 'Q'],
      registrationDate: '2012-05-01',
      mandatoryScrapDate: null,
      pledgeFlag: false,
      ownerName: expect.stringMatching(/^.\*+$/),
      scrapHistory: [],
      asOf: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/),
    });
  });

  test('R60: blank fields of the police file are read as unknown, never as equal', async () => {
    expect(delivered(await say(police, 'check-vehicle', { reference: 'SC1:1:10', ...asked(10) }))).toMatchObject({
      engineNo: null,
      brandModel: null,
      fuel: null,
    });
  });

  test.each([
    [1, { match: 'full', mismatchFields: [] }],
    [6, { match: 'partial', mismatchFields: ['ownerName'] }],
    [7, { match: 'none', mismatchFields: ['ownerName', 'identityNo'] }],
  ])('R60: the police compare the owner of vehicle %i', async (order, answer) => {
    const { vin, owner } = car(order);
    const request = { reference: `SC1:1:o${order}`, vin, ownerName: owner.name, identityNo: owner.identityNo };
    expect(delivered(await say(police, 'compare-owner', request))).toEqual(answer);
  });

  test('R60: the police tell whether another enterprise has the vehicle', async () => {
    const ask = (order: number) =>
      say(police, 'check-duplicate-acceptance', { reference: `d${order}`, vin: car(order).vin, enterpriseCode: yard });
    expect(delivered(await ask(1))).toEqual({ acceptedByOther: false, enterprise: null, since: null });
    expect(delivered(await ask(67))).toEqual({
      acceptedByOther: true,
      enterprise: '演示报废车服务（奉贤）有限公司',
      since: '2026-01-05',
    });
  });

  test('R60: inspection records come with photographs whose links soon end', async () => {
    const { vin, plateNo } = car(1);
    const answer = delivered(await say(police, 'query-inspection-records', { reference: 'i1', vin, plateNo }));
    expect(answer).toMatchObject({ records: [{ inspectedOn: '2012-05-01', photos: [{}, {}] }] });
  });

  test('R06, R60: a recycling is told to the police, who tell it to other enterprises from then on', async () => {
    const { vin, plateNo } = car(2);
    const notice = { certificateNo: 'C-2', vin, plateNo, recycledOn: '2026-01-06', enterpriseCode: yard };
    const told = await say(police, 'notify-recycled', { ...notice, enterpriseName: '演示一厂' });
    expect(delivered(told)).toMatchObject({ received: true });
    const elsewhere = { reference: 'd2', vin, enterpriseCode: '91310112MADEMA027P' };
    expect(delivered(await say(police, 'check-duplicate-acceptance', elsewhere))).toEqual({
      acceptedByOther: true,
      enterprise: '演示一厂',
      since: '2026-01-06',
    });
  });

  test('R04, R60: a supervised dismantling is received, a plate destruction confirmed', async () => {
    const { vin, plateNo } = car(34);
    const received = await say(police, 'submit-supervised-dismantling', {
      caseNo: 'SC34',
      round: 1,
      vin,
      plateNo,
      photos: [photo('frame')],
      videoRefs: [],
      dismantledOn: '2026-01-06',
      roofLiftedAt: '2026-01-06T09:00:00+08:00',
      assembliesDismantledAt: '2026-01-06T11:00:00+08:00',
    });
    expect(delivered(received)).toMatchObject({ status: 'received' });
    const confirmed = await say(police, 'confirm-plate-destruction', {
      certificateNo: 'C-34',
      plateNo,
      photos: [photo('destroyed-plate')],
    });
    expect(delivered(confirmed)).toMatchObject({ confirmed: true });
  });

  test('R05–R09, R57: from the scrap case to both certificates, and a report withdrawn', async () => {
    const accepted = nationalCirculation.exchanges['submit-scrap-case'].response;
    await there.desk('PUT', '/settings', { certificateDelayMs: 60_000, deregistrationDelayMs: 60_000 });
    const taken = delivered(await say(nationalCirculation, 'submit-scrap-case', scrapCase(1)));
    expect(taken).toMatchObject({ status: 'accepted', externalCaseId: expect.stringMatching(/^SIM-310000-0198-/) });
    const { externalCaseId } = accepted.parse(taken);
    const certificate = () => say(nationalCirculation, 'get-recycling-certificate', { externalCaseId });
    expect(delivered(await certificate())).toEqual({ status: 'pending' });

    await there.desk('POST', '/reset');
    const again = delivered(await say(nationalCirculation, 'submit-scrap-case', scrapCase(1)));
    const { externalCaseId: external } = accepted.parse(again);
    expect(external).not.toBe(externalCaseId);
    const issued = delivered(await say(nationalCirculation, 'get-recycling-certificate', { externalCaseId: external }));
    expect(issued).toMatchObject({ status: 'issued', issuedOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
    const { certificateNo } = z.object({ certificateNo: z.string() }).parse(issued);

    const deregistration = {
      externalCaseId: external,
      certificateNo,
      round: 1,
      deregisteredOn: '2026-01-07',
      materials: [photo('deregistration-proof')],
    };
    const report = delivered(await say(nationalCirculation, 'submit-deregistration', deregistration));
    const { deregNo } = z.object({ deregNo: z.string() }).parse(report);
    const proof = await say(nationalCirculation, 'get-deregistration-certificate', { deregNo });
    expect(delivered(proof)).toMatchObject({ status: 'issued', certNo: expect.stringMatching(/^SIM-ZX-/) });

    const other = accepted.parse(delivered(await say(nationalCirculation, 'submit-scrap-case', scrapCase(2))));
    const asked = { externalCaseId: other.externalCaseId, certificateNo: null, withdrawalNo: 'CX1', round: 1 };
    const withdrawn = await say(nationalCirculation, 'withdraw-scrap-case', { ...asked, reason: '车主不再报废' });
    expect(delivered(withdrawn)).toEqual({ status: 'withdrawn' });
    const after = await say(nationalCirculation, 'get-recycling-certificate', other);
    expect(delivered(after)).toMatchObject({ status: 'void' });
  });

  test.each([
    [1, 'match'],
    [60, 'no-match'],
    [61, 'not-found'],
  ])('R01: the identity service says of the owner of vehicle %i: %s', async (order, result) => {
    const { owner } = car(order);
    const request = { reference: `p${order}`, name: owner.name, identityNo: owner.identityNo, phone: owner.phone };
    expect(delivered(await say(identity, 'verify-person', request))).toMatchObject({ result });
  });
});

test('R49: the data lake tells what the company register says, and refuses a code it does not know', async () => {
  const ask = (uscc: string) => say(dataLake, 'get-legal-person', { reference: `r-${uscc}`, uscc });
  expect(delivered(await ask(yard))).toMatchObject({
    name: '沪示例报废车回收拆解一厂有限公司（演示）',
    uscc: yard,
    legalRep: '钱一演示',
    status: '存续',
    registeredAddr: '上海市浦东新区演示路1号',
    updatedAt: expect.stringMatching(/T00:00:00\+08:00$/),
  });
  expect(await ask('91310115MADEMA115H')).toEqual({ outcome: 'refused', code: '4040', message: '无此主体' });
  const person = { uscc: '91310115MADEMA115H', name: '演示另一家', legalRep: '', status: '吊销', registeredAddr: '—' };
  await there.desk('POST', '/legal-persons', { persons: [{ ...person, scope: '', establishedOn: '' }] });
  expect(delivered(await ask('91310115MADEMA115H'))).toMatchObject({
    status: '吊销',
    legalRep: null,
    registeredAddr: null,
  });
});

describe('what goes wrong is told apart', () => {
  const check = () => say(police, 'check-vehicle', { reference: 'SC1:1', ...asked(1) });
  const here = { system: 'police', exchange: 'check-vehicle', times: 1 } as const;

  test('R60: a business refusal keeps its code and words, a mere timeout of the police does not become one', async () => {
    expect(await say(police, 'check-vehicle', { reference: 'a', ...asked(68) })).toEqual({
      outcome: 'refused',
      code: '4040',
      message: '查无此车',
    });
    const ask = () => say(police, 'check-vehicle', { reference: 'b', ...asked(71) });
    expect(await ask()).toEqual({ outcome: 'unknown', detail: 'code 5040' });
    expect(await ask()).toMatchObject({ outcome: 'delivered' });
  });

  test.each([
    [
      { kind: 'refuse', code: '4030', message: '超出授权场景' },
      { outcome: 'refused', code: '4030' },
    ],
    [{ kind: 'refuse', code: '4010', message: '令牌失效' }, { outcome: 'unreachable' }],
    [{ kind: 'refuse', code: '4299', message: '稍后再试', retryable: true }, { outcome: 'unreachable' }],
    [
      { kind: 'throttled', retryAfterSeconds: 7 },
      { outcome: 'throttled', retryAfterSeconds: 7 },
    ],
    [{ kind: 'night', from: '00:00', to: '23:59' }, { outcome: 'unreachable' }],
    [{ kind: 'down' }, { outcome: 'unknown' }],
    [{ kind: 'twice' }, { outcome: 'delivered' }],
    [{ kind: 'garbled', how: 'schema' }, { outcome: 'garbled' }],
    [{ kind: 'garbled', how: 'json' }, { outcome: 'garbled' }],
    [{ kind: 'garbled', how: 'signature' }, { outcome: 'garbled' }],
    [{ kind: 'garbled', how: 'blanks' }, { outcome: 'garbled' }],
  ] as const)('R60: the fault %o comes out as %o, and the next answer is sound', async (fault, outcome) => {
    await there.script({ ...here, fault });
    expect(await check()).toMatchObject(outcome);
    expect(await check()).toMatchObject({ outcome: 'delivered' });
  });

  test.each(['never', 'timed-out-but-done', 'late'] as const)(
    'R57: after an answer that stays out (%s) the same key gets the one and only result',
    async (kind) => {
      await there.script({
        system: 'national-circulation',
        exchange: 'submit-scrap-case',
        times: 1,
        fault: kind === 'late' ? { kind, ms: 5000 } : { kind },
      });
      const message = { ...messageTo(nationalCirculation, 'submit-scrap-case', scrapCase(3)), traceId: 't' };
      const impatient = {
        ...nationalCirculation,
        exchanges: {
          'submit-scrap-case': { ...nationalCirculation.exchanges['submit-scrap-case'], timeoutSeconds: 0.5 },
        },
      };
      const wire = there.wireTo('national-circulation');
      const go = () => carry(impatient, wire, message, new AbortController().signal);
      expect(await go()).toEqual({ outcome: 'unknown', detail: 'no answer within 0.5 s' });
      const second = delivered(await go());
      expect(delivered(await go())).toEqual(second);
      const other = await say(nationalCirculation, 'submit-scrap-case', {
        ...scrapCase(3),
        handedOverOn: '2026-01-09',
      });
      expect(other).toMatchObject({ outcome: 'refused', code: '4091' });
    },
  );

  test('R60: nobody listening is unreachable, a stranger who answers is garbled', async () => {
    const parcel = { ...messageTo(police, 'check-vehicle', { reference: 'x', ...asked(1) }), traceId: 't' };
    // Let us in it does, for it knows our public key; but it signs with a key of its own.
    const stranger = await startSimulators({ keys: { ...there.keys, peer: (await newLinkKeys()).peer } });
    const link = linkTo(there.keys, 'police');
    const wire = httpWire({ baseUrl: stranger.url, paths: policePaths, link, clock: systemClock });
    const go = () => carry(police, wire, parcel, new AbortController().signal);
    expect(await go()).toEqual({ outcome: 'garbled', detail: 'answer without a valid signature, HTTP 200' });
    await stranger.close();
    expect(await go()).toEqual({ outcome: 'unreachable', detail: 'ECONNREFUSED' });
  });
});

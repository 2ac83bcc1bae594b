import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { clockAt } from '#testkit/fixed-clock.ts';
import { startSimulators, type TestSimulators } from '#testkit/simulators.ts';
import { familyVin } from '../register/family.ts';

const clock = clockAt('2026-01-05T02:00:00Z');
let there: TestSimulators;
beforeAll(async () => {
  there = await startSimulators({ clock, settings: { certificateDelayMs: 2000, deregistrationDelayMs: 2000 } });
});
beforeEach(() => there.desk('POST', '/reset'));
afterAll(() => there.close());

const photo = { kind: 'frame', sm3: 'a'.repeat(64), ref: 'file://1' };
const scrapCase = (over: object = {}, vehicle: object = {}) => ({
  caseNo: 'SC1',
  round: 1,
  enterpriseCode: '91310115MADEMA0198',
  vehicle: {
    vin: familyVin(1),
    plateNo: '沪A00001',
    plateTypeCode: '02',
    vehicleTypeCode: 'K33',
    useNatureCode: 'A',
    fuelTypeCode: 'A',
    engineNo: 'E1',
    brandModel: '示例牌',
    curbWeightKg: null,
    registrationDate: null,
    tractionBatteryCodes: [],
    ...vehicle,
  },
  owner: { kind: 'person', name: '张三演示', identityNo: '310101190001010011', phone: '13800000001', address: '' },
  agent: null,
  handedOverOn: '2026-01-05',
  supervised: false,
  assemblies: [],
  photos: [photo],
  ...over,
});

const report = (body: ReturnType<typeof scrapCase>) =>
  there.ask('national-circulation', 'submit-scrap-case', `${body.caseNo}-${body.round}`, body);
const external = async (body = scrapCase()): Promise<string> => {
  return z.object({ externalCaseId: z.string() }).parse((await report(body)).data).externalCaseId;
};
const certificate = (externalCaseId: string) =>
  there.ask('national-circulation', 'get-recycling-certificate', externalCaseId, { externalCaseId });
const certificateNoOf = async (externalCaseId: string): Promise<string> =>
  z.object({ certificateNo: z.string() }).parse((await certificate(externalCaseId)).data).certificateNo;

test('R57: a certificate is pending at first, written the way the other side writes, then issued', async () => {
  const externalCaseId = await external();
  expect((await certificate(externalCaseId)).data).toEqual({
    status: 'pending',
    certificateNo: '',
    issuedOn: null,
    qrUrl: '—',
    pdfRef: null,
  });
  clock.advance(2000);
  expect((await certificate(externalCaseId)).data).toMatchObject({
    status: 'issued',
    certificateNo: expect.stringMatching(/^SIM-310000-0198-20260105-\d+$/),
    issuedOn: '20260105',
  });
});

test('R57: a corrected round of the same case keeps its registration and its certificate', async () => {
  const first = await external();
  expect(await external(scrapCase({ round: 2, supervised: true }))).toBe(first);
});

test('R57: the same vehicle twice is refused, by the same enterprise and by another; once void it is free', async () => {
  const externalCaseId = await external();
  expect((await report(scrapCase({ caseNo: 'SC2' }))).code).toBe('4001');
  expect((await report(scrapCase({ caseNo: 'SC3', enterpriseCode: '91310112MADEMA027P' }))).code).toBe('4004');
  clock.advance(2000);
  const certificateNo = await certificateNoOf(externalCaseId);
  const withdraw = (round: number, over: object = {}) =>
    there.ask('national-circulation', 'withdraw-scrap-case', `CX1-${round}`, {
      externalCaseId,
      certificateNo,
      withdrawalNo: 'CX1',
      round,
      reason: '车主不再报废',
      ...over,
    });
  expect((await withdraw(1, { certificateNo: 'another' })).code).toBe('4220');
  expect((await withdraw(2)).data).toEqual({ status: 'withdrawn' });
  expect((await certificate(externalCaseId)).data).toMatchObject({ status: 'void' });
  expect((await report(scrapCase({ caseNo: 'SC4' }))).code).toBe('0');
});

test.each([
  ['4002', 'a use nature of the police', scrapCase({}, { useNatureCode: 'L' })],
  ['4002', 'a fuel of the police', scrapCase({}, { fuelTypeCode: 'O' })],
  ['4002', 'a trailer with a fuel', scrapCase({}, { vehicleTypeCode: 'B11' })],
  ['0', 'a trailer without fuel', scrapCase({}, { vehicleTypeCode: 'B11', fuelTypeCode: '' })],
  ['4003', 'no photographs', scrapCase({ photos: [] })],
  ['4220', 'a date that is none', scrapCase({ handedOverOn: '2026-02-30' })],
  ['4220', 'a photograph without digest', scrapCase({ photos: [{ ...photo, sm3: '' }] })],
])('R57: code %s for %s', async (code, _what, body) => {
  expect((await report(body)).code).toBe(code);
});

test('R57: a deregistration needs its own certificate and a day that has come', async () => {
  const externalCaseId = await external();
  clock.advance(2000);
  const certificateNo = await certificateNoOf(externalCaseId);
  const good = { externalCaseId, certificateNo, round: 1, deregisteredOn: '2026-01-05', materials: [photo] };
  let round = 0;
  const deregister = (over: object) => {
    round += 1;
    return there.ask('national-circulation', 'submit-deregistration', `${certificateNo}-${round}`, {
      ...good,
      ...over,
    });
  };
  expect((await deregister({ externalCaseId: 'nowhere' })).code).toBe('4040');
  expect((await deregister({ certificateNo: 'another' })).code).toBe('4220');
  expect((await deregister({ deregisteredOn: '2026-01-06' })).code).toBe('4220');
  const accepted = await deregister({});
  const { deregNo } = z.object({ deregNo: z.string() }).parse(accepted.data);
  const proof = () => there.ask('national-circulation', 'get-deregistration-certificate', deregNo, { deregNo });
  expect((await proof()).data).toMatchObject({ status: 'pending', certNo: null });
  clock.advance(2000);
  expect((await proof()).data).toMatchObject({ status: 'issued', issuedOn: '20260105' });
  const tooLate = { externalCaseId, certificateNo: null, withdrawalNo: 'CX2', round: 1, reason: '车主不再报废' };
  expect((await there.ask('national-circulation', 'withdraw-scrap-case', 'CX2-1', tooLate)).code).toBe('4221');
});

test('R57: what nobody has registered is not found', async () => {
  expect((await certificate('SIM-0')).code).toBe('4040');
  const nothing = { externalCaseId: 'SIM-0', certificateNo: null, withdrawalNo: 'CX0', round: 1, reason: 'x' };
  expect((await there.ask('national-circulation', 'withdraw-scrap-case', 'CX0-1', nothing)).code).toBe('4040');
});

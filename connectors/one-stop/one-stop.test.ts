import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { listedVehicles } from '#apps/simulators/register/register.ts';
import { usualCitizenRules } from '#areas/elv/citizen-application/model/real-name.ts';
import { type Delivery, type ExchangesOf, messageTo, type RequestOf } from '#kernel/connector/connector.ts';
import { carry } from '#kernel/connector/courier.ts';
import { startSimulators, type TestSimulators } from '#testkit/simulators.ts';
import { oneStop } from './exchanges.ts';

// Real here: the kernel's courier and wire, HTTP, both ends' own cryptography, the simulated one-stop service.

let there: TestSimulators;
beforeAll(async () => {
  there = await startSimulators();
});
afterAll(() => there.close());

const say = <K extends keyof ExchangesOf<typeof oneStop> & string>(
  to: typeof oneStop,
  exchange: K,
  request: RequestOf<ExchangesOf<typeof oneStop>[K]>,
): Promise<Delivery<unknown>> => {
  const message = { ...messageTo(to, exchange, request), traceId: 'trace-1' };
  return carry(to, there.wireTo('one-stop'), message, new AbortController().signal);
};

const delivered = (delivery: Delivery<unknown>): unknown => {
  expect(delivery).toMatchObject({ outcome: 'delivered' });
  return delivery.outcome === 'delivered' ? delivery.answer : undefined;
};

const car = (order: number) => {
  const vehicle = listedVehicles[order - 1];
  if (!vehicle) throw new Error(`no vehicle ${order}`);
  return vehicle;
};

const redirectUri = usualCitizenRules.redirectUri;
const aCode = async (userId: string): Promise<string> => {
  const question = {
    client_id: 'sww-supervision',
    redirect_uri: redirectUri,
    state: 'a-state-of-ours',
    scope: 'basic',
  };
  const at = `${there.url}/one-stop/choose?${new URLSearchParams({ ...question, user: userId })}`;
  const reply = await fetch(at, { redirect: 'manual' });
  return new URL(reply.headers.get('location') ?? '').searchParams.get('code') ?? '';
};
const aToken = async (userId: string, reference: string): Promise<string> => {
  const token = await say(oneStop, 'exchange-code', { reference, code: await aCode(userId), redirectUri });
  return z.object({ accessToken: z.string() }).parse(delivered(token)).accessToken;
};

test('R62: a code becomes a token once, for the address it was given for, and the token says who it is', async () => {
  const code = await aCode('osp-1001');
  const ask = (reference: string, more = {}) =>
    say(oneStop, 'exchange-code', { reference, code, redirectUri, ...more });
  const token = z.object({ accessToken: z.string() }).parse(delivered(await ask('t1')));
  expect(await ask('t2')).toMatchObject({ outcome: 'refused', code: '4031' });
  const elsewhere = { code: await aCode('osp-1001'), redirectUri: 'https://elsewhere.example/' };
  expect(await ask('t3', elsewhere)).toMatchObject({ outcome: 'refused', code: '4032' });
  const { owner } = car(1);
  const person = delivered(await say(oneStop, 'get-person', { reference: 'p1', ...token }));
  expect(person).toMatchObject({ userId: 'osp-1001', name: owner.name, idNo: owner.identityNo, level: 'L4' });
  expect(await say(oneStop, 'get-person', { reference: 'p2', accessToken: 'made-up' })).toMatchObject({
    outcome: 'refused',
    code: '4033',
  });
});

test('R62: who somebody is never travels in the clear, and an answer that is not sealed is none', async () => {
  const accessToken = await aToken('osp-1001', 't4');
  const heard = await there.ask('one-stop', 'get-person', 'p3', { reference: 'p3', accessToken });
  expect(heard.genuine).toBe(true);
  expect(heard.text).not.toContain(car(1).owner.identityNo);
  expect(heard.text).not.toContain(car(1).owner.name);
  await there.script({
    system: 'one-stop',
    exchange: 'get-person',
    times: 1,
    fault: { kind: 'garbled', how: 'schema' },
  });
  expect(await say(oneStop, 'get-person', { reference: 'p4', accessToken })).toMatchObject({ outcome: 'garbled' });
});

test('R62: a browser is never sent to an address nobody registered', async () => {
  const question = { client_id: 'sww-supervision', state: 'a-state-of-ours', scope: 'basic', user: 'osp-1001' };
  const to = { ...question, redirect_uri: 'https://elsewhere.example/' };
  for (const path of ['choose', 'authorize']) {
    const reply = await fetch(`${there.url}/one-stop/${path}?${new URLSearchParams(to)}`, { redirect: 'manual' });
    expect([path, reply.status, reply.headers.get('location')]).toEqual([path, 400, null]);
  }
});

test('R62: the vehicles of a person are theirs alone, and a stage told twice is one', async () => {
  const { owner, papers } = car(1);
  const asking = { reference: 'v1', userId: 'osp-1001', idNo: owner.identityNo };
  expect(delivered(await say(oneStop, 'list-vehicles', asking))).toMatchObject({
    vehicles: [{ vin: papers.vin, plateNo: papers.plateNo, registrationDate: papers.registrationDate }],
  });
  const stage = {
    applicationNo: 'GR1',
    occasion: 'case-2',
    sequence: 2,
    stage: '审核',
    note: '',
    at: '2026-01-05T02:00:00Z',
  } as const;
  const first = delivered(await say(oneStop, 'report-stage', stage));
  expect(delivered(await say(oneStop, 'report-stage', stage))).toEqual(first);
  expect(await say(oneStop, 'report-stage', { ...stage, note: '另一句' })).toMatchObject({ code: '4091' });
});

test('R62: stages told out of order: what the greatest sequence told stays on top', async () => {
  const told = (sequence: number, stage: '受理' | '审核' | '进场', at: string) =>
    say(oneStop, 'report-stage', { applicationNo: 'GR2', occasion: `case-${sequence}`, sequence, stage, note: '', at });
  delivered(await told(3, '审核', '2026-01-05T02:00:00Z'));
  delivered(await told(2, '受理', '2026-01-05T01:00:00Z'));
  const standing = async () => (await there.desk('GET', '/one-stop/standings')) as readonly object[];
  expect(await standing()).toContainEqual(expect.objectContaining({ applicationNo: 'GR2', stage: '审核' }));
  // Two at the same moment are told apart all the same.
  delivered(await told(4, '进场', '2026-01-05T02:00:00Z'));
  expect(await standing()).toContainEqual(expect.objectContaining({ applicationNo: 'GR2', stage: '进场' }));
});

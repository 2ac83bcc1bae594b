import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SystemId } from '#apps/simulators/faults.ts';
import { type Delivery, type Message, messageTo } from '#kernel/connector/connector.ts';
import { carry } from '#kernel/connector/courier.ts';
import { startSimulators, type TestSimulators } from '#testkit/simulators.ts';
import { mailGateway, smsGateway } from './exchanges.ts';

// Real here: the kernel's courier and wire, HTTP, both ends' own cryptography, the simulated gateways.

let there: TestSimulators;
beforeAll(async () => {
  there = await startSimulators();
});
afterAll(() => there.close());

const say = (to: typeof smsGateway | typeof mailGateway, message: Message): Promise<Delivery<unknown>> =>
  // The ids of our connectors are those of the simulated systems.
  carry(to, there.wireTo(to.id as SystemId), { ...message, traceId: 'trace-1' }, new AbortController().signal);

const sms = (phone: string, reference: string) =>
  say(smsGateway, messageTo(smsGateway, 'send-sms', { reference, phone, signature: '沪商监管', text: '案卷被退回' }));
const mail = (address: string, reference: string) =>
  say(
    mailGateway,
    messageTo(mailGateway, 'send-mail', { reference, address, subject: '案卷被退回', text: '案卷被退回' }),
  );

test('R49: a message is taken under the gateway’s own number, and the same again is the same message', async () => {
  const taken = { outcome: 'delivered', answer: { messageId: expect.stringMatching(/^SIM-M-/) } };
  const first = await sms('13800000001', 'n1:sms');
  expect(first).toEqual(taken);
  expect(await sms('13800000001', 'n1:sms')).toEqual(first);
  expect(await mail('a@example.cn', 'n1:mail')).toEqual(taken);
});

test('R49: a number or an address that takes nothing is refused', async () => {
  expect(await sms('13800000000', 'n2:sms')).toMatchObject({ outcome: 'refused', code: '4041' });
  expect(await mail('a@nowhere.example', 'n2:mail')).toMatchObject({ outcome: 'refused', code: '4041' });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  enterpriseSystemContract,
  systemStepContract,
} from '#areas/elv/enterprise-system/model/enterprise-system.contract.ts';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { aSystem } from '#testkit/intake-hands.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { startSimulators, type TestSimulators } from '#testkit/simulators.ts';

// Real here: the product behind its web server on a port, the simulated system, HTTP and signatures between them.
let it: ServedProduct;
let there: TestSimulators;
beforeAll(async () => {
  it = await aServedProduct(new Date().toISOString(), undefined, { perMinute: 600, webhooks: 'any' });
  await it.server.listen({ port: 0, host: '127.0.0.1' });
  const address = it.server.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  there = await startSimulators({ callbackUrl: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  await there.close();
  await it.close();
});

interface Standing {
  readonly appId: string;
  readonly publicKey: string;
  readonly proof: string;
  readonly sent: readonly { readonly answer: string; readonly taken: boolean; readonly photographs: number }[];
  readonly heard: readonly { readonly eventId: string; readonly genuine: boolean | null; readonly repeat: boolean }[];
}
const standing = async (): Promise<Standing> => (await there.desk('GET', '/enterprise')) as Standing;

test('R01: the simulated system makes a key, is let in once it is confirmed, and drafts a case with photographs', async () => {
  await there.desk('POST', '/enterprise/key');
  await expect(there.desk('POST', '/enterprise/drafts')).rejects.toThrow('CALLER');
  const { publicKey, appId } = await standing();
  const administrator = it.client(enterpriseSystemContract, await it.signIn('yardadmin1'));
  const { text: challenge } = await administrator.challenge({});
  await there.desk('PUT', '/enterprise', { challenge });
  const { proof } = await standing();
  const registered = await administrator.register({ key: randomUUID(), name: '仿真系统', publicKey, challenge, proof });
  expect(registered.appId).toBe(appId);
  const commission = it.client(systemStepContract, await it.signIn('commission1'));
  await commission.confirm({ id: registered.id, version: 2, key: randomUUID() });
  await there.desk('POST', '/enterprise/drafts');
  await it.product.elv.desk.readings.idle();
  const last = (await standing()).sent.at(-1);
  expect(last).toMatchObject({ taken: true, photographs: 2, answer: expect.stringMatching(/^SC/) });
  const clerk = it.client(vehicleCaseContract, await it.signIn('clerk1'));
  expect((await clerk.list({ q: last?.answer ?? '' })).rows).toMatchObject([{ state: 'intake' }]);
});

test('R02: it shows what it hears, whether the platform’s signature holds, and what it hears again; it goes wrong as asked', async () => {
  const system = await aSystem(it, { name: '听者', webhookUrl: `${there.url}/enterprise/hook` });
  const { platformKey } = await it
    .client(enterpriseSystemContract, await it.signIn('yardadmin1'))
    .get({ id: system.id });
  await there.desk('PUT', '/enterprise', { platformKey });
  const wire = it.product.elv.systems.wires['enterprise-system'];
  const carry = () =>
    wire?.carry({
      exchange: 'case-event',
      body: JSON.stringify({ systemId: system.id, eventId: 'SC1-2', event: 'returned', caseNo: 'SC1', reason: '<b>' }),
      key: 'k',
      recipient: system.id,
      sealedFields: [],
      timeoutSeconds: 2,
      traceId: 't',
      signal: new AbortController().signal,
    });
  expect(await carry()).toMatchObject({ outcome: 'delivered' });
  expect(await carry()).toMatchObject({ outcome: 'delivered' });
  expect((await standing()).heard).toMatchObject([
    { eventId: 'SC1-2', genuine: true, repeat: false },
    { eventId: 'SC1-2', genuine: true, repeat: true },
  ]);
  await there.desk('PUT', '/enterprise', { fault: 'error' });
  expect(await carry()).toEqual({ outcome: 'unknown', detail: 'HTTP 500' });
  await there.desk('PUT', '/enterprise', { fault: 'down' });
  expect(await carry()).toMatchObject({ outcome: 'unknown' });
  await there.desk('PUT', '/enterprise', { fault: 'slow' });
  expect(await carry()).toEqual({ outcome: 'unknown', detail: 'no answer within 2 s' });
  const page = await (await fetch(`${there.url}/enterprise`)).text();
  expect(page).toContain('平台签名有效');
  expect(page).toContain('&lt;b&gt;');
});

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dismantlerRegistry } from '#areas/elv/dismantler/model/dismantler.profile.ts';
import { qualificationRegistry } from '#areas/elv/qualification/model/qualification.profile.ts';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { accessChangeContract } from '#areas/governance/access-change/model/access-change.contract.ts';
import { setStatus } from '#areas/governance/account/server/account-state.store.ts';
import { credentialChangeContract } from '#areas/governance/credential-change/model/credential-change.contract.ts';
import { personContract } from '#areas/governance/person/model/person.contract.ts';
import { addressOf } from '#kernel/contract/client.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { registryContract } from '#practices/registry/model/registry.contract.ts';
import { askOperation, likely, withBody } from '#testkit/ask-operation.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { aServedProduct, ownPage, type ServedProduct } from '#testkit/served-product.ts';
import {
  aCaseImport,
  aCertificate,
  aDraft,
  anExport,
  anImport,
  aPersonAtWork,
  aSession,
  aSystemOfOthers,
  aWithdrawal,
  expired,
} from '#testkit/things-of-others.ts';
import { upload } from '#testkit/upload.ts';
import { demoAccounts } from '../demo/accounts.ts';
import { connectors } from '../plans.ts';

/**
 * What every operation must withstand, generated from the contract: a new operation is tested from its first line.
 * An operation with an id in its path must be named in `foreign`, or the suite fails. Source: tender T4.1, T5.4.
 */
let served: ServedProduct;
let operations: readonly Operation[];
const cookies = new Map<string, string>();
/** Real ids of things that belong to somebody else, by the kind of thing. */
const foreign = new Map<string, Readonly<Record<string, unknown> & { as: string }>>();

const ask = (operation: Operation, cookie: string, input: Readonly<Record<string, unknown>>) =>
  askOperation(served, operation, cookie, input);

const sign = async (userName: string): Promise<string> => {
  const cookie = cookies.get(userName) ?? (await served.signIn(userName));
  cookies.set(userName, cookie);
  return cookie;
};

beforeAll(async () => {
  served = await aServedProduct();
  operations = served.product.areas.flatMap((area) => area.plan.operations);
  const clerk = served.client(vehicleCaseContract, await sign('clerk2'));
  const { id } = await clerk.open({ key: randomUUID(), registeredWithPolice: true });
  const address = `/api/elv/vehicle-cases/${id}/photos/vin-rubbing?key=${randomUUID()}`;
  const { body } = await upload(served.server, await sign('clerk2'), address, aJpeg());
  foreign.set('elv.vehicle-case', { id, photoId: (body as { id: string }).id, as: 'clerk1' });
  foreign.set('elv.photo-evidence', { id, findingId: likely.id, as: 'clerk1' });
  foreign.set('elv.withdrawal', { ...(await aWithdrawal(served, id)), as: 'clerk1' });
  foreign.set('elv.withdrawal.ofCase', { id, as: 'clerk1' });
  for (const registry of [dismantlerRegistry, qualificationRegistry]) {
    const entry = await served.client(registryContract(registry), await sign('clerk2')).open({});
    const place = `/api${registry.path}/${entry.id}/files/site?key=${randomUUID()}`;
    const attached = await upload(served.server, await sign('clerk2'), place, aJpeg());
    foreign.set(registry.id, { ...entry, fileId: (attached.body as { id: string }).id, as: 'clerk1' });
  }
  // Nobody has another's import; whoever may import at all asks for one that is not there.
  for (const verb of ['readImport', 'acceptImport'])
    foreign.set(`elv.dismantler.${verb}`, { importId: likely.importId, as: 'commission2', rows: 'all' });
  const caseImportId = await aCaseImport(served, await sign('clerk2'));
  for (const verb of ['readImport', 'acceptImport'])
    foreign.set(`elv.vehicle-case.${verb}`, { importId: caseImportId, as: 'clerk1', rows: 'all' });
  const exportId = await anExport(served, await sign('export1'));
  for (const verb of ['cancelExport', 'downloadExport'])
    foreign.set(`elv.vehicle-case.${verb}`, { exportId, as: 'commission1' });
  foreign.set('elv.enterprise-system', { id: await aSystemOfOthers(served), as: 'yardadmin1' });
  const security = served.client(accessChangeContract, await sign('security1'));
  const application = await security.propose({
    key: randomUUID(),
    change: { kind: 'hold', subjectId: 'demo-clerk3', roleId: 'elv-observer' },
    reason: '岗位调整，见人事通知',
  });
  // Withdrawing is for the applicant alone; deciding is for everybody of the role, so there is no foreign row.
  foreign.set('governance.access-change.withdraw', { id: application.id, as: 'security2' });
  const admin = await sign('admin1');
  await served.client(personContract, admin).resetPassword({ personId: 'demo-desk2', reason: '本人忘记密码' });
  const { rows } = await served.client(credentialChangeContract, admin).list({});
  foreign.set('governance.credential-change.withdraw', { id: rows[0]?.id, as: 'security2' });
  foreign.set('governance.person', {
    personId: 'demo-clerk2',
    as: 'yardadmin1',
    field: 'phone',
    validUntil: null,
    receiverId: 'demo-clerk1',
    was: [],
    roles: [],
  });
  const personAtWork = await aPersonAtWork(served, await sign('clerk2'), await sign('commission1'));
  foreign.set('elv.practitioner', {
    ...personAtWork,
    as: 'clerk1',
    values: {},
    post: 'safety',
    from: '2026-01-01',
    on: '2026-01-01',
  });
  foreign.set('elv.practitioner-conduct', { id: personAtWork.conductId, as: 'clerk1' });
  for (const verb of ['readImport', 'acceptImport'])
    foreign.set(`elv.practitioner.${verb}`, { importId: likely.importId, as: 'clerk1', rows: 'all' });
  // An application nobody has handed in is no enterprise's: whoever may read at all asks for it.
  foreign.set('elv.citizen-application', { id: (await aDraft(served, 'citizen-0')).id, as: 'clerk1' });
  const importId = await anImport(served, await sign('admin1'));
  for (const verb of ['readImport', 'acceptImport', 'importPasswords', 'forgetImportPasswords'])
    foreign.set(`governance.person.${verb}`, { importId, as: 'yardadmin1', rows: 'all' });
  foreign.set('governance.ownAccount.endSession', {
    sessionId: await aSession(served, await sign('clerk2')),
    as: 'clerk1',
  });
  foreign.set('governance.ownAccount.removeCertificate', {
    certificateId: await aCertificate(served),
    as: 'clerk1',
    password: demoAccounts[0]?.password,
  });
});
afterAll(() => served.close());

const closed = () => operations.filter(({ permission, door }) => permission !== 'public' && door === undefined);
/** Operations that belong to a sign-in that is half done answer 401 or 409 to whoever is not in the middle of one. */
const named = () => closed().filter(({ permission }) => permission.includes(':'));

test('T5.4: nobody, and whoever comes with a made-up, an ended, an idle or an overlong session, is asked to sign in', async () => {
  const ended = await served.signIn('clerk3');
  await served.server.inject({
    method: 'DELETE',
    url: '/api/governance/session',
    headers: { ...ownPage, cookie: ended },
  });
  const asIs = async (): Promise<void> => undefined;
  const shut = [
    { cookie: '', putBack: asIs },
    { cookie: 'hs_session=made-up', putBack: asIs },
    { cookie: `hs_session=${'x'.repeat(5_000)}`, putBack: asIs },
    { cookie: ended, putBack: asIs },
    await expired(served, 'idle'),
    await expired(served, 'absolute'),
  ];
  for (const operation of closed()) {
    for (const [index, { cookie, putBack }] of shut.entries()) {
      await putBack();
      const { status } = await ask(operation, cookie, likely);
      expect([operation.id, index, status]).toEqual([operation.id, index, 401]);
    }
  }
  // Every operation, six times; the machine may be busy with other proofs.
}, 120_000);

test('R42: a person who is disabled is out of every operation within seconds', async () => {
  const cookie = await served.signIn('clerk4');
  const { db } = served.database;
  await inTransaction(db, (tx) => setStatus(tx, 'demo-clerk4', 'disabled', served.clock.now()));
  served.clock.advance(4_000);
  for (const operation of closed()) {
    expect([operation.id, (await ask(operation, cookie, likely)).status]).toEqual([operation.id, 401]);
  }
});

test('R43: a person without roles, and one whose exception has run out, may do nothing', async () => {
  const cookie = await sign('clerk5');
  const { accessList } = served.product;
  const now = served.clock.now();
  const by = { id: 'test', name: 'test', organisationId: null, ip: '' };
  await inTransaction(served.database.db, (tx) =>
    accessList.change(tx, { by, what: {}, at: now, traceId: 't' }, (list) => ({
      ...list,
      holdings: list.holdings.filter(({ subjectId }) => subjectId !== 'demo-clerk5'),
      special: named().map(({ permission }, index) => ({
        id: `expired-${index}`,
        subjectId: 'demo-clerk5',
        permission,
        targetId: String(likely.id),
        effect: 'allow',
        from: new Date(now.getTime() - 86_400_000),
        until: new Date(now.getTime() - 1_000),
        reason: '已过期',
        approvedBy: 'test',
      })),
    })),
  );
  served.clock.advance(4_000);
  for (const operation of named()) {
    const { status, code } = await ask(operation, cookie, likely);
    expect([operation.id, status, code]).toEqual([operation.id, 403, 'NOT_PERMITTED']);
  }
});

/** Kinds of things everybody with the permission may reach: there is no row of another. */
const nobodysOwn = [
  'governance.access-change.approve',
  'governance.access-change.refuse',
  'governance.access-change.reveal',
  'governance.credential-change.approve',
  'governance.credential-change.refuse',
  'governance.credential-change.reveal',
  'governance.audit-log',
  'governance.organisation',
  'governance.working-time',
];

/** What stands for an id in a path: `{id}`, `{personId}` and the like. */
const idsIn = ({ path }: Operation): readonly string[] =>
  [...path.matchAll(/\{(id|\w+Id)\}/g)].map(([, name]) => name ?? '');

test('R44: what belongs to another is answered like what does not exist, by every operation with an id', async () => {
  for (const operation of closed().filter((one) => idsIn(one).length > 0)) {
    const stem = operation.permission.split(':')[0] ?? '';
    if (nobodysOwn.some((one) => operation.id.startsWith(one))) continue;
    const thing = foreign.get(operation.id) ?? foreign.get(stem);
    expect(thing, `${operation.id} has an id in its path: name a foreign one in this test`).toBeDefined();
    const { as = '', ...ids } = thing ?? {};
    // Exchanges are made up: what is foreign already by the case is not there by the exchange either.
    const [first = ''] = idsIn(operation);
    expect([operation.id, Object.hasOwn(ids, first)]).toEqual([operation.id, true]);
    const cookie = await sign(as);
    const input = { ...likely, ...ids };
    const { status, code } = await ask(operation, cookie, input);
    if (status === 403 && code === 'NOT_PERMITTED') continue;
    expect([operation.id, status, code]).toEqual([operation.id, 404, 'NOT_FOUND']);
  }
});

const users = ['clerk1', 'desk1', 'commission1', 'security1', 'admin1', 'auditor1', 'yardadmin1'];
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 9e99, '', '\u0000', '../../etc/passwd', '<script>', "' or 1=1 --", [], {}, [
    [],
  ]),
  fc.string({ maxLength: 40 }),
  fc.constant('长'.repeat(20_000)),
);

describe('T4.1: malformed input', () => {
  test('T4.1: whatever stands in a field, no operation answers with a fault of its own', async () => {
    for (const userName of users) await sign(userName);
    for (const operation of operations) {
      const schema = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' });
      const fields = Object.keys((schema as { properties?: object }).properties ?? {});
      // Files are fuzzed where they are received; signing out would end the session the others need.
      if (fields.length === 0 || operation.body === 'file' || operation.path === '/governance/session') continue;
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...fields), odd, fc.constantFrom(...users), async (field, value, userName) => {
          const { status } = await ask(operation, cookies.get(userName) ?? '', { ...likely, [field]: value });
          expect([operation.id, field, value, status < 500]).toEqual([operation.id, field, value, true]);
        }),
        { numRuns: 6, seed: 20_261_124 },
      );
    }
  }, 180_000);

  test('T4.1: a body that is no object, no JSON, or beyond all measure, in length or in depth, is refused before anything is done', async () => {
    const cookie = await sign('clerk1');
    for (const operation of operations.filter((one) => withBody(one) && one.body !== 'file')) {
      const { url } = addressOf(operation, likely);
      const send = async (payload: string, type = 'application/json'): Promise<number> =>
        (
          await served.server.inject({
            method: operation.method,
            url,
            headers: { ...ownPage, cookie, 'content-type': type },
            payload,
          })
        ).statusCode;
      const statuses = [
        await send('[1]'),
        await send('{'),
        await send(`{"a":"${'x'.repeat(2_000_000)}"}`),
        // Nested so deep that whoever follows it runs out of stack.
        await send(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`),
        await send('<a/>', 'text/xml'),
      ];
      const fits = statuses.every((status) => [400, 401, 403, 413, 415].includes(status));
      expect([operation.id, statuses, fits]).toEqual([operation.id, statuses, true]);
    }
  });
});

test('T4.1: every exchange that may come in is known to the inbound door', () => {
  const inbound = connectors.flatMap(({ id, exchanges }) =>
    Object.entries(exchanges)
      .filter(([, { direction }]) => direction === 'in')
      .map(([name]) => `${id}.${name}`),
  );
  const handled = served.product.areas.flatMap((area) => Object.keys(area.inbound));
  expect(inbound.filter((name) => !handled.includes(name))).toEqual([]);
});

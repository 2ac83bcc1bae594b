import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Grant } from '#kernel/access/access.ts';
import type { Client } from '#kernel/contract/client.ts';
import { holdOnly } from '#testkit/people.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { upload } from '#testkit/upload.ts';
import { asJpeg, aVehicleInYard } from '#testkit/yard-pictures.ts';
import { vehicleCaseContract } from '../model/vehicle-case.contract.ts';

const identityNumber = '310101199003070011';
const phone = '13800130000';

let served: ServedProduct;
let clerk: Client<typeof vehicleCaseContract>;
let observer: Client<typeof vehicleCaseContract>;
let cookies: { readonly clerk: string; readonly observer: string };
let id: string;
beforeAll(async () => {
  served = await aServedProduct();
  cookies = { clerk: await served.signIn('clerk1'), observer: await served.signIn('observer1') };
  clerk = served.client(vehicleCaseContract, cookies.clerk);
  observer = served.client(vehicleCaseContract, cookies.observer);
  ({ id } = await clerk.open({ key: randomUUID(), registeredWithPolice: true }));
  const changes = Object.fromEntries(
    Object.entries({ ownerKind: 'person', ownerIdentityNo: identityNumber, ownerPhone: phone }).map(([name, now]) => [
      name,
      { was: null, now },
    ]),
  );
  await clerk.saveSection({ id, section: 'owner', changes });
});
afterAll(() => served.close());

/** Somebody whose only role shows the cases of everybody, the owner's fields as told. */
const readerWith = async (userName: string, fields: Grant['fields']) => {
  const cookie = await served.signIn(userName);
  const grants = ['read', 'reveal', 'printCertificate'].map(
    (verb): Grant => ({ permission: `elv.vehicle-case:${verb}`, rows: 'all', personal: 'plain', fields: fields ?? {} }),
  );
  await holdOnly(served, `demo-${userName}`, grants);
  return { cookie, client: served.client(vehicleCaseContract, cookie) };
};
const filed = async (cookie: string, path: string): Promise<string> => {
  const reply = await served.server.inject({ url: `/api/elv/vehicle-cases/${id}/${path}`, headers: { cookie } });
  return reply.headers['content-type']?.includes('json') && reply.statusCode >= 400 ? reply.json().code : 'DONE';
};

const ownerOf = async (who: Client<typeof vehicleCaseContract>) =>
  (await who.get({ id })).sections.find((section) => section.id === 'owner')?.values;
const add = async (part: string, photograph = aJpeg()): Promise<string> => {
  const url = `/api/elv/vehicle-cases/${id}/photos/${part}?key=${randomUUID()}`;
  const { status, body } = await upload(served.server, cookies.clerk, url, photograph);
  expect(status).toBe(200);
  return (body as { id: string }).id;
};
const look = async (cookie: string, photoId: string): Promise<number> =>
  (await served.server.inject({ url: `/api/elv/vehicle-cases/${id}/photos/${photoId}/content`, headers: { cookie } }))
    .statusCode;

test('R44: the same fields are plain to one and masked to another', async () => {
  expect(await ownerOf(clerk)).toMatchObject({ ownerIdentityNo: identityNumber, ownerPhone: phone });
  expect(await ownerOf(observer)).toMatchObject({ ownerIdentityNo: '310***********0011', ownerPhone: '138****0000' });
});

test('R42, R44: no browser keeps a paper of a person; pictures of a vehicle it may keep', async () => {
  const kept = async (part: string) => {
    const url = `/api/elv/vehicle-cases/${id}/photos/${await add(part)}/content`;
    const { headers } = await served.server.inject({ url, headers: { cookie: cookies.clerk } });
    return [headers['cache-control'], headers.etag !== undefined];
  };
  expect(await kept('statement')).toEqual(['private, no-store', false]);
  expect(await kept('vin-rubbing')).toEqual(['private, max-age=3600', true]);
});

test('R03, R44: a photograph is shown small to whoever may see it, and to nobody else', async () => {
  const photograph = asJpeg(aVehicleInYard(1, 7), 100);
  const [paper, rubbing] = [await add('statement', photograph), await add('vin-rubbing', photograph)];
  const small = async (cookie: string, photoId: string) => {
    const url = `/api/elv/vehicle-cases/${id}/photos/${photoId}/content?small=true`;
    const { statusCode, headers, rawPayload } = await served.server.inject({ url, headers: { cookie } });
    return { statusCode, kept: headers.etag !== undefined, type: headers['content-type'], bytes: rawPayload.length };
  };
  const shown = { statusCode: 200, type: 'image/jpeg', bytes: expect.any(Number) };
  expect(await small(cookies.clerk, rubbing)).toEqual({ ...shown, kept: true });
  expect(await small(cookies.clerk, paper)).toEqual({ ...shown, kept: false });
  expect((await small(cookies.clerk, rubbing)).bytes).toBeLessThan(photograph.length / 2);
  expect((await small(cookies.observer, paper)).statusCode).toBe(403);
  expect((await small(await served.signIn('clerk2'), rubbing)).statusCode).toBe(404);
});

test('R44: a photographed paper is no way round the mask', async () => {
  const paper = await add('statement');
  expect([await look(cookies.clerk, paper), await look(cookies.observer, paper)]).toEqual([200, 403]);
  const { photos } = await observer.get({ id });
  expect(photos.find((photo) => photo.id === paper)).toMatchObject({ viewable: false });
  expect((await clerk.get({ id })).photos.find((photo) => photo.id === paper)).toMatchObject({ viewable: true });
});

const readsOf = async (action: string) => {
  const { rows } = await sql<{
    detail: string;
  }>`select detail from kernel.audit_entry where action = ${action} and outcome = 'done' order by at, seq`.execute(
    served.database.db,
  );
  return rows.map(({ detail }) => JSON.parse(detail) as Record<string, unknown>);
};

test('R45: looking at a paper of a person leaves a fact, looking at a vehicle does not', async () => {
  const before = (await readsOf('elv.vehicle-case.photoContent')).length;
  const [paper, rubbing] = [await add('statement'), await add('vin-rubbing')];
  expect([await look(cookies.clerk, paper), await look(cookies.clerk, rubbing)]).toEqual([200, 200]);
  expect((await readsOf('elv.vehicle-case.photoContent')).slice(before)).toEqual([
    { id, photoId: paper, part: 'statement' },
  ]);
});

test('R45: searching the list leaves a fact, without the number or name of a person', async () => {
  await clerk.list({});
  await clerk.list({ q: identityNumber });
  await clerk.list({ q: '沪B20022' });
  expect(await readsOf('elv.vehicle-case.list')).toEqual([
    { search: 'identity-number', found: 0 },
    { search: 'number', text: '沪B20022', found: 0 },
  ]);
});

test('R44: a masked value is shown for a reason; who, what and why are put down, the value is not', async () => {
  const asked = { id, section: 'owner', field: 'ownerIdentityNo' } as const;
  await expect(observer.reveal({ ...asked, reason: '看看' })).rejects.toMatchObject({ status: 400 });
  expect(await observer.reveal({ ...asked, reason: '核查举报线索' })).toEqual({ value: identityNumber });
  const { rows } = await sql<{
    detail: string;
    actor_id: string;
  }>`select detail, actor_id from kernel.audit_entry where action = 'elv.vehicle-case.reveal'`.execute(
    served.database.db,
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.actor_id).toBe('demo-observer1');
  expect(JSON.parse(rows[0]?.detail ?? '')).toEqual({ field: 'owner.ownerIdentityNo', reason: '核查举报线索' });
});

test('R44: nothing is revealed of what is not there, of a foreign field name, or to whom it is not granted', async () => {
  const reason = '核查举报线索';
  const ask = (field: string) => observer.reveal({ id, section: 'owner', field, reason });
  await expect(ask('ownerAddress')).rejects.toMatchObject({ code: 'NOTHING' });
  await expect(ask('constructor')).rejects.toMatchObject({ code: 'NOTHING' });
  await expect(clerk.reveal({ id, section: 'owner', field: 'ownerIdentityNo', reason })).rejects.toMatchObject({
    status: 403,
  });
});

test('R44: the certificate, the signed trail and showing a value are no way round the views of fields', async () => {
  const reason = '核查举报线索';
  const masked = await readerWith('desk2', { 'owner.ownerIdentityNo': 'masked' });
  expect(await filed(masked.cookie, 'certificate.pdf')).toBe('MASKED');
  expect(await filed(masked.cookie, 'signed-trail')).toBe('DONE');
  expect(await masked.client.reveal({ id, section: 'owner', field: 'ownerIdentityNo', reason })).toBeTruthy();
  const hidden = await readerWith('commission2', { 'owner.ownerIdentityNo': 'hidden' });
  expect(await filed(hidden.cookie, 'certificate.pdf')).toBe('MASKED');
  expect(await filed(hidden.cookie, 'signed-trail')).toBe('MASKED');
  await expect(hidden.client.reveal({ id, section: 'owner', field: 'ownerIdentityNo', reason })).rejects.toMatchObject({
    status: 403,
    code: 'HIDDEN',
  });
  expect(await hidden.client.reveal({ id, section: 'owner', field: 'ownerPhone', reason })).toEqual({ value: phone });
  // The clerk sees everything of the own enterprise in plain: only the certificate itself is missing.
  expect(await filed(cookies.clerk, 'certificate.pdf')).toBe('NOT_ISSUED');
});

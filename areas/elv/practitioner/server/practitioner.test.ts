import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noticeContract } from '#practices/notice/model/notice.contract.ts';
import { standardLimits } from '#practices/workbook/model/workbook.ts';
import { readWorkbook } from '#practices/workbook/server/read-workbook.ts';
import {
  aCertificateOf,
  identityOf,
  type PractitionerPeople,
  practitionerPeople,
} from '#testkit/practitioner-hands.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { aServedProduct, ownPage, type ServedProduct } from '#testkit/served-product.ts';
import { upload } from '#testkit/upload.ts';

// Real here: PostgreSQL, web server, files on disk, sealing. Made up: the clock, which stands in November 2026.

let served: ServedProduct;
let people: PractitionerPeople;

beforeAll(async () => {
  served = await aServedProduct();
  people = practitionerPeople(served);
});
afterAll(() => served.close());

const factsOf = async (id: string): Promise<readonly { action: string; detail: string }[]> => {
  await served.product.facts.settle();
  const { rows } = await sql<{ action: string; detail: string }>`
    select action, detail from kernel.audit_entry where object_type = 'elv.practitioner' and object_id = ${id} order by seq
  `.execute(served.database.db);
  return rows;
};

test('T2.10: a person is entered once at an enterprise, and again after leaving; names and numbers are sealed', async () => {
  const id = await people.enter('clerk1', 100);
  const { people: clerk } = await people.as('clerk1');
  await expect(people.enter('yardadmin1', 100)).rejects.toMatchObject({
    code: 'FAULTY',
    problems: [{ path: 'identityNo' }],
  });
  const { rows } = await sql`select to_jsonb(p)::text || to_jsonb(i)::text as row from elv.practitioner p
    join elv.practitioner_identity i on i.id = p.person_id where p.id = ${id}`.execute(served.database.ownerDb);
  const kept = JSON.stringify(rows);
  for (const value of ['钱七演示', identityOf(100), '13800130000']) expect(kept).not.toContain(value);
  const { version } = await clerk.get({ id });
  await clerk.leave({ id, version, on: '2026-06-30' });
  await expect(clerk.addTraining({ id, key: randomUUID(), values: {} })).rejects.toMatchObject({ code: 'LEFT' });
  expect(await people.enter('clerk1', 100, { since: '2026-08-01' })).not.toBe(id);
});

test('T2.10: two clicks at once enter one person', async () => {
  const both = await Promise.allSettled([people.enter('clerk1', 101), people.enter('clerk1b', 101)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('R45: changes are made upon what was seen, and the log has before and after, sealed values as digests', async () => {
  const id = await people.enter('clerk1', 102);
  const { people: clerk } = await people.as('clerk1');
  const { version } = await clerk.get({ id });
  const after = await clerk.edit({ id, version, changes: { phone: '13900139000', since: '2025-04-01' } });
  expect(after).toMatchObject({ version: version + 1, values: { phone: '13900139000' }, since: '2025-04-01' });
  expect(after.posts).toMatchObject([{ from: '2025-04-01' }]);
  await expect(clerk.edit({ id, version, changes: { name: '钱八演示' } })).rejects.toMatchObject({ code: 'CHANGED' });
  await expect(
    clerk.edit({ id, version: version + 1, changes: { identityNo: '1', since: '2099-01-01' } }),
  ).rejects.toMatchObject({
    problems: [{ path: 'identityNo' }, { path: 'since' }],
  });
  const edited = (await factsOf(id)).find(({ action }) => action === 'elv.practitioner.edit');
  expect(JSON.parse(edited?.detail ?? '').changes).toEqual([
    {
      field: 'phone',
      title: '手机或电话',
      before: expect.stringMatching(/^HMAC/),
      after: expect.stringMatching(/^HMAC/),
    },
    { field: 'since', title: '到岗日期', before: '2025-03-01', after: '2025-04-01' },
  ]);
  const moved = await clerk.changePost({ id, version: version + 1, post: 'battery', from: '2026-01-01' });
  expect(moved.posts.map(({ title, until }) => [title, until])).toEqual([
    ['动力蓄电池拆卸人员', null],
    ['拆解工', '2025-12-31'],
  ]);
});

test('T2.10: an identity number cannot be changed once conduct rests upon it', async () => {
  const id = await people.enter('clerk1', 103);
  const { people: clerk } = await people.as('clerk1');
  let { version } = await clerk.get({ id });
  ({ version } = await clerk.edit({ id, version, changes: { identityNo: identityOf(104) } }));
  await people.record('commission1', id);
  await expect(clerk.edit({ id, version, changes: { identityNo: identityOf(105) } })).rejects.toMatchObject({
    problems: [{ path: 'identityNo', message: expect.stringMatching(/不能再改/) }],
  });
});

test('T2.10: of certificates of one kind the last counts; one that lapses soon is warned of once, one that has is marked', async () => {
  const id = await people.enter('clerk2', 110);
  const { people: clerk, cookie } = await people.as('clerk2');
  const key = randomUUID();
  const lapsed = { id, key, values: aCertificateOf('2026-10-01') };
  await clerk.addCertificate(lapsed);
  await clerk.addCertificate(lapsed);
  await clerk.addCertificate({
    id,
    key: randomUUID(),
    values: aCertificateOf('2026-12-15', { kind: 'safety-manager' }),
  });
  const before = await clerk.get({ id });
  expect(before.certificates.map(({ validity, number }) => [validity, number])).toEqual([
    ['lapsing', 'T310101199003070011'],
    ['lapsed', 'T310101199003070011'],
  ]);
  expect(await clerk.list({ certificate: 'lapsed' })).toMatchObject({
    total: 1,
    rows: [{ id, lapsing: 1, lapsed: 1 }],
  });
  await served.product.elv.practitioners.warnOfLapses();
  await served.product.elv.practitioners.warnOfLapses();
  const told = (await served.client(noticeContract, cookie).list({ size: 100 })).rows.filter(
    ({ matter }) => matter.id === id,
  );
  expect(told.map(({ text }) => text)).toEqual([
    '本企业一名从业人员的安全生产管理人员考核合格证有效期至 2026-12-15，请及时办理延续并登记新证书。',
  ]);
  await clerk.addCertificate({ id, key: randomUUID(), values: aCertificateOf('2029-10-01') });
  expect(await clerk.list({ certificate: 'lapsed' })).toMatchObject({ total: 0 });
  const after = await clerk.get({ id });
  expect(after.certificates.map(({ validity }) => validity).sort()).toEqual(['lapsing', 'replaced', 'valid']);
  await expect(
    clerk.addCertificate({ id, key: randomUUID(), values: aCertificateOf('2020-01-01', { issuedOn: '2099-01-01' }) }),
  ).rejects.toMatchObject({ problems: [{ path: 'issuedOn' }, { path: 'validUntil' }] });
});

test('R44: who sees what: the own enterprise plain, the commission masked until a reason, onlookers without names and words, others nothing', async () => {
  const id = await people.enter('clerk1', 120);
  const { people: clerk, cookie } = await people.as('clerk1');
  const { certificates } = await clerk.addCertificate({ id, key: randomUUID(), values: aCertificateOf(null) });
  const certificateId = certificates[0]?.id ?? '';
  const url = `/api/elv/practitioners/${id}/certificates/${certificateId}/file`;
  await upload(served.server, cookie, url, aJpeg());
  await people.record('commission1', id);

  expect((await clerk.get({ id })).values).toEqual({
    name: '钱七演示',
    identityNo: identityOf(120),
    phone: '13800130000',
  });
  const { people: judge, cookie: judging } = await people.as('commission1');
  const seen = await judge.get({ id });
  expect(seen).toMatchObject({
    values: { name: '钱七演示', identityNo: expect.stringMatching(/^310\*+\d{3}[\dX]$/), phone: '138****0000' },
    masked: ['identityNo', 'phone'],
    certificates: [{ number: expect.stringContaining('***'), file: { viewable: false } }],
    conducts: [{ facts: { text: expect.stringContaining('未排空油液') } }],
    abilities: ['reveal', 'record'],
  });
  const picture = async (asked: string, by: string) =>
    (await served.server.inject({ method: 'GET', url: `${url}${asked}`, headers: { ...ownPage, cookie: by } }))
      .statusCode;
  const onlooker = await people.as('observer1');
  const other = await people.as('clerk3');
  expect([
    await picture('', judging),
    await picture(`?reason=${encodeURIComponent('核对证书真伪')}`, judging),
    await picture('', cookie),
    await picture(`?reason=${encodeURIComponent('核对证书真伪')}`, onlooker.cookie),
    await picture('', other.cookie),
  ]).toEqual([403, 200, 200, 403, 404]);
  expect(await judge.reveal({ id, field: 'identityNo', reason: '核对本人身份' })).toEqual({ value: identityOf(120) });
  expect((await factsOf(id)).map(({ detail }) => detail).join()).not.toContain(identityOf(120));
  expect((await factsOf(id)).filter(({ action }) => action === 'elv.practitioner.reveal')).toHaveLength(1);

  const glimpse = await onlooker.people.get({ id });
  expect(glimpse).toMatchObject({ values: { name: '钱***' }, abilities: [], conducts: [{ statement: null }] });
  expect(JSON.stringify(glimpse)).not.toContain('未排空油液');
  await expect(onlooker.people.reveal({ id, field: 'phone', reason: '核对本人身份' })).rejects.toMatchObject({
    code: 'NOT_PERMITTED',
  });
  await expect(other.people.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await other.people.list({ q: identityOf(120) })).total).toBe(0);
  for (const q of [identityOf(120), '钱七演示'])
    expect((await judge.list({ q, size: 100 })).rows.map((one) => one.id)).toContain(id);
});

test('R44: a person at two enterprises is a hint to the commission, and neither enterprise hears of the other', async () => {
  const [first, second] = [await people.enter('clerk1', 130), await people.enter('clerk2', 130)];
  const { people: judge } = await people.as('commission1');
  expect((await judge.get({ id: first })).elsewhere.map((one) => one.id)).toEqual([second]);
  expect((await (await people.as('clerk1')).people.get({ id: first })).elsewhere).toEqual([]);
});

test('R43: the export holds what its taker may see, and the log its digest', async () => {
  await people.enter('clerk4', 140);
  const taken = async (who: string) => {
    const { cookie } = await people.as(who);
    const reply = await served.server.inject({
      method: 'POST',
      url: '/api/elv/practitioner-exports',
      headers: { ...ownPage, cookie },
      payload: { filter: { enterpriseId: 'yard-4' }, reason: '年度核对人员名单' },
    });
    const lines: unknown[][] = [];
    if (reply.statusCode === 200)
      for await (const row of readWorkbook(Readable.from([reply.rawPayload]), standardLimits))
        lines.push([...row.cells]);
    return { status: reply.statusCode, last: lines.at(-1)?.slice(0, 3) };
  };
  expect(await taken('clerk4')).toEqual({ status: 200, last: ['钱七演示', identityOf(140), '13800130000'] });
  expect(await taken('commission1')).toMatchObject({
    status: 200,
    last: ['钱七演示', expect.stringContaining('***'), '138****0000'],
  });
  expect((await taken('clerk2')).status).toBe(409);
  expect((await taken('observer1')).status).toBe(403);
});

test('T2.10: conduct is told to the enterprise, its objection to the commission, and after five years nobody is shown it', async () => {
  const id = await people.enter('clerk5', 150);
  const conductId = await people.record('commission1', id);
  await people.step('clerk5', id, conductId, 'object', { reason: '当时已排空油液，有照片' });
  expect((await (await people.as('commission2')).people.summary({})).disputed).toBe(1);
  expect((await (await people.as('clerk5')).people.summary({})).disputed).toBe(0);
  await people.step('commission2', id, conductId, 'keep', { reason: '与现场检查笔录一致' });
  const told = async (who: string) =>
    (await served.client(noticeContract, (await people.as(who)).cookie).list({ size: 100 })).rows
      .filter(({ matter }) => matter.id === id)
      .map(({ title }) => title)
      .reverse();
  expect(await told('clerk5')).toEqual(['本企业人员有新的行为记录', '行为记录维持不变']);
  expect(await told('commission2')).toEqual(['行为记录有异议待处理']);
  expect(await told('clerk3')).toEqual([]);
  const { people: judge } = await people.as('commission1');
  expect(await judge.list({ conduct: 'bad', enterpriseId: 'yard-5' })).toMatchObject({ total: 1, rows: [{ bad: 1 }] });
  await sql`update elv.practitioner_conduct set occurred_on = '2021-11-20' where id = ${conductId}`.execute(
    served.database.ownerDb,
  );
  expect((await judge.get({ id })).conducts).toEqual([]);
  expect(await judge.list({ conduct: 'bad', enterpriseId: 'yard-5' })).toMatchObject({ total: 0 });
});

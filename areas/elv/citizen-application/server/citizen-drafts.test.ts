import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { agreeFirst, applyFor, fillIn } from '#apps/server/demo/citizen-walk.ts';
import { clearAbandonedFiles } from '#kernel/files/abandoned-files.ts';
import { diskStore } from '#kernel/files/store.disk.ts';
import { applyingAsAgent, type CitizenCaller, citizenAs, clerkOf } from '#testkit/citizen-hands.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';

// Real here: PostgreSQL, web server, the stores of files, the simulated one-stop service. Made up: the clock.
vi.setConfig({ testTimeout: 60_000 });

let it: TestProduct;
beforeAll(async () => {
  it = await aProduct();
  await it.settle();
});
afterAll(() => it.close());

const dayMs = 86_400_000;
const agent = (): Promise<CitizenCaller> => citizenAs(it, 'osp-1003');
const shot = () => applyingAsAgent(47_001, 'yard-1').picture('owner-id-front');
const consentOf = async (citizen: CitizenCaller, id: string, name: string) => {
  const text = (await citizen.view(id)).consents.find((one) => one.id === name);
  return { id, consent: name, version: text?.version ?? 0 };
};
const count = async (table: string, id: string): Promise<number> => {
  const column = table === 'elv.citizen_photo' ? 'application_id' : 'id';
  const { rows } = await sql<{ count: string }>`
    select count(*) as count from ${sql.table(table)} where ${sql.ref(column)} = ${id}`.execute(it.database.db);
  return Number(rows[0]?.count);
};

test('R62: papers of people are taken when the text that speaks of them was agreed to, and not before', async () => {
  const citizen = await agent();
  const { id } = await citizen.open(randomUUID());
  const view = await citizen.save(id, { as: 'agent' });
  const first = (part: string) => view.materials.find((one) => one.part === part)?.consentFirst;
  expect([first('licence-main'), first('owner-id-front')]).toEqual(['personal-information', 'identity-papers']);
  for (const part of ['licence-main', 'owner-id-front', 'agent-id-back'])
    await expect(citizen.photograph(id, part, shot())).rejects.toMatchObject({ code: 'CONSENT_FIRST', status: 422 });
  expect(await count('elv.citizen_photo', id)).toBe(0);
  const identity = await consentOf(citizen, id, 'identity-papers');
  for (const wrong of [
    { ...identity, version: 99 },
    { ...identity, consent: 'nothing' },
  ])
    await expect(citizen.citizen.agree(wrong)).rejects.toMatchObject({ code: 'OUTDATED' });
  const stranger = await citizenAs(it, 'osp-1002');
  await expect(stranger.citizen.agree(identity)).rejects.toMatchObject({ status: 404 });
  // The one text opens its own places only.
  await citizen.citizen.agree(identity);
  await citizen.photograph(id, 'owner-id-front', shot());
  await expect(citizen.photograph(id, 'licence-main', shot())).rejects.toMatchObject({ code: 'CONSENT_FIRST' });
  const agreed = await citizen.citizen.agree(await consentOf(citizen, id, 'personal-information'));
  expect(agreed.materials.every(({ consentFirst }) => consentFirst === null)).toBe(true);
  expect(agreed.consents.find((one) => one.id === 'identity-papers')?.agreedAt).toEqual(expect.any(String));
  await citizen.photograph(id, 'licence-main', shot());
  await citizen.step(id, 'recall', (await citizen.view(id)).version, {});
});

test('R62: what was agreed to on the way stands with its own moment, and not after handing in', async () => {
  const citizen = await agent();
  const { id } = await citizen.open(randomUUID());
  const whole = await fillIn(citizen, id, applyingAsAgent(47_002, 'yard-1'));
  const agreedAt = whole.consents.find((one) => one.id === 'identity-papers')?.agreedAt;
  it.clock.advance(60_000);
  const said = { consents: whole.consents.map((one) => ({ id: one.id, version: one.version })) };
  await citizen.step(id, 'submit', whole.version, said);
  const { consents } = await (await clerkOf(it, 'clerk1')).offered.get({ id });
  expect(consents.find(({ title }) => title.startsWith('身份证件'))?.at).toBe(agreedAt);
  const identity = await consentOf(citizen, id, 'identity-papers');
  await expect(citizen.citizen.agree(identity)).rejects.toMatchObject({ code: 'NOT_EDITABLE' });
});

test('R62: a draft nobody goes on with is erased with its photographs, their files too; what is filled in, or was handed in, stays', async () => {
  const { eraseDrafts } = it.product.elv.citizenApplications;
  const citizen = await agent();
  const draft = await citizen.save((await citizen.open(randomUUID())).id, { as: 'agent' });
  await agreeFirst(citizen, draft);
  await citizen.photograph(draft.id, 'owner-id-front', shot());
  const { id: kept } = await citizen.open(randomUUID());
  const { id: handedIn } = await applyFor(citizen, applyingAsAgent(47_003, 'yard-1'));
  // One from before drafts were erased.
  const { id: old } = await citizen.open(randomUUID());
  await sql`update elv.citizen_application set deadline_at = null where id = ${old}`.execute(it.database.ownerDb);
  const { rows: files } = await sql<{ id: string; key: string }>`
    select f.id, f.store_key as key from kernel.file f join elv.citizen_photo p on p.file_id = f.id
    where p.application_id = ${draft.id}`.execute(it.database.db);
  expect(files).toHaveLength(1);
  expect((await citizen.view(draft.id)).progress.note).toContain('将删除');
  const taken = await citizen.open(randomUUID());
  await agreeFirst(citizen, taken);
  await citizen.photograph(taken.id, 'owner-id-front', shot());
  await citizen.step(taken.id, 'recall', (await citizen.view(taken.id)).version, {});
  it.clock.advance(29 * dayMs);
  await eraseDrafts();
  expect(await count('elv.citizen_photo', taken.id)).toBe(1);
  await (await agent()).save(kept, { as: 'agent' });
  expect(await count('elv.citizen_application', draft.id)).toBe(1);
  it.clock.advance(2 * dayMs);
  expect(await eraseDrafts()).toBeGreaterThan(0);
  // Of what was taken back the row stays, without its photographs.
  it.clock.advance(dayMs);
  await eraseDrafts();
  expect([await count('elv.citizen_application', taken.id), await count('elv.citizen_photo', taken.id)]).toEqual([
    1, 0,
  ]);
  expect([await count('elv.citizen_application', draft.id), await count('elv.citizen_photo', draft.id)]).toEqual([
    0, 0,
  ]);
  for (const id of [kept, handedIn, old]) expect(await count('elv.citizen_application', id)).toBe(1);
  await expect((await agent()).view(draft.id)).rejects.toMatchObject({ status: 404 });
  const [file] = files;
  expect(await count('kernel.file', file?.id ?? '')).toBe(0);
  it.clock.advance(2 * dayMs);
  const { db } = it.database;
  const store = diskStore(it.filesFolder);
  await clearAbandonedFiles({ db, clock: it.clock, store });
  await expect(store.get(file?.key ?? '')).rejects.toThrow();
  const { rows: facts } = await sql<{ detail: string }>`
    select detail from kernel.audit_entry where action = 'elv.citizen-application.eraseDraft'
    and object_id = ${draft.id}`.execute(db);
  expect(facts).toHaveLength(1);
});

test('R49, R62: a period that runs out by night rings nobody’s phone before the morning', async () => {
  const { id } = await applyFor(await agent(), applyingAsAgent(47_004, 'yard-1'));
  const night = new Date(it.clock.now().getTime() + 10 * dayMs).toISOString().slice(0, 10);
  it.clock.set(`${night}T16:05:00Z`);
  await it.product.elv.citizenApplications.expire();
  const { rows } = await sql<{ due: Date }>`
    select due_at as due from kernel.outbox where exchange = 'send-sms' and case_id = ${id}`.execute(it.database.db);
  expect(rows.map(({ due }) => due.toISOString())).toEqual([
    `${new Date(Date.parse(night) + dayMs).toISOString().slice(0, 10)}T00:00:00.000Z`,
  ]);
});

test('R62: an application that was not taken and is filled in further keeps its photographs, and the citizen reads until when', async () => {
  const { eraseDrafts } = it.product.elv.citizenApplications;
  const { id } = await applyFor(await agent(), applyingAsAgent(47_005, 'yard-1'));
  const clerk = await clerkOf(it, 'clerk1');
  const { version } = await clerk.offered.get({ id });
  it.clock.advance(1_000);
  await clerk.steps.decline({ id, version, key: randomUUID(), input: { reason: '场地已满，近期不能接收' } });
  const photographs = await count('elv.citizen_photo', id);
  expect(photographs).toBeGreaterThan(0);
  it.clock.advance(29 * dayMs);
  await (await agent()).save(id, { enterpriseId: 'yard-2' });
  expect((await (await agent()).view(id)).progress.note).toContain('照片将删除');
  it.clock.advance(2 * dayMs);
  await eraseDrafts();
  expect(await count('elv.citizen_photo', id)).toBe(photographs);
  it.clock.advance(30 * dayMs);
  await eraseDrafts();
  expect([await count('elv.citizen_application', id), await count('elv.citizen_photo', id)]).toEqual([1, 0]);
});

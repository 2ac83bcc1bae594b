import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles } from '#apps/server/plans.ts';
import { familyVin } from '#apps/simulators/register/family.ts';
import { systemRole } from '#areas/elv/enterprise-system/model/enterprise-system.roles.ts';
import { accessOver } from '#kernel/access/access.ts';
import { canonical } from '#kernel/audit/canonical.ts';
import { writtenOut } from '#testkit/find-in-database.ts';
import { aSystem, type SystemHands } from '#testkit/intake-hands.ts';
import { anIdentityNo } from '#testkit/people.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { vehicleCaseContract } from '../model/vehicle-case.contract.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';

// Real here: PostgreSQL, web server, both implementations of the signature. No outside system answers; the clock is made up.
let it: ServedProduct;
let system: SystemHands;
beforeAll(async () => {
  it = await aServedProduct();
  system = await aSystem(it);
});
afterAll(() => it.close());

const cases = '/intake/cases';
const clerk = async (who = 'clerk1') => it.client(vehicleCaseContract, await it.signIn(who));

/** A draft, of a different vehicle for each number. */
const draft = (n: number, more: object = {}) => ({
  reference: `DD-2026-${n}`,
  sections: {
    papers: { vin: familyVin(n), plateNo: `沪A${String(n).padStart(5, '0')}`, plateTypeCode: '02' },
    owner: { ownerName: '孙演示', ownerIdentityNo: anIdentityNo(n), ownerPhone: '13800130000' },
  },
  ...more,
});

const count = async (n: number): Promise<number> => {
  const { rows } = await sql<{
    n: string;
  }>`select count(*) as n from elv.vehicle_case where vin = ${familyVin(n)}`.execute(it.database.db);
  return Number(rows[0]?.n);
};

describe('drafting', () => {
  test('R01: a draft opens a case with what was sent; the desk shows it, and the log says which system did it', async () => {
    const { status, body } = await system.call('POST', cases, draft(1));
    expect([status, body]).toEqual([
      200,
      { id: expect.any(String), caseNo: expect.stringMatching(/^SC\d{13}$/), reference: 'DD-2026-1' },
    ]);
    const view = await (await clerk()).get({ id: body.id });
    expect(view).toMatchObject({ caseNo: body.caseNo, state: 'intake', reference: 'DD-2026-1' });
    expect(view.sections[1]?.values).toMatchObject({ ownerName: '孙演示', ownerIdentityNo: anIdentityNo(1) });
    const { rows } = await sql<{ actor_name: string; detail: string }>`select actor_name, detail from kernel.audit_entry
      where action = 'elv.vehicle-case.open' and about_id = ${body.id}`.execute(it.database.ownerDb);
    expect(rows).toEqual([{ actor_name: '企业系统（厂务系统）', detail: expect.stringContaining('DD-2026-1') }]);
    // Of what was sent nothing personal lies anywhere in plain.
    expect((await writtenOut(it.database.ownerDb)).find(anIdentityNo(1))).toEqual([]);
  });

  test('R01: the same draft again is the same case; other content under its number is refused and says what to do', async () => {
    const first = await system.call('POST', cases, draft(2));
    expect(await system.call('POST', cases, draft(2))).toEqual(first);
    const { reference, sections } = draft(2);
    const reordered = { sections: { owner: sections.owner, papers: sections.papers }, reference };
    expect(await system.call('POST', cases, reordered)).toEqual(first);
    const other = { reference, sections: { ...sections, owner: { ...sections.owner, ownerName: '李演示' } } };
    expect(await system.call('POST', cases, other)).toMatchObject({
      status: 409,
      body: {
        code: 'REFERENCE_TAKEN',
        message: expect.stringContaining(first.body.caseNo),
        detail: { id: first.body.id },
      },
    });
    expect(await count(2)).toBe(1);
  });

  test('R01: five same drafts at once open one case, and all are answered with it', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => system.call('POST', cases, draft(3))));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(await count(3)).toBe(1);
  });

  test('R01: everything wrong is told together, by section and field; nothing is opened', async () => {
    const wrong = draft(4, {
      sections: { papers: { vin: 7, weight: '1' }, owner: { ownerPhone: [] }, agent: { hasAgent: 7 } },
    });
    const { status, body } = await system.call('POST', cases, wrong);
    expect([status, body.code]).toEqual([422, 'BAD_VALUE']);
    expect(body.problems.map(({ path }: { path: string }) => path)).toEqual([
      'papers.vin',
      'papers.weight',
      'owner.ownerPhone',
      'agent.hasAgent',
    ]);
    expect(await system.call('POST', cases, { reference: 'with blank', sections: { tow: {} } })).toMatchObject({
      status: 400,
      body: { code: 'MALFORMED', problems: [{ path: 'reference' }, { path: 'sections' }] },
    });
  });

  test('R01: a vehicle the enterprise has in hand is not opened twice; numbers of another enterprise are its own', async () => {
    const first = await system.call('POST', cases, draft(5));
    expect(await system.call('POST', cases, draft(5, { reference: 'DD-other' }))).toMatchObject({
      status: 409,
      body: { code: 'IN_HAND', message: expect.stringContaining(first.body.caseNo) },
    });
  });

  test('R01: five drafts of one vehicle at once, under five numbers, open one case', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => system.call('POST', cases, draft(8, { reference: `DD-at-once-${n}` }))),
    );
    expect(answers.map(({ body }) => body.code ?? 'opened').sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'IN_HAND'),
      'opened',
    ]);
    expect(await count(8)).toBe(1);
  });

  test('R01: contents are told apart by what was sent, not by what a case begins with', async () => {
    const { reference, sections } = draft(9);
    await system.call('POST', cases, { reference, sections });
    const { rows } = await sql<{ content_digest: string }>`select content_digest from elv.case_reference
      where reference = ${reference}`.execute(it.database.db);
    const sent = canonical({ registeredWithPolice: true, sections });
    expect(rows).toEqual([{ content_digest: await it.product.crypto.hmac('intake-content', sent) }]);
  });

  test('R13: a suspended enterprise opens nothing, is told why, and goes on with what it has', async () => {
    const before = await system.call('POST', cases, draft(6));
    await sql`insert into elv_qualification.standing (organisation_id, entry_id, certificate_no, status, valid_until, suspended_until, changed_at)
      values ('yard-1', 'e1', 'C1', 'qualified', '2030-01-01', '2026-12-31', now())`.execute(it.database.ownerDb);
    expect(await system.call('POST', cases, draft(7))).toMatchObject({
      status: 409,
      body: { code: 'NOT_ACCEPTING', message: expect.stringContaining('停业整顿') },
    });
    expect(await count(7)).toBe(0);
    expect((await system.photograph(before.body.id, 'licence-back')).status).toBe(200);
    await sql`delete from elv_qualification.standing`.execute(it.database.ownerDb);
  });
});

describe('filling', () => {
  test('R01: a section is saved like on the desk: what somebody has changed meanwhile is told, not overwritten', async () => {
    const { body } = await system.call('POST', cases, draft(10));
    const place = `${cases}/${body.id}/sections/owner`;
    const saved = await system.call('PUT', place, {
      changes: { ownerPhone: { was: '13800130000', now: '13900139000' } },
    });
    expect(saved).toMatchObject({ status: 200, body: { version: 2, faults: expect.any(Array) } });
    expect(saved.body.values).toBeUndefined();
    const people = await clerk();
    await people.saveSection({
      id: body.id,
      section: 'owner',
      changes: { ownerPhone: { was: '13900139000', now: '13700137000' } },
    });
    expect(
      await system.call('PUT', place, { changes: { ownerPhone: { was: '13900139000', now: '13600136000' } } }),
    ).toMatchObject({ status: 409, body: { code: 'CONFLICT', problems: [{ path: 'owner.ownerPhone' }] } });
    // And the other way round the clerk is told which system it was.
    await system.call('PUT', place, { changes: { ownerName: { was: '孙演示', now: '孙演示二' } } });
    await expect(
      people.saveSection({ id: body.id, section: 'owner', changes: { ownerName: { was: '孙演示', now: '孙三' } } }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
      problems: [{ message: expect.stringContaining('企业系统（厂务系统）') }],
    });
  });

  test('R01: a photograph arrives once, however often it is sent, with the digest its sender has signed', async () => {
    const { body } = await system.call('POST', cases, draft(11));
    const [bytes, key] = [aJpeg(60, 40), randomUUID()];
    const sent = await Promise.all([1, 2, 3].map(() => system.photograph(body.id, 'licence-back', bytes, key)));
    expect(new Set(sent.map((one) => `${one.status} ${one.body.id}`)).size).toBe(1);
    const { photos } = await (await clerk()).get({ id: body.id });
    expect(photos).toMatchObject([{ part: 'licence-back', operatorName: '企业系统（厂务系统）' }]);
    expect(await system.photograph(body.id, 'no-such-part')).toMatchObject({
      status: 422,
      body: { code: 'UNKNOWN_PART' },
    });
    expect(await system.photograph(body.id, 'licence-back', Buffer.from('no picture'))).toMatchObject({
      status: 422,
      body: { code: 'FILE_REFUSED' },
    });
  });
});

describe('asking', () => {
  test('R03: a system reads how a case stands and what it lacks, and nothing personal', async () => {
    const { body } = await system.call('POST', cases, draft(20));
    await system.photograph(body.id, 'licence-back');
    const read = await system.call('GET', `${cases}/${body.id}`);
    expect(read).toMatchObject({
      status: 200,
      body: {
        reference: 'DD-2026-20',
        state: 'intake',
        next: { action: 'submit' },
        editable: ['papers', 'owner', 'agent'],
      },
    });
    expect(read.body.missing.map(({ path }: { path: string }) => path)).toContain('papers.vehicleTypeCode');
    expect(read.body.photos).toContainEqual(expect.objectContaining({ part: 'licence-back', present: 1 }));
    for (const personal of ['孙演示', anIdentityNo(20), '13800130000'])
      expect(JSON.stringify(read.body)).not.toContain(personal);
  });

  test('R44: a case of another enterprise is one that is not there, for every operation with an id', async () => {
    const others = await (await clerk('clerk2')).open({ key: randomUUID(), registeredWithPolice: true });
    const gone = { status: 404, body: { code: 'NOT_FOUND' } };
    expect(await system.call('GET', `${cases}/${others.id}`)).toMatchObject(gone);
    expect(await system.call('PUT', `${cases}/${others.id}/sections/papers`, { changes: {} })).toMatchObject(gone);
    expect(await system.photograph(others.id, 'licence-back')).toMatchObject(gone);
    it.clock.advance(15_000);
    const all = await system.call('GET', `${cases}?size=200`);
    expect(all.body.cases.map(({ id }: { id: string }) => id)).not.toContain(others.id);
  });
});

test('R44: the role of systems drafts, fills and reads, and takes no step of a case', () => {
  const subject = {
    id: 's',
    name: '',
    organisationId: 'yard-1',
    organisationName: '',
    organisationCode: '',
    districtCode: null,
    roles: [systemRole],
  };
  const access = accessOver(roles);
  const may = (verb: string) => access.holds(subject, `elv.vehicle-case:${verb}`);
  expect(['open', 'edit', 'read'].map(may)).toEqual([true, true, true]);
  expect(Object.keys(vehicleCase.actions).filter(may)).toEqual([]);
  const granted = roles.find(({ id }) => id === systemRole)?.grants;
  expect(granted?.every(({ rows }) => rows === 'own-organisation')).toBe(true);
  expect(granted).toHaveLength(3);
});

test('T4.1: more calls than a system may make within a minute are refused with words, and the next minute is its own', async () => {
  const busy = await aSystem(it, { name: '忙系统' });
  const codes: number[] = [];
  // Somebody who plays one request back uses up nothing of it.
  const slips = { nonce: 'b'.repeat(32) };
  for (let n = 0; n < 4; n += 1) codes.push((await busy.call('GET', cases, undefined, slips)).status);
  expect(codes.splice(0)).toEqual([200, 401, 401, 401]);
  for (let n = 0; n < 601; n += 1) codes.push((await busy.call('GET', `${cases}?size=1`)).status);
  expect([codes.filter((code) => code === 200).length, codes.at(-1)]).toEqual([599, 429]);
  // Others are not slowed by it.
  expect((await system.call('GET', cases)).status).toBe(200);
  it.clock.advance(60_000);
  expect((await busy.call('GET', cases)).status).toBe(200);
}, 120_000);

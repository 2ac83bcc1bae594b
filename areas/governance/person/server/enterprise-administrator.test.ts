import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { deafWires } from '#testkit/deaf-wires.ts';
import { enterPerson, firstSignIn, giveRole, type PeopleClient, peopleAs, personValues } from '#testkit/people.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { personContract } from '../model/person.contract.ts';
import type { PersonVerb, PersonView } from '../model/person.view.ts';

const reason = '人员调离本岗位';
const nobody = '01a00000-0000-7000-8000-000000000000';

let served: ServedProduct;
let system: PeopleClient;
let yard1: PeopleClient;
let yard2: PeopleClient;

/** Opens cases as a clerk. */
const openCases = async (userName: string, count: number): Promise<readonly string[]> => {
  const cookie = await served.signIn(userName);
  const cases = served.client(vehicleCaseContract, cookie);
  const opened = [];
  for (let n = 0; n < count; n += 1) opened.push(await cases.open({ key: randomUUID(), registeredWithPolice: true }));
  return opened.map(({ id }) => id);
};

/** Enters an administrator of an enterprise and signs them in. */
const administratorOf = async (yard: string): Promise<{ person: PersonView; client: PeopleClient }> => {
  const { person, initialPassword } = await enterPerson(system, yard);
  await giveRole(served, person.id, 'enterprise-administrator');
  const cookie = await firstSignIn(served, person.userName, initialPassword);
  return { person, client: served.client(personContract, cookie) };
};

beforeAll(async () => {
  served = await aServedProduct();
  system = await peopleAs(served, 'admin1');
  yard1 = await peopleAs(served, 'yardadmin1');
  ({ client: yard2 } = await administratorOf('yard-2'));
});
afterAll(() => served.close());

/** One harmless way to try each thing with a person. */
const tries: Readonly<Record<PersonVerb | 'get' | 'work', (by: PeopleClient, personId: string) => Promise<unknown>>> = {
  get: (by, personId) => by.get({ personId }),
  work: (by, personId) => by.work({ personId }),
  edit: (by, personId) => by.edit({ personId, version: -1, changes: {} }),
  reveal: (by, personId) => by.reveal({ personId, field: 'phone', reason }),
  disable: (by, personId) => by.disable({ personId, reason }),
  enable: (by, personId) => by.enable({ personId, reason }),
  unlock: (by, personId) => by.unlock({ personId }),
  setValidity: (by, personId) => by.setValidity({ personId, validUntil: null }),
  resetPassword: (by, personId) => by.resetPassword({ personId }),
  resetFactor: (by, personId) => by.resetFactor({ personId }),
  endSessions: (by, personId) => by.endSessions({ personId }),
  handOver: (by, personId) => by.handOver({ personId, receiverId: nobody, reason }),
  setRoles: (by, personId) => by.setRoles({ personId, was: [], roles: ['elv-observer'] }),
};

/** The code a try was refused with, or that it was done. */
const outcome = async (tried: Promise<unknown>): Promise<string> => {
  try {
    await tried;
    return 'DONE';
  } catch (failure) {
    return (failure as { code: string }).code;
  }
};

test('R42, R44: what an enterprise’s administrator lists, reads and may do with anybody is one and the same', async () => {
  const places = ['yard-1', 'yard-2', 'yard-3', null] as const;
  const kinds = [null, 'elv-clerk', 'elv-observer', 'security-auditor'] as const;
  const plan = fc.sample(fc.tuple(fc.constantFrom(...places), fc.constantFrom(...kinds)), { numRuns: 24, seed: 42 });
  const population: { id: string; place: string | null; platform: boolean }[] = [];
  for (const [place, role] of plan) {
    const { person } = await enterPerson(system, place);
    if (role) await giveRole(served, person.id, role);
    population.push({ id: person.id, place, platform: role === 'elv-observer' || role === 'security-auditor' });
  }
  const administrators = [
    { by: yard1, place: 'yard-1' },
    { by: yard2, place: 'yard-2' },
  ];
  // The rule, written apart: people of one's own enterprise who hold nothing of the platform.
  const reaches = (place: string, person: (typeof population)[number]): boolean =>
    person.place === place && !person.platform;

  for (const { by, place } of administrators) {
    const { rows, total } = await by.list({ size: 100 });
    const listed = new Set(rows.map(({ id }) => id));
    expect(total).toBe(rows.length);
    expect(rows.every(({ organisationId }) => organisationId === place)).toBe(true);
    for (const person of population) expect(listed.has(person.id)).toBe(reaches(place, person));
  }
  // Whoever signed in would be thrown out by some of the tries.
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...administrators),
      fc.constantFrom(...population),
      fc.constantFrom(...(Object.keys(tries) as (keyof typeof tries)[])),
      async ({ by, place }, person, verb) => {
        const said = await outcome(tries[verb](by, person.id));
        expect([verb, said === 'NOT_FOUND']).toEqual([verb, !reaches(place, person)]);
      },
    ),
    { numRuns: 150, seed: 7 },
  );
}, 120_000);

test('R42: a foreign person is answered word for word like one who does not exist', async () => {
  for (const [verb, tryOn] of Object.entries(tries)) {
    const answers = await Promise.all(
      ['demo-clerk2', 'demo-admin1', 'demo-observer1', nobody].map((id) =>
        tryOn(yard1, id).then(
          () => 'DONE',
          (failure) => `${failure.status} ${failure.code} ${failure.message} ${JSON.stringify(failure.problems)}`,
        ),
      ),
    );
    expect([verb, new Set(answers).size, answers[0]]).toEqual([verb, 1, expect.stringContaining('404 NOT_FOUND')]);
  }
});

describe('R42: entering people for one’s own enterprise', () => {
  test('a name gets the enterprise’s ending, so trying names tells nothing about others', async () => {
    const { person } = await enterPerson(yard1, 'yard-1', { userName: 'clerk2' });
    expect(person.userName).toBe('clerk2@madema019');
    const again = enterPerson(yard1, 'yard-1', { userName: 'clerk2' });
    await expect(again).rejects.toMatchObject({
      code: 'FAULTY',
      problems: [{ path: 'userName', message: '这个用户名已有人使用，请换一个' }],
    });
    const foreign = enterPerson(yard1, 'yard-1', { userName: 'clerk2@madema027' });
    await expect(foreign).rejects.toMatchObject({ problems: [{ path: 'userName' }] });
  });

  test('a name whose holder one may not list cannot be had, and nobody is said to have it', async () => {
    const identityNo = personValues(960).identityNo;
    const hidden = { userName: 'hidden@madema019', values: { identityNo } };
    const { person } = await enterPerson(system, 'yard-1', hidden);
    await giveRole(served, person.id, 'elv-observer');
    await expect(enterPerson(yard1, 'yard-1', { userName: 'hidden' })).rejects.toMatchObject({
      problems: [{ path: 'userName', message: '这个用户名不能使用，请换一个' }],
    });
    expect((await enterPerson(yard1, 'yard-1', { values: { identityNo } })).person.id).not.toBe(person.id);
  });

  test('an identity number that somebody else’s people have is taken without a word', async () => {
    const { identityNo } = personValues(950);
    await enterPerson(yard2, 'yard-2', { values: { identityNo } });
    await enterPerson(system, null, { values: { identityNo } });
    const { person } = await enterPerson(yard1, 'yard-1', { values: { identityNo } });
    expect(person.sealed).toContain('identityNo');
  });

  test.each(['yard-2', null, 'nowhere'])('nobody is entered at %s', async (place) => {
    await expect(enterPerson(yard1, place)).rejects.toMatchObject({
      code: 'FAULTY',
      problems: [{ path: 'organisationId', message: '没有这个单位，请从列表中选择' }],
    });
  });

  test('only the own enterprise and roles that fit it are offered', async () => {
    const choices = await yard1.choices({});
    expect(choices).toMatchObject({ platform: false, ownNames: true });
    expect(choices.organisations).toEqual([expect.objectContaining({ id: 'yard-1', ending: '@madema019' })]);
    expect(choices.roles.map(({ id }) => id).sort()).toEqual([
      'elv-clerk',
      'elv-yard-reviewer',
      'enterprise-administrator',
    ]);
  });
});

describe('R42, R43: roles within an enterprise', () => {
  test('roles that fit are given and taken, hold at once, and are in the log', async () => {
    const { person, initialPassword } = await enterPerson(yard1, 'yard-1');
    expect(person.grantable).toEqual([
      { id: 'enterprise-administrator', title: '企业管理员', held: false },
      { id: 'elv-clerk', title: expect.any(String), held: false },
      { id: 'elv-yard-reviewer', title: expect.any(String), held: false },
    ]);
    const clerk = await yard1.setRoles({ personId: person.id, was: [], roles: ['elv-clerk'] });
    expect(clerk.roles.map(({ id }) => id)).toEqual(['elv-clerk']);
    const cookie = await firstSignIn(served, person.userName, initialPassword);
    const cases = () => served.server.inject({ url: '/api/elv/vehicle-cases', headers: { cookie } });
    expect((await cases()).statusCode).toBe(200);
    await yard1.setRoles({ personId: person.id, was: ['elv-clerk'], roles: [] });
    expect((await cases()).statusCode).toBe(403);
  });

  test.each(['elv-observer', 'elv-desk', 'system-administrator', 'nonsense'])(
    'the role %s is not an enterprise’s to give',
    async (role) => {
      const { person } = await enterPerson(yard1, 'yard-1');
      const given = yard1.setRoles({ personId: person.id, was: [], roles: [role] });
      await expect(given).rejects.toMatchObject({ code: 'NOT_GRANTABLE' });
    },
  );

  test('whoever saw other roles than stand is told', async () => {
    const { person } = await enterPerson(yard1, 'yard-1');
    await yard1.setRoles({ personId: person.id, was: [], roles: ['elv-clerk'] });
    const late = yard1.setRoles({ personId: person.id, was: [], roles: ['enterprise-administrator'] });
    await expect(late).rejects.toMatchObject({ code: 'CHANGED' });
  });
});

describe('R42: an enterprise keeps an administrator', () => {
  test('the last one can neither disable himself nor put the role away; with a second one he can', async () => {
    const { person, client } = await administratorOf('yard-3');
    const roles = { personId: person.id, was: ['enterprise-administrator'], roles: [] };
    await expect(client.disable({ personId: person.id, reason })).rejects.toMatchObject({ code: 'LAST_ADMINISTRATOR' });
    await expect(client.setRoles(roles)).rejects.toMatchObject({ code: 'LAST_ADMINISTRATOR' });
    const second = await administratorOf('yard-3');
    expect((await client.setRoles(roles)).roles).toEqual([]);
    await expect(second.client.disable({ personId: second.person.id, reason })).rejects.toMatchObject({
      code: 'LAST_ADMINISTRATOR',
    });
  });

  test('of two who shut one another out at the same moment one stays', async () => {
    const [first, second] = [await administratorOf('yard-4'), await administratorOf('yard-4')];
    const said = await Promise.all([
      outcome(first.client.disable({ personId: second.person.id, reason })),
      outcome(second.client.disable({ personId: first.person.id, reason })),
    ]);
    expect(said.filter((one) => one === 'DONE')).toHaveLength(1);
    const { rows } = await system.list({ organisationId: 'yard-4', roleId: 'enterprise-administrator' });
    expect(rows.filter(({ status }) => status === 'active')).toHaveLength(1);
  });

  test('the system administrator may close an enterprise down', async () => {
    const { person } = await administratorOf('yard-5');
    expect((await system.disable({ personId: person.id, reason })).status).toBe('disabled');
  });
});

describe('R42: handing work over', () => {
  test('cases in hand go to another of the same enterprise, in one go, with a fact on each', async () => {
    const before = (await yard1.work({ personId: 'demo-clerk1' })).work[0]?.count ?? 0;
    const ids = await openCases('clerk1', 3);
    const asked = await yard1.work({ personId: 'demo-clerk1' });
    expect(asked.work).toEqual([{ title: '在办报废案卷', count: before + 3 }]);
    expect(asked.receivers.map(({ id }) => id)).toContain('demo-clerk1b');
    expect(asked.receivers.map(({ id }) => id)).not.toContain('demo-clerk2');
    const relay = served.product.relay(deafWires);
    const handed = await yard1.handOver({ personId: 'demo-clerk1', receiverId: 'demo-clerk1b', reason });
    await relay.stop();
    expect(handed).toEqual({ moved: [{ title: '在办报废案卷', count: before + 3 }], underWay: false });
    expect((await yard1.work({ personId: 'demo-clerk1' })).work[0]?.count).toBe(0);
    const rows = await served.database.ownerDb
      .withTables<{ 'kernel.audit_entry': { chain: string; action: string } }>()
      .selectFrom('kernel.audit_entry')
      .select('chain')
      .where('action', '=', 'elv.vehicle-case.transferWork')
      .execute();
    expect(rows.map(({ chain }) => chain)).toEqual(expect.arrayContaining(ids.map((id) => `elv.vehicle-case:${id}`)));
  });

  test.each(['demo-clerk1', 'demo-clerk2', 'demo-observer1', nobody])('%s is no receiver', async (receiverId) => {
    const handed = yard1.handOver({ personId: 'demo-clerk1', receiverId, reason });
    await expect(handed).rejects.toMatchObject({ code: 'RECEIVER' });
  });

  test('a disabled person is no receiver', async () => {
    const { person } = await enterPerson(yard1, 'yard-1');
    await yard1.disable({ personId: person.id, reason });
    const handed = yard1.handOver({ personId: 'demo-clerk1', receiverId: person.id, reason });
    await expect(handed).rejects.toMatchObject({ code: 'RECEIVER' });
  });
});

describe('R42: an end the platform has set', () => {
  const limited = { code: 'LIMITED', message: expect.stringContaining('平台设定的有效期至 2027-03-31') };

  test('is not put off by the enterprise, in one step or in two, and may be brought forward', async () => {
    const { person } = await enterPerson(yard1, 'yard-1');
    const set = (by: PeopleClient, validUntil: string | null) => by.setValidity({ personId: person.id, validUntil });
    expect((await set(yard1, null)).validityLimit).toBeNull();
    await set(system, '2027-03-31');
    await expect(set(yard1, '2027-04-01')).rejects.toMatchObject(limited);
    await expect(set(yard1, null)).rejects.toMatchObject(limited);
    expect(await set(yard1, '2027-01-31')).toMatchObject({ validUntil: '2027-01-31', validityLimit: '2027-03-31' });
    await expect(set(yard1, '2027-04-01')).rejects.toMatchObject(limited);
    expect((await set(yard1, '2027-03-31')).validUntil).toBe('2027-03-31');
    expect((await set(system, '2028-03-31')).validityLimit).toBeNull();
    expect((await set(yard1, '2028-01-01')).validUntil).toBe('2028-01-01');
  });

  test('also holds where it was set when the account was opened', async () => {
    const { person } = await enterPerson(system, 'yard-1', { values: { validUntil: '2027-03-31' } });
    await expect(yard1.setValidity({ personId: person.id, validUntil: null })).rejects.toMatchObject(limited);
    const own = (await enterPerson(yard1, 'yard-1', { values: { validUntil: '2027-03-31' } })).person;
    expect((await yard1.setValidity({ personId: own.id, validUntil: null })).validUntil).toBeNull();
  });
});

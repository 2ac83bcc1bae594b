import { randomUUID } from 'node:crypto';
import { accountContract } from '#areas/governance/account/model/account.contract.ts';
import { credentialChangeContract } from '#areas/governance/credential-change/model/credential-change.contract.ts';
import { personContract } from '#areas/governance/person/model/person.contract.ts';
import type { PersonView } from '#areas/governance/person/model/person.view.ts';
import type { Grant } from '#kernel/access/access.ts';
import type { Client } from '#kernel/contract/client.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { identityCheckDigit } from '#practices/identity-codes/model/identity-number.ts';
import { ownPage, type ServedProduct } from './served-product.ts';

/** Calls of user management by one signed-in person. */
export type PeopleClient = Client<typeof personContract>;

/** A made-up identity number, a different one for each number below a thousand times the days of a year. */
export const anIdentityNo = (n: number): string => {
  const born = new Date(Date.UTC(1990, 0, 1 + Math.floor(n / 1000)));
  const first = `310101${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(n % 1000).padStart(3, '0')}`;
  return first + identityCheckDigit(first);
};

/** What is typed for a new person. */
export const personValues = (n: number): Record<string, unknown> => ({
  name: '测试演示',
  identityNo: anIdentityNo(n),
  phone: `138${String(10_000_000 + n)}`,
});

/** User management as one demo person sees it. */
export const peopleAs = async (served: ServedProduct, userName: string): Promise<PeopleClient> =>
  served.client(personContract, await served.signIn(userName));

let made = 0;

/** A new person, entered by somebody who may. */
export const enterPerson = async (
  by: PeopleClient,
  organisationId: string | null,
  more: { readonly userName?: string; readonly values?: Record<string, unknown> } = {},
): Promise<{ readonly person: PersonView; readonly initialPassword: string; readonly half: boolean }> => {
  made += 1;
  const values = { ...personValues(made), ...more.values };
  return by.create({ userName: more.userName ?? `person${made}`, organisationId, values });
};

/** Agrees, as a security administrator, to what waits for a person; answers the second half of a password that was set. */
export const agreeTo = async (served: ServedProduct, personId: string): Promise<string | undefined> => {
  const second = served.client(credentialChangeContract, await served.signIn('security1'));
  const { userName } = await served.database.db
    .withTables<{ 'governance.user_account': { id: string; user_name: string } }>()
    .selectFrom('governance.user_account')
    .select('user_name as userName')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  const { rows } = await second.list({ open: 'true', size: 100 });
  const waiting = rows.find(({ summary }) => summary.includes(`（${userName}，`));
  if (!waiting) throw new Error(`nothing waits for ${userName}`);
  const { handed } = await second.approve({ id: waiting.id, version: waiting.version, key: randomUUID(), input: {} });
  return handed?.half;
};

/** The same of somebody just entered: the whole password, also where another person has to agree to it. */
export const wholePassword = async (
  served: ServedProduct,
  { person, initialPassword, half }: Awaited<ReturnType<typeof enterPerson>>,
): Promise<string> => (half ? `${initialPassword}-${await agreeTo(served, person.id)}` : initialPassword);

/** Signs in with a password; answers how far that led and the cookie. */
export const signInWith = async (
  served: ServedProduct,
  userName: string,
  password: string,
): Promise<{ readonly status: number; readonly stage: string; readonly cookie: string }> => {
  const reply = await served.server.inject({
    method: 'POST',
    url: `/api${accountContract.signIn.path}`,
    headers: ownPage,
    payload: { userName, password },
  });
  const cookie = String(reply.headers['set-cookie'] ?? '').split(';')[0] ?? '';
  return { status: reply.statusCode, stage: reply.json().stage ?? reply.json().code, cookie };
};

/** The first sign-in of a new person: the initial password leads to nothing but choosing another. Answers the cookie. */
export const firstSignIn = async (served: ServedProduct, userName: string, initial: string): Promise<string> => {
  const { cookie } = await signInWith(served, userName, initial);
  const reply = await served.server.inject({
    method: 'PUT',
    url: `/api${accountContract.choosePassword.path}`,
    headers: { ...ownPage, cookie },
    payload: { next: 'Quite-Other-2026' },
  });
  return String(reply.headers['set-cookie'] ?? '').split(';')[0] ?? '';
};

/** Gives a role past all pages, as the demo does. */
export const giveRole = async ({ database, product, clock }: ServedProduct, subjectId: string, roleId: string) => {
  const by = { id: 'system', name: '系统', organisationId: null, ip: '' };
  const change = { by, what: { why: 'test' }, at: clock.now(), traceId: 'test' };
  await inTransaction(database.db, (tx) =>
    product.accessList.change(tx, change, (list) => ({
      ...list,
      holdings: [...list.holdings, { subjectId, roleId }],
    })),
  );
  await product.access.check();
};

/** Takes all roles from a person and gives one of the test's own, past all pages; the process follows at once. */
export const holdOnly = async (
  { database, product, clock }: Pick<ServedProduct, 'database' | 'product' | 'clock'>,
  subjectId: string,
  grants: readonly Grant[],
): Promise<void> => {
  const by = { id: 'system', name: '系统', organisationId: null, ip: '' };
  const change = { by, what: { why: 'test' }, at: clock.now(), traceId: 'test' };
  const role = { id: `only-${subjectId}`, title: '测试', level: 'platform', grants, shipped: false } as const;
  await inTransaction(database.db, (tx) =>
    product.accessList.change(tx, change, (list) => ({
      ...list,
      roles: [...list.roles.filter(({ id }) => id !== role.id), role],
      holdings: [...list.holdings.filter((one) => one.subjectId !== subjectId), { subjectId, roleId: role.id }],
    })),
  );
  await product.access.check();
  clock.advance(4_000);
};

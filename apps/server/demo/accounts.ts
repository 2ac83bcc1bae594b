import type { DemoAccount } from '#areas/governance/account/server/account.handlers.ts';
import {
  ensureAccount,
  ensureOrganisation,
  type NewAccount,
  type Organisation,
} from '#areas/governance/account/server/account.store.ts';
import type { Subject } from '#kernel/access/access.ts';
import type { AccessListStore } from '#kernel/access/access-list.store.ts';
import type { AccessList, Holding } from '#kernel/access/access-list.ts';
import type { StoredAccess } from '#kernel/access/stored-access.ts';
import { hashPassword } from '#kernel/crypto/password.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';

/** The made-up dismantling yards of the demo. Source: domain 11.2. */
export const demoYards: readonly Organisation[] = [
  ['yard-1', '沪示例报废车回收拆解一厂有限公司（演示）', '91310115MADEMA0198', '310115'],
  ['yard-2', '示例循环汽车拆解（闵行）有限公司（演示）', '91310112MADEMA027P', '310112'],
  ['yard-3', '演示绿源拆解（嘉定）有限公司', '91310114MADEMA035F', '310114'],
  ['yard-4', '演示新能源车拆解（青浦）有限公司', '91310118MADEMA0434', '310118'],
  ['yard-5', '演示报废车服务（奉贤）有限公司', '91310120MADEMA051T', '310120'],
].map(([id = '', name = '', creditCode = '', districtCode = '']) => ({
  id,
  name,
  creditCode,
  districtCode,
  kind: 'dismantler',
}));

interface Person {
  readonly userName: string;
  readonly name: string;
  readonly roleId: string;
  readonly roleTitle: string;
  readonly yard: Organisation | null;
}

const clerk = (userName: string, name: string, yard: number): Person => ({
  userName,
  name,
  roleId: 'elv-clerk',
  roleTitle: '回收企业经办人',
  yard: demoYards[yard - 1] ?? null,
});
const official = (userName: string, name: string, roleId: string, roleTitle: string): Person => ({
  userName,
  name,
  roleId,
  roleTitle,
  yard: null,
});

const people: readonly Person[] = [
  clerk('clerk1', '周一演示', 1),
  clerk('clerk1b', '周二演示', 1),
  clerk('clerk2', '吴一演示', 2),
  clerk('clerk3', '郑一演示', 3),
  clerk('clerk4', '王一演示', 4),
  clerk('clerk5', '冯一演示', 5),
  official('desk1', '陈审演示', 'elv-desk', '车管审核'),
  official('desk2', '褚审演示', 'elv-desk', '车管审核'),
  official('commission1', '卫商演示', 'elv-commission', '商务委审核'),
  official('commission2', '蒋商演示', 'elv-commission', '商务委审核'),
  official('observer1', '沈查演示', 'elv-observer', '监管查阅'),
  official('admin1', '韩管演示', 'system-administrator', '系统管理员'),
  official('security1', '朱安演示', 'security-administrator', '安全管理员'),
  official('security2', '秦安演示', 'security-administrator', '安全管理员'),
  official('auditor1', '杨审演示', 'security-auditor', '安全审计员'),
  official('auditor2', '柳审演示', 'security-auditor', '安全审计员'),
];

/** One password for all of them: these accounts exist in demo mode only. */
const password = 'Demo-2026!';

/** The demo accounts as the terminal and the sign-in page list them. */
export const demoAccounts: readonly DemoAccount[] = people.map(({ userName, name, roleTitle, yard }) => ({
  userName,
  password,
  name,
  role: roleTitle,
  organisationName: yard?.name ?? null,
}));

const accountOf = (person: Person, passwordHash: string, at: Date): NewAccount => ({
  id: `demo-${person.userName}`,
  userName: person.userName,
  name: person.name,
  organisationId: person.yard?.id ?? null,
  passwordHash,
  at,
});

const holdings: readonly Holding[] = people.map(({ userName, roleId }) => ({ subjectId: `demo-${userName}`, roleId }));

const withDemoHoldings = (list: AccessList): AccessList => {
  const known = new Set(list.holdings.map(({ subjectId }) => subjectId));
  const missing = holdings.filter(({ subjectId }) => !known.has(subjectId));
  return missing.length === 0 ? list : { ...list, holdings: [...list.holdings, ...missing] };
};

/** Adds the demo's yards and people where they are missing, and gives them their roles; a broken access list is left alone. */
export const ensureDemoAccounts = async (
  db: Db,
  { access, accessList }: { readonly access: StoredAccess; readonly accessList: AccessListStore },
  at: Date,
): Promise<void> => {
  const passwordHash = await hashPassword(password);
  await access.installRoles();
  const by = { id: 'system', name: '系统', organisationId: null, ip: '' };
  const change = { by, what: { why: 'demo-accounts' }, at, traceId: 'installation' };
  await inTransaction(db, async (tx) => {
    for (const yard of demoYards) await ensureOrganisation(tx, yard);
    for (const person of people) await ensureAccount(tx, accountOf(person, passwordHash, at));
    if (access.list().version > 0) await accessList.change(tx, change, withDemoHoldings);
  });
  await access.check();
};

/** The demo person of a user name, as the engine sees one who has signed in. Errors: throws for an unknown name. */
export const demoSubject = (userName: string): Subject => {
  const person = people.find((one) => one.userName === userName);
  if (!person) throw new Error(`no demo person ${userName}`);
  return {
    id: `demo-${person.userName}`,
    name: person.name,
    organisationId: person.yard?.id ?? null,
    organisationName: person.yard?.name ?? null,
    organisationCode: person.yard?.creditCode ?? null,
    districtCode: person.yard?.districtCode ?? null,
    roles: [person.roleId],
  };
};

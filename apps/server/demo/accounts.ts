import { citizens } from '#apps/simulators/sign-on/people.ts';
import type { DemoAccount } from '#areas/governance/account/server/account.parts.ts';
import {
  ensureAccount,
  ensureOrganisation,
  type NewAccount,
  type Organisation,
} from '#areas/governance/account/server/account.store.ts';
import { setIdentityIndex } from '#areas/governance/account/server/account-state.store.ts';
import { findTotp } from '#areas/governance/account/server/second-factor.store.ts';
import { totpsOver } from '#areas/governance/account/server/totp.ts';
import { writeDetails } from '#areas/governance/person/server/person.store.ts';
import { sealedColumns } from '#areas/governance/person/server/person-entry.ts';
import type { Subject } from '#kernel/access/access.ts';
import type { AccessListStore } from '#kernel/access/access-list.store.ts';
import type { AccessList, Holding } from '#kernel/access/access-list.ts';
import type { StoredAccess } from '#kernel/access/stored-access.ts';
import { blindIndex } from '#kernel/crypto/blind-index.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { hashPassword } from '#kernel/crypto/password.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { ticketsOver } from '#practices/captcha/server/tickets.ts';

/** The made-up dismantling yards of the demo. Source: domain 11.2. */
export const demoYards: readonly Organisation[] = [
  ['yard-1', '沪示例报废车回收拆解一厂有限公司（演示）', '91310115MADEMA0198', '310115'],
  ['yard-2', '示例循环汽车拆解（闵行）有限公司（演示）', '91310112MADEMA027P', '310112'],
  ['yard-3', '演示绿源拆解（嘉定）有限公司', '91310114MADEMA035F', '310114'],
  ['yard-4', '演示新能源车拆解（青浦）有限公司', '91310118MADEMA0434', '310118'],
  ['yard-5', '演示报废车服务（奉贤）有限公司', '91310120MADEMA051T', '310120'],
  // In the story of qualifications the sixth is suspended, the seventh applies, the eighth has done nothing yet.
  ['yard-6', '演示再生车辆拆解（松江）有限公司', '91310117MADEMA06X8', '310117'],
  ['yard-7', '演示循环报废车（宝山）有限公司', '91310113MADEMA078E', '310113'],
  ['yard-8', '演示新开拆解（崇明）有限公司', '91310151MADEMA086A', '310151'],
].map(([id = '', name = '', creditCode = '', districtCode = '']) => ({
  id,
  name,
  creditCode,
  districtCode,
  kind: 'dismantler',
}));

/** Those of them that may accept vehicles throughout the story. */
export const demoYardsAtWork: readonly Organisation[] = demoYards.slice(0, 5);

interface Person {
  readonly userName: string;
  readonly name: string;
  readonly roleId: string;
  readonly roleTitle: string;
  readonly yard: Organisation | null;
  /** The person has a second factor from the start; its code stands on the demo's sign-in page. */
  readonly enrolled?: true;
  /** The person has never signed in: the password must be changed, and a second factor enrolled. */
  readonly fresh?: true;
}

const clerk = (userName: string, name: string, yard: number): Person => ({
  userName,
  name,
  roleId: 'elv-clerk',
  roleTitle: '回收企业经办人',
  yard: demoYards[yard - 1] ?? null,
});
const yardReviewer = (userName: string, name: string, yard: number): Person => ({
  ...clerk(userName, name, yard),
  roleId: 'elv-yard-reviewer',
  roleTitle: '回收企业内部审核',
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
  yardReviewer('review1', '周审演示', 1),
  yardReviewer('review2', '吴审演示', 2),
  clerk('clerk6', '许一演示', 6),
  clerk('clerk7', '何一演示', 7),
  clerk('clerk8', '吕一演示', 8),
  {
    userName: 'yardadmin1',
    name: '李管演示',
    roleId: 'enterprise-administrator',
    roleTitle: '企业管理员',
    yard: demoYards[0] ?? null,
  },
  official('desk1', '陈审演示', 'elv-desk', '车管审核'),
  official('desk2', '褚审演示', 'elv-desk', '车管审核'),
  official('commission1', '卫商演示', 'elv-commission', '商务委审核'),
  official('commission2', '蒋商演示', 'elv-commission', '商务委审核'),
  official('observer1', '沈查演示', 'elv-observer', '监管查阅'),
  official('export1', '韩导演示', 'data-exporter', '数据导出专员'),
  { ...official('admin1', '韩管演示', 'system-administrator', '系统管理员'), enrolled: true },
  { ...official('newcomer1', '朱新演示', 'system-administrator', '系统管理员（首次登录）'), fresh: true },
  { ...official('security1', '朱安演示', 'security-administrator', '安全管理员'), enrolled: true },
  { ...official('security2', '秦安演示', 'security-administrator', '安全管理员'), enrolled: true },
  { ...official('auditor1', '杨审演示', 'security-auditor', '安全审计员'), enrolled: true },
  { ...official('auditor2', '柳审演示', 'security-auditor', '安全审计员'), enrolled: true },
];

/** One password for all of them: these accounts exist in demo mode only. */
const password = 'Demo-2026!';

/** The demo accounts as the terminal and the sign-in page list them. */
export const demoAccounts: readonly DemoAccount[] = people.map(({ userName, name, roleTitle, yard }) => ({
  id: `demo-${userName}`,
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
  mustChange: person.fresh ?? false,
  at,
});

const holdings: readonly Holding[] = people.map(({ userName, roleId }) => ({ subjectId: `demo-${userName}`, roleId }));

const withDemoHoldings = (list: AccessList): AccessList => {
  const known = new Set(list.holdings.map(({ subjectId }) => subjectId));
  const missing = holdings.filter(({ subjectId }) => !known.has(subjectId));
  return missing.length === 0 ? list : { ...list, holdings: [...list.holdings, ...missing] };
};

/** Where the people of the yards are reached; made up, and at the simulated gateways only. */
const ensureReach = async (tx: Tx, crypto: Crypto, { userName, yard }: Person): Promise<void> => {
  if (!yard) return;
  const order = people.filter((one) => one.yard).findIndex((one) => one.userName === userName);
  const phone = `1380000${String(1001 + order * 10).padStart(4, '0')}`;
  const columns = await sealedColumns(crypto, `demo-${userName}`, { phone, email: `${userName}@demo.example` });
  await writeDetails(tx, `demo-${userName}`, columns, false);
};

/** What the made-up government sign-on knows of them, and a second factor for those who must have one. The secret is known to everybody: demo mode only. */
const ensureSignIn = async (tx: Tx, crypto: Crypto, { userName, name, enrolled }: Person, at: Date): Promise<void> => {
  const id = `demo-${userName}`;
  const citizen = citizens.find((one) => one.name === name);
  if (citizen) {
    await setIdentityIndex(tx, id, await blindIndex(crypto, 'identity-number', citizen.identityNo));
    // Sealed beside it, as of everybody: out of this the index is made anew when keys are renewed.
    const { identityNo } = citizen;
    await writeDetails(tx, id, await sealedColumns(crypto, id, { identityNo }), false);
  }
  if (!enrolled || (await findTotp(tx, id))) return;
  const secret = Buffer.from(sm3Hex(`demo second factor of ${userName}`), 'hex').subarray(0, 20);
  await totpsOver(crypto, ticketsOver(crypto, 'governance')).enrol(tx, id, secret, at);
};

/** Adds the demo's yards and people where they are missing, and gives them their roles; a broken access list is left alone. */
export const ensureDemoAccounts = async (
  db: Db,
  {
    access,
    accessList,
    crypto,
  }: { readonly access: StoredAccess; readonly accessList: AccessListStore; readonly crypto: Crypto },
  at: Date,
): Promise<void> => {
  const passwordHash = await hashPassword(password);
  await access.installRoles();
  const by = { id: 'system', name: '系统', organisationId: null, ip: '' };
  const change = { by, what: { why: 'demo-accounts' }, at, traceId: 'installation' };
  await inTransaction(db, async (tx) => {
    for (const yard of demoYards) await ensureOrganisation(tx, yard);
    for (const person of people) {
      if (await ensureAccount(tx, accountOf(person, passwordHash, at))) await ensureReach(tx, crypto, person);
      await ensureSignIn(tx, crypto, person, at);
    }
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

import { demoYardsAtWork } from '#apps/server/demo/accounts.ts';
import { roles } from '#apps/server/plans.ts';
import {
  ensureAccount,
  ensureOrganisation,
  type Organisation,
} from '#areas/governance/account/server/account.store.ts';
import type { AccessListStore } from '#kernel/access/access-list.store.ts';
import { type AccessList, type ListedRole, withShippedRoles } from '#kernel/access/access-list.ts';
import { hashPassword } from '#kernel/crypto/password.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import {
  creditCheckCharacter,
  organisationCheckCharacter,
} from '#practices/identity-codes/model/social-credit-code.ts';

/** Somebody who takes steps. */
export interface Hand {
  readonly id: string;
  readonly name: string;
}

/** A yard that accepts vehicles. `weight` is how much of all it takes. */
export interface Yard extends Organisation {
  readonly weight: number;
  readonly clerks: readonly Hand[];
}

/** Everybody who works in a trial. */
export interface TrialPeople {
  readonly yards: readonly Yard[];
  readonly desks: readonly Hand[];
  readonly commission: readonly Hand[];
}

const districts: readonly (readonly [code: string, name: string])[] = [
  ['310115', '浦东'],
  ['310112', '闵行'],
  ['310114', '嘉定'],
  ['310118', '青浦'],
  ['310120', '奉贤'],
  ['310117', '松江'],
  ['310113', '宝山'],
  ['310116', '金山'],
  ['310151', '崇明'],
];

const numbered = (prefix: string, name: string, count: number): readonly Hand[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `${prefix}-${String(at + 1).padStart(3, '0')}`,
    name: `${name}${String(at + 1).padStart(3, '0')}`,
  }));

const creditCode = (district: string, order: number): string => {
  const body = `TRAL${String(order).padStart(4, '0')}`;
  const first17 = `91${district}${body}${organisationCheckCharacter(body)}`;
  return `${first17}${creditCheckCharacter(first17)}`;
};

/** Yards besides those of the demo, which are the largest. */
const moreYards = 25;

const trialYards: readonly Organisation[] = Array.from({ length: moreYards }, (_, at) => {
  const [code, name] = districts[at % districts.length] ?? ['310115', '浦东'];
  const order = at + 1;
  const kind = 'dismantler';
  const title = `试用报废车拆解（${name}）${String(order).padStart(2, '0')}厂`;
  return { id: `trial-yard-${order}`, name: title, creditCode: creditCode(code, order), districtCode: code, kind };
});

/** The yards, the first the largest; each with the clerks who work there, two hundred and twenty people in all with the authority's. Source: T2.7. */
export const trialPeople: TrialPeople = {
  yards: [...demoYardsAtWork, ...trialYards].map((yard, at) => ({
    ...yard,
    weight: 1 / (at + 1) ** 0.9,
    clerks: numbered(`trial-clerk-${at + 1}`, `试用经办${at + 1}-`, 5),
  })),
  desks: numbered('trial-desk', '试用车管', 25),
  commission: numbered('trial-commission', '试用商委', 36),
};

const officers = districts.map(([code, name]) => ({
  id: `trial-officer-${code}`,
  name: `试用${name}监管`,
  office: {
    id: `trial-office-${code}`,
    name: `${name}区商务委（试用）`,
    creditCode: `11${code}`,
    districtCode: code,
    kind: 'authority',
  },
}));

const officerRole: ListedRole = {
  id: 'trial-district-officer',
  title: '区级监管人员（试用）',
  level: 'platform',
  shipped: false,
  grants: ['elv.vehicle-case:read', 'elv.progress:read'].map((permission) => ({
    permission,
    rows: 'own-district',
    personal: 'masked',
  })),
};

const held = (hands: readonly Hand[], roleId: string) => hands.map(({ id }) => ({ subjectId: id, roleId }));

const holdings = [
  ...trialPeople.yards.flatMap(({ clerks }) => held(clerks, 'elv-clerk')),
  ...held(trialPeople.desks, 'elv-desk'),
  ...held(trialPeople.commission, 'elv-commission'),
  ...held(officers, officerRole.id),
];

const withTrialHoldings = (list: AccessList): AccessList => {
  const known = withShippedRoles(list, roles);
  const ids = new Set(known.holdings.map(({ subjectId }) => subjectId));
  return {
    ...known,
    roles: [...known.roles.filter(({ id }) => id !== officerRole.id), officerRole],
    holdings: [...known.holdings, ...holdings.filter(({ subjectId }) => !ids.has(subjectId))],
  };
};

/** Gives everybody an account and a role, where they have none; all with one password, which is for trials only. The user name is the id. */
export const ensureTrialPeople = async (
  db: Db,
  accessList: AccessListStore,
  password: string,
  at: Date,
): Promise<void> => {
  const passwordHash = await hashPassword(password);
  const account = ({ id, name }: Hand, organisationId: string | null) => ({
    id,
    userName: id,
    name,
    organisationId,
    passwordHash,
    at,
  });
  const by = { id: 'system', name: '系统', organisationId: null, ip: '' };
  await inTransaction(db, async (tx) => {
    for (const { weight: _weight, clerks, ...yard } of trialPeople.yards) {
      await ensureOrganisation(tx, yard);
      for (const clerk of clerks) await ensureAccount(tx, account(clerk, yard.id));
    }
    for (const one of [...trialPeople.desks, ...trialPeople.commission]) await ensureAccount(tx, account(one, null));
    for (const { office, ...officer } of officers) {
      await ensureOrganisation(tx, office);
      await ensureAccount(tx, account(officer, office.id));
    }
    await accessList.change(tx, { by, what: { why: 'trial-people' }, at, traceId: 'installation' }, withTrialHoldings);
  });
};

import { canonical } from '#kernel/audit/canonical.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { lineage, type Role, type SpecialGrant } from './access.ts';

/** That a subject holds a role. */
export interface Holding {
  readonly subjectId: string;
  readonly roleId: string;
}

/** A role with whether it came with the product; shipped roles change with the product only. */
export interface ListedRole extends Role {
  readonly shipped: boolean;
}

/** Everything permissions are judged by, as one value: it is changed, digested and signed as a whole. Source: tender R43, R44, R55 (3). */
export interface AccessList {
  /** Grows by one with every change, from 1; 0 before the first. */
  readonly version: number;
  readonly roles: readonly ListedRole[];
  readonly holdings: readonly Holding[];
  readonly special: readonly SpecialGrant[];
}

/** The list before anything was put into it. */
export const emptyList: AccessList = Object.freeze({ version: 0, roles: [], holdings: [], special: [] });

const byText = <T>(rows: readonly T[], text: (row: T) => string): readonly T[] =>
  [...rows].sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));

/** The list in the order it is written down. */
export const inOrder = ({ version, roles, holdings, special }: AccessList): AccessList => ({
  version,
  roles: byText(roles, ({ id }) => id),
  holdings: byText(holdings, ({ subjectId, roleId }) => `${subjectId} ${roleId}`),
  special: byText(special, ({ id }) => id),
});

/** The one text of a list, whatever order its rows were read in. Its SM3 digest is what is signed. */
export const listText = (list: AccessList): string => canonical({ scheme: 'access-list/1', ...inOrder(list) });

/** SM3 over {@link listText}, hex. */
export const listDigest = (list: AccessList): string => sm3Hex(listText(list));

/** The roles each subject holds. */
export const rolesBySubject = (holdings: readonly Holding[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...Map.groupBy(holdings, ({ subjectId }) => subjectId)].map(([id, held]) => [
      id,
      held.map(({ roleId }) => roleId),
    ]),
  );

/** Roles with every role they inherit from. A role the list does not know stands for itself. */
const withAncestors = ({ roles }: Pick<AccessList, 'roles'>, roleIds: readonly string[]): readonly string[] => {
  const byId = new Map(roles.map((role) => [role.id, role]));
  return [...new Set(roleIds.flatMap((id) => [id, ...lineage(byId, id).map((role) => role.id)]))];
};

/** The roles of the platform, by themselves or by what they inherit. */
export const platformRoles = ({ roles }: Pick<AccessList, 'roles'>): ReadonlySet<string> => {
  const byId = new Map(roles.map((role) => [role.id, role]));
  const ofPlatform = ({ id }: Role): boolean => lineage(byId, id).some(({ level }) => level === 'platform');
  return new Set(roles.filter(ofPlatform).map(({ id }) => id));
};

/** Who is trusted with more than an organisation's own roles give: holders of a role of the platform, and whoever is allowed something specially, from the grant on until its term is over. */
export const platformSubjects = (
  list: Pick<AccessList, 'roles' | 'holdings' | 'special'>,
  at: Date,
): ReadonlySet<string> => {
  const platform = platformRoles(list);
  return new Set([
    ...list.holdings.filter(({ roleId }) => platform.has(roleId)).map(({ subjectId }) => subjectId),
    ...list.special.filter(({ effect, until }) => effect === 'allow' && at < until).map(({ subjectId }) => subjectId),
  ]);
};

/** Who holds a role, itself or by a role that inherits from it. */
export const holdersOf = (list: AccessList, roleId: string): readonly string[] => [
  ...new Set(
    list.holdings.filter((one) => withAncestors(list, [one.roleId]).includes(roleId)).map(({ subjectId }) => subjectId),
  ),
];

/** Who holds a permission on anything at all, by a role or specially. */
export const holdersOfPermission = (
  { roles, holdings, special }: AccessList,
  permission: string,
): readonly string[] => {
  const byId = new Map(roles.map((role) => [role.id, role]));
  const giving = new Set(
    roles
      .filter(({ id }) => lineage(byId, id).some(({ grants }) => grants.some((one) => one.permission === permission)))
      .map(({ id }) => id),
  );
  const allowed = special.filter((one) => one.permission === permission && one.effect === 'allow');
  return [
    ...new Set([
      ...holdings.filter(({ roleId }) => giving.has(roleId)).map(({ subjectId }) => subjectId),
      ...allowed.map(({ subjectId }) => subjectId),
    ]),
  ];
};

const inheritsItself = (byId: ReadonlyMap<string, Role>, { id, parents = [] }: Role): boolean =>
  parents.some((parent) => parent === id || lineage(byId, parent).some((one) => one.parents?.includes(id)));

const roleFaults = (list: AccessList, known: ReadonlySet<string>): readonly string[] => {
  const byId = new Map(list.roles.map((role) => [role.id, role]));
  return list.roles.flatMap((role) => [
    ...(inheritsItself(byId, role) ? [`角色“${role.title}”绕一圈继承了自己，请去掉其中一级继承`] : []),
    ...(role.parents ?? []).filter((id) => !byId.has(id)).map((id) => `角色“${role.title}”继承的角色 ${id} 不存在`),
    ...role.grants
      .filter(({ permission }) => !role.shipped && !known.has(permission))
      .map(({ permission }) => `角色“${role.title}”含有不存在的权限 ${permission}`),
  ]);
};

/** The roles, with all they inherit, that may not be held together with a role. */
const excludedBy = (byId: ReadonlyMap<string, Role>, roleId: string): ReadonlySet<string> =>
  new Set(lineage(byId, roleId).flatMap(({ excludes = [] }) => excludes));

const holdingFaults = (list: AccessList): readonly string[] => {
  const byId = new Map(list.roles.map((role) => [role.id, role]));
  const title = (id: string): string => byId.get(id)?.title ?? id;
  const held = Map.groupBy(list.holdings, ({ subjectId }) => subjectId);
  return [...held.values()].flatMap((holdings) =>
    holdings.flatMap(({ roleId }) => {
      if (!byId.has(roleId)) return [`角色 ${roleId} 不存在，不能授予`];
      const excluded = excludedBy(byId, roleId);
      return holdings
        .filter((other) => lineage(byId, other.roleId).some(({ id }) => excluded.has(id)))
        .map((other) => `“${title(roleId)}”与“${title(other.roleId)}”不能由同一人担任`);
    }),
  );
};

/** What only one of two roles that exclude each other may do. */
const peculiarTo = (role: ListedRole, other: ListedRole): ReadonlySet<string> => {
  const shared = new Set(other.grants.map(({ permission }) => permission));
  return new Set(role.grants.map(({ permission }) => permission).filter((permission) => !shared.has(permission)));
};

/** Permissions of two roles that exclude each other, gathered in one person by roles put together from single grants. */
const gatheredFaults = (list: AccessList): readonly string[] => {
  const byId = new Map(list.roles.map((role) => [role.id, role]));
  const pairs = list.roles.flatMap((role) =>
    role.shipped
      ? (role.excludes ?? []).flatMap((id) => {
          const other = byId.get(id);
          return other?.shipped && role.id < id ? [{ role, other }] : [];
        })
      : [],
  );
  const subjects = Map.groupBy(list.holdings, ({ subjectId }) => subjectId);
  return [...subjects.values()].flatMap((holdings) => {
    const permissions = holdings.flatMap(({ roleId }) =>
      lineage(byId, roleId).flatMap(({ grants }) => grants.map(({ permission }) => permission)),
    );
    return pairs
      .filter(({ role, other }) => {
        const [one, two] = [peculiarTo(role, other), peculiarTo(other, role)];
        return permissions.some((each) => one.has(each)) && permissions.some((each) => two.has(each));
      })
      .map(({ role, other }) => `“${role.title}”与“${other.title}”的权限不能集中于一人`);
  });
};

/** What is wrong with a list, in words; `known` are the permissions there are. A list with faults is never sealed. Source: domain 10.4. */
export const listFaults = (list: AccessList, known: ReadonlySet<string>): readonly string[] => [
  ...new Set([...roleFaults(list, known), ...holdingFaults(list), ...gatheredFaults(list)]),
];

/** The list with the product's roles as they are now; answers the same value when nothing differs. */
export const withShippedRoles = (list: AccessList, shipped: readonly Role[]): AccessList => {
  const wanted = shipped.map((role): ListedRole => ({ ...role, shipped: true }));
  const ids = new Set(wanted.map(({ id }) => id));
  const roles = [...list.roles.filter(({ id, shipped: came }) => !came && !ids.has(id)), ...wanted];
  const same = canonical(byText(roles, ({ id }) => id)) === canonical(byText(list.roles, ({ id }) => id));
  return same
    ? list
    : { ...list, roles, holdings: list.holdings.filter(({ roleId }) => roles.some(({ id }) => id === roleId)) };
};

import { z } from 'zod';
import type { RowScope } from '#kernel/access/access.ts';
import { type AccessList, holdersOf, type ListedRole } from '#kernel/access/access-list.ts';
import { type ConditionField, conditionFaults } from '#kernel/access/condition.ts';
import type { Predicate } from '#kernel/access/predicate.ts';
import { canonical } from '#kernel/audit/canonical.ts';

const id = z.string().min(1).max(64);
const words = (most: number, what: string) =>
  z.string().trim().min(1, `请填写${what}`).max(most, `${what}不超过 ${most} 个字`);

/** Conditions within conditions end here, so that none is read without end. */
const deepest = 3;

const predicateTo = (depth: number): z.ZodType<Predicate> => {
  const leaf = z.strictObject({ field: z.string().max(40), in: z.array(z.string().max(64)).max(100) });
  if (depth === 0) return leaf;
  const inner = predicateTo(depth - 1);
  const some = z.array(inner).max(20);
  return z.union([z.strictObject({ all: some }), z.strictObject({ any: some }), z.strictObject({ not: inner }), leaf]);
};

/** The rows of a grant, as a person may choose them. */
export const rowScope: z.ZodType<RowScope> = z.union([
  z.enum(['all', 'own', 'assigned', 'own-organisation', 'own-district']),
  z.strictObject({
    districts: z
      .array(z.string().regex(/^\d{6}$/, '区划代码应为 6 位数字'))
      .min(1, '请至少选一个区')
      .max(20),
  }),
  z.strictObject({ where: predicateTo(deepest) }),
]);

const fieldView = z.enum(['plain', 'masked', 'hidden']);

/** One grant of a role that administrators make. */
export const grantInput = z.strictObject({
  permission: z
    .string()
    .regex(/^[a-z-]+(\.[a-z-]+)+:[A-Za-z-]+$/)
    .max(120),
  rows: rowScope,
  personal: fieldView,
  fields: z.record(z.string().max(80), fieldView).optional(),
});

/** A role that administrators make; its id never changes. */
export const roleInput = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{2,58}$/, '角色代码用小写字母、数字和短横线，3 至 59 位，字母开头'),
  title: words(40, '角色名称'),
  description: z.string().trim().max(200, '说明不超过 200 个字'),
  group: z.string().trim().max(40, '分组不超过 40 个字'),
  level: z.enum(['platform', 'organisation']),
  parents: z.array(id).max(10),
  excludes: z.array(id).max(20),
  grants: z.array(grantInput).max(200),
});
/** See {@link roleInput}. */
export type RoleInput = z.output<typeof roleInput>;

/** What somebody asks to have changed in the access list. Source: tender R43, R44; domain 10.4 (申请—审批双人). */
export const accessChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hold'), subjectId: id, roleId: id }),
  z.strictObject({ kind: z.literal('release'), subjectId: id, roleId: id }),
  z.strictObject({ kind: z.literal('save-role'), role: roleInput }),
  z.strictObject({ kind: z.literal('drop-role'), roleId: id }),
  z
    .strictObject({
      kind: z.literal('special'),
      subjectId: id,
      permission: z.string().max(120),
      targetId: id,
      effect: z.enum(['allow', 'deny']),
      from: z.iso.datetime('请选择起始时间'),
      until: z.iso.datetime('请选择截止时间'),
    })
    .refine(({ from, until }) => from < until, { path: ['until'], message: '截止时间应晚于起始时间' }),
  z.strictObject({ kind: z.literal('end-special'), specialId: id }),
]);
/** See {@link accessChange}. */
export type AccessChange = z.output<typeof accessChange>;

/** What conditions of roles may ask, by the stem of the permission. */
export type ConditionFields = Readonly<Record<string, readonly ConditionField[]>>;

/** Which single values of what a permission shows may be shown otherwise, with what they are called. */
export type PersonalFields = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What is wrong with the single fields of a role that is to be saved, in words. Source: tender R44. */
export const faultyFields = (change: AccessChange, personal: PersonalFields): readonly string[] =>
  change.kind !== 'save-role'
    ? []
    : change.role.grants.flatMap(({ permission, fields = {} }) =>
        Object.keys(fields)
          .filter((field) => !Object.hasOwn(personal[permission] ?? {}, field))
          .map((field) => `权限 ${permission} 没有可单独设置的字段“${field}”`),
      );

/** The fields a condition of a grant may ask about. */
export const fieldsOf = (conditions: ConditionFields, permission: string): readonly ConditionField[] =>
  conditions[permission.split(':')[0] ?? ''] ?? [];

/** What is wrong with the conditions of a role that is to be saved, in words. Source: tender R44. */
export const faultyConditions = (change: AccessChange, conditions: ConditionFields): readonly string[] =>
  change.kind !== 'save-role'
    ? []
    : change.role.grants.flatMap(({ permission, rows }) =>
        typeof rows === 'object' && 'where' in rows
          ? conditionFaults(rows.where, fieldsOf(conditions, permission))
          : [],
      );

/** What kinds of change are called. */
export const changeTitles: Readonly<Record<AccessChange['kind'], string>> = {
  hold: '授予角色',
  release: '收回角色',
  'save-role': '保存角色',
  'drop-role': '删除角色',
  special: '特定权限',
  'end-special': '终止特定权限',
};

/** Who approved a change and under which id a new special grant is kept. */
export interface Approval {
  readonly id: string;
  readonly reason: string;
  readonly approvedBy: string;
}

/** Why a change cannot be made to the list as it stands; null when it can. */
export const hindrance = (list: AccessList, change: AccessChange): string | null => {
  const role = (roleId: string): ListedRole | undefined => list.roles.find((one) => one.id === roleId);
  const holds = (subjectId: string, roleId: string): boolean =>
    list.holdings.some((one) => one.subjectId === subjectId && one.roleId === roleId);
  switch (change.kind) {
    case 'hold':
      if (!role(change.roleId)) return '没有这个角色，可能已被删除';
      return holds(change.subjectId, change.roleId) ? '此人已有这个角色' : null;
    case 'release':
      return holds(change.subjectId, change.roleId) ? null : '此人没有这个角色，可能已被收回';
    case 'save-role':
      return role(change.role.id)?.shipped ? '系统自带的角色不能修改，请新建角色并继承它' : null;
    case 'drop-role': {
      const found = role(change.roleId);
      if (!found) return '没有这个角色，可能已被删除';
      if (found.shipped) return '系统自带的角色不能删除';
      const heir = list.roles.find(({ parents }) => parents?.includes(change.roleId));
      if (heir) return `角色“${heir.title}”继承它，请先修改该角色`;
      return list.holdings.some(({ roleId }) => roleId === change.roleId) ? '还有人员持有这个角色，请先收回' : null;
    }
    case 'special':
      return null;
    case 'end-special':
      return list.special.some((one) => one.id === change.specialId) ? null : '没有这项特定权限，可能已终止';
  }
};

/** The role a change is about as it stands, in its one text; null where there is none. Two who change one role must not undo each other unread. */
export const standingOf = (list: AccessList, change: AccessChange): string | null => {
  const found = change.kind === 'save-role' ? list.roles.find(({ id }) => id === change.role.id) : undefined;
  return found ? canonical(found) : null;
};

/** How many must hold each of the three administrators' roles. Source: domain 10.4. */
export const posts = [
  ['system-administrator', 1],
  ['security-administrator', 2],
  ['security-auditor', 1],
] as const;

/** Why a change would leave the system without somebody who can agree, watch or open accounts; null when it does not. Source: domain 10.4. */
export const desertion = (before: AccessList, after: AccessList): string | null => {
  const gone = posts.find(
    ([role, least]) => holdersOf(before, role).length >= least && holdersOf(after, role).length < least,
  );
  if (!gone) return null;
  const title = before.roles.find(({ id }) => id === gone[0])?.title ?? gone[0];
  return `${title}不能少于 ${gone[1]} 人，请先授予他人`;
};

/** The list with the change made. */
export const withChange = (list: AccessList, change: AccessChange, approval: Approval): AccessList => {
  switch (change.kind) {
    case 'hold':
      return { ...list, holdings: [...list.holdings, { subjectId: change.subjectId, roleId: change.roleId }] };
    case 'release':
      return {
        ...list,
        holdings: list.holdings.filter((one) => one.subjectId !== change.subjectId || one.roleId !== change.roleId),
      };
    case 'save-role': {
      const { grants, ...rest } = change.role;
      const saved: ListedRole = {
        ...rest,
        grants: grants.map(({ fields, ...grant }) => ({ ...grant, ...(fields === undefined ? {} : { fields }) })),
        shipped: false,
      };
      return { ...list, roles: [...list.roles.filter(({ id: other }) => other !== saved.id), saved] };
    }
    case 'drop-role':
      return { ...list, roles: list.roles.filter(({ id: other }) => other !== change.roleId) };
    case 'special': {
      const { kind: _kind, from, until, ...rest } = change;
      return {
        ...list,
        special: [...list.special, { ...rest, ...approval, from: new Date(from), until: new Date(until) }],
      };
    }
    case 'end-special':
      return { ...list, special: list.special.filter((one) => one.id !== change.specialId) };
  }
};

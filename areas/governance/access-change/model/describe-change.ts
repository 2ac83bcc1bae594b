import type { Grant, RowScope } from '#kernel/access/access.ts';
import type { AccessList } from '#kernel/access/access-list.ts';
import { type ConditionField, conditionInWords } from '#kernel/access/condition.ts';
import { districtName } from '#practices/place/model/shanghai-districts.ts';
import type { AccessChange, RoleInput } from './access-change.ts';

/** What names are looked up for in a description. */
export interface Names {
  person(id: string): string;
  role(id: string): string;
  permission(permission: string): string;
  /** The fields conditions on a permission's rows may ask about. */
  fields(permission: string): readonly ConditionField[];
  /** What single values of a permission are called. */
  personal(permission: string): Readonly<Record<string, string>>;
  /** The thing a special grant is about. */
  target(id: string): string;
}

/** The rows of a grant in words; `fields` are those a condition may ask about. */
export const scopeInWords = (rows: RowScope, fields: readonly ConditionField[]): string => {
  if (typeof rows === 'object')
    return 'districts' in rows ? rows.districts.map(districtName).join('、') : conditionInWords(rows.where, fields);
  return { all: '全部', own: '本人经办', assigned: '分派给本人', 'own-organisation': '本单位', 'own-district': '本区' }[
    rows
  ];
};

const views = { plain: '明文', masked: '脱敏', hidden: '不可见' } as const;

/** A grant in words: what, on which rows, how personal values are seen. */
export const grantInWords = (grant: Grant, names: Names): string =>
  `${names.permission(grant.permission)}（${scopeInWords(grant.rows, names.fields(grant.permission))}，个人信息${views[grant.personal]}${Object.entries(
    grant.fields ?? {},
  )
    .map(([field, view]) => `，其中${names.personal(grant.permission)[field] ?? field}${views[view]}`)
    .join('')}）`;

const levels = { platform: '平台级', organisation: '企业级' } as const;

const listed = (texts: readonly string[]): string => texts.join('、');

const roleInWords = (list: AccessList, role: RoleInput, names: Names): string => {
  const before = list.roles.find(({ id }) => id === role.id);
  const now = role.grants.map((grant) => grantInWords(grant as Grant, names));
  const parents = role.parents.length > 0 ? `，继承${listed(role.parents.map(names.role))}` : '';
  if (!before)
    return `新建${levels[role.level]}角色“${role.title}”${parents}，权限：${now.length === 0 ? '无' : listed(now)}`;
  const then = before.grants.map((grant) => grantInWords(grant, names));
  const added = now.filter((text) => !then.includes(text));
  const removed = then.filter((text) => !now.includes(text));
  const oldParents = before.parents ?? [];
  const differences = [
    before.title === role.title ? '' : `改名为“${role.title}”`,
    before.level === role.level ? '' : `级别由${levels[before.level]}改为${levels[role.level]}`,
    added.length === 0 ? '' : `增加${listed(added)}`,
    removed.length === 0 ? '' : `去掉${listed(removed)}`,
    oldParents.join() === role.parents.join()
      ? ''
      : `继承由${listed(oldParents.map(names.role)) || '无'}改为${listed(role.parents.map(names.role)) || '无'}`,
    (before.excludes ?? []).join() === role.excludes.join() ? '' : '调整互斥角色',
  ].filter((text) => text !== '');
  return `修改角色“${before.title}”：${differences.length === 0 ? '说明或分组' : differences.join('；')}`;
};

/** A change in one sentence: what the approver reads and the log keeps. */
export const describeChange = (list: AccessList, change: AccessChange, names: Names): string => {
  switch (change.kind) {
    case 'hold':
      return `授予 ${names.person(change.subjectId)} 角色“${names.role(change.roleId)}”`;
    case 'release':
      return `收回 ${names.person(change.subjectId)} 的角色“${names.role(change.roleId)}”`;
    case 'save-role':
      return roleInWords(list, change.role, names);
    case 'drop-role':
      return `删除角色“${names.role(change.roleId)}”`;
    case 'special':
      return `${change.effect === 'allow' ? '特别允许' : '特别禁止'} ${names.person(change.subjectId)} 对 ${names.target(change.targetId)} 办理“${names.permission(change.permission)}”，至 ${change.until.slice(0, 10)}`;
    case 'end-special': {
      const special = list.special.find(({ id }) => id === change.specialId);
      return special
        ? `终止 ${names.person(special.subjectId)} 对 ${names.target(special.targetId)} 的特定权限“${names.permission(special.permission)}”`
        : '终止特定权限';
    }
  }
};

import type { FieldView, RowScope } from '#kernel/access/access.ts';
import type { PermissionView } from '../model/access-change.contract.ts';
import { scopeInWords } from '../model/describe-change.ts';

/** How personal values are seen, in words. */
export const viewTitles: Readonly<Record<FieldView, string>> = { plain: '明文', masked: '脱敏', hidden: '不可见' };

/** The rows a person may choose for a grant by a single word. */
export const scopeChoices: readonly { readonly value: Extract<RowScope, string>; readonly label: string }[] = (
  ['all', 'own-organisation', 'own-district', 'own', 'assigned'] as const
).map((value) => ({ value, label: scopeInWords(value, []) }));

/** Permissions under the headings of their resources, for a choice. */
export const permissionOptions = (permissions: readonly PermissionView[]) =>
  [...Map.groupBy(permissions, ({ resource }) => resource)].map(([resource, group]) => ({
    label: resource,
    options: group.map(({ permission, title }) => ({ value: permission, label: title })),
  }));

/** A permission as `资源·动作`. */
export const permissionTitle = (permissions: readonly PermissionView[], permission: string): string => {
  const found = permissions.find((one) => one.permission === permission);
  return found ? `${found.resource}·${found.title}` : permission;
};

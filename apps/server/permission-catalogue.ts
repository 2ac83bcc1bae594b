import type { PermissionView } from '#areas/governance/access-change/model/access-change.contract.ts';
import { plans } from './plans.ts';

/** Verbs that several operations share; any other verb is told by the title of its operation. */
const sharedVerbs: Readonly<Record<string, string>> = {
  read: '查看',
  change: '修改',
  edit: '填写与上传',
  export: '导出',
};

const titleOf = (permission: string, operationTitle: string): string =>
  sharedVerbs[permission.split(':')[1] ?? ''] ?? operationTitle;

/** Every permission of all areas as people read it, in the order of the operations: what roles may be made of. Source: tender R44. */
export const permissionsOf = (): readonly PermissionView[] => {
  const found = new Map<string, PermissionView>();
  for (const { id, resources, operations } of plans) {
    for (const { permission, title } of operations) {
      if (!permission.includes(':') || found.has(permission)) continue;
      const stem = permission.split(':')[0] ?? '';
      const resource = resources[stem];
      if (resource === undefined) throw new Error(`area ${id} does not say what ${stem} is called`);
      found.set(permission, { permission, title: titleOf(permission, title), resource });
    }
  }
  return [...found.values()];
};

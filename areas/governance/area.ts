import type { AccessListStore } from '#kernel/access/access-list.store.ts';
import type { StoredAccess } from '#kernel/access/stored-access.ts';
import type { Area, AreaPlan } from '#kernel/area/area.ts';
import { mountContract } from '#kernel/contract/mount.ts';
import type { Db } from '#kernel/db/database.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { accessChangeContract, type PermissionView } from './access-change/model/access-change.contract.ts';
import { accessChangeRoles } from './access-change/model/access-change.roles.ts';
import { accessChangeHandlers } from './access-change/server/access-change.handlers.ts';
import { accessChangeMigration } from './access-change/server/access-change.migration.ts';
import type { AccessDesk } from './access-change/server/access-desk.ts';
import { accountContract } from './account/model/account.contract.ts';
import { accountHandlers, type DemoAccount } from './account/server/account.handlers.ts';
import { accountMigration, rolesMovedMigration } from './account/server/account.migration.ts';
import type { Sessions } from './account/server/sessions.ts';
import { auditLogContract } from './audit-log/model/audit-log.contract.ts';
import { auditLogRoles } from './audit-log/model/audit-log.roles.ts';
import { auditLogHandlers } from './audit-log/server/audit-log.handlers.ts';
import { auditLogMigration } from './audit-log/server/audit-log.migration.ts';
import type { AuditLogParts } from './audit-log/server/audit-log.parts.ts';
import { workingTimeContract } from './working-time/model/working-time.contract.ts';
import { workingTimeRoles } from './working-time/model/working-time.roles.ts';
import { type AreaPeriod, workingTimeHandlers } from './working-time/server/working-time.handlers.ts';

/** People and sessions (the part of tender R42 that signing in needs); periods and working days (R44). */
export const governancePlan: AreaPlan = {
  id: 'governance',
  title: '统一管理',
  migrations: [accountMigration, rolesMovedMigration, accessChangeMigration, auditLogMigration],
  roles: [...accessChangeRoles, ...workingTimeRoles, ...auditLogRoles],
  connectors: [],
  resources: {
    'governance.access-change': '角色与授权',
    'governance.audit-log': '日志与告警',
    'governance.working-time': '期限与日历',
  },
  periods: [],
};

/** What the area works with. */
export interface GovernanceParts {
  readonly db: Db;
  readonly access: StoredAccess;
  readonly accessList: AccessListStore;
  readonly clock: Clock;
  readonly signer: PersonalSigner;
  readonly sessions: Sessions;
  /** Every permission there is, as people read it; known once all areas are put together. */
  readonly permissions: () => readonly PermissionView[];
  readonly targets: AccessDesk['targets'];
  /** Empty outside demo mode. */
  readonly demoAccounts: readonly DemoAccount[];
  /** The log's pages. */
  readonly auditLog: AuditLogParts;
  /** The periods of all areas. */
  readonly periods: readonly AreaPeriod[];
}

/** Puts the area together. */
export const governanceArea = (parts: GovernanceParts): Area => {
  return {
    plan: governancePlan,
    operations: [
      ...Object.values(accountContract),
      ...Object.values(workingTimeContract),
      ...Object.values(accessChangeContract),
      ...Object.values(auditLogContract),
    ],
    mount: (server, mount) => {
      mountContract(
        server,
        accountContract,
        accountHandlers({ ...parts, permissions: () => parts.permissions().map(({ permission }) => permission) }),
        mount,
      );
      mountContract(server, workingTimeContract, workingTimeHandlers(parts), mount);
      mountContract(server, auditLogContract, auditLogHandlers(parts.auditLog), mount);
      mountContract(server, accessChangeContract, accessChangeHandlers(parts), mount);
    },
    accessTargets: {},
    answers: {},
    inbound: {},
    start: async () => undefined,
    stop: async () => undefined,
  };
};

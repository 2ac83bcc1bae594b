import type { StoredAccess } from '#kernel/access/stored-access.ts';
import type { Area, AreaPlan } from '#kernel/area/area.ts';
import { mountContract } from '#kernel/contract/mount.ts';
import type { Db } from '#kernel/db/database.ts';
import { accountContract } from './account/model/account.contract.ts';
import { accountHandlers, type DemoAccount } from './account/server/account.handlers.ts';
import { accountMigration, rolesMovedMigration } from './account/server/account.migration.ts';
import type { Sessions } from './account/server/sessions.ts';
import { workingTimeContract } from './working-time/model/working-time.contract.ts';
import { workingTimeRoles } from './working-time/model/working-time.roles.ts';
import { type AreaPeriod, workingTimeHandlers } from './working-time/server/working-time.handlers.ts';

/** People and sessions (the part of tender R42 that signing in needs); periods and working days (R44). */
export const governancePlan: AreaPlan = {
  id: 'governance',
  title: '统一管理',
  migrations: [accountMigration, rolesMovedMigration],
  roles: workingTimeRoles,
  connectors: [],
  periods: [],
};

/** What the area works with. */
export interface GovernanceParts {
  readonly db: Db;
  readonly access: StoredAccess;
  readonly sessions: Sessions;
  /** Every permission there is. */
  readonly permissions: readonly string[];
  /** Empty outside demo mode. */
  readonly demoAccounts: readonly DemoAccount[];
  /** The periods of all areas. */
  readonly periods: readonly AreaPeriod[];
}

/** Puts the area together. */
export const governanceArea = (parts: GovernanceParts): Area => {
  return {
    plan: governancePlan,
    operations: [...Object.values(accountContract), ...Object.values(workingTimeContract)],
    mount: (server, mount) => {
      mountContract(server, accountContract, accountHandlers(parts), mount);
      mountContract(server, workingTimeContract, workingTimeHandlers(parts), mount);
    },
    answers: {},
    inbound: {},
    start: async () => undefined,
    stop: async () => undefined,
  };
};

import type { Db } from '#kernel/db/database.ts';
import { setPeriods } from '#kernel/settings/setting.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { AuditSetting } from '../model/audit-settings.ts';

/** Answers what a setting stands at: the set value, held within its bounds whatever stands in the table, else the fallback. */
export type AuditNumbers = (setting: AuditSetting) => Promise<number>;

const freshForMs = 5_000;

/** Reads the log's settings, at most every few seconds. */
export const auditNumbers = (db: Db, clock: Clock): AuditNumbers => {
  let loaded: Promise<ReadonlyMap<string, number>> | undefined;
  let loadedAt = 0;
  const load = async (): Promise<ReadonlyMap<string, number>> =>
    new Map(
      (await setPeriods(db)).flatMap(({ setting, value }) => (value === null ? [] : [[setting, value] as const])),
    );
  const current = (): Promise<ReadonlyMap<string, number>> => {
    const now = clock.now().getTime();
    if (!loaded || Math.abs(now - loadedAt) > freshForMs) {
      loadedAt = now;
      loaded = load().catch((error: unknown) => {
        loaded = undefined;
        throw error;
      });
    }
    return loaded;
  };
  return async ({ setting, fallback, least, most }) =>
    Math.min(most, Math.max(least, (await current()).get(setting) ?? fallback));
};

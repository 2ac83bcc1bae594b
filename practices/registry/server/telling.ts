import { inTransaction, type Tx } from '#kernel/db/database.ts';
import type { EngineParts } from '#kernel/lifecycle/engine.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { kindNamed } from '#practices/notice/model/notice-kind.ts';
import type { RegistryCase } from '../model/registry-record.ts';
import { findAccessColumns } from './entry.store.ts';
import { accessRowOf, type EntryAccess } from './entry-access.ts';
import { listLapsing } from './lapse.store.ts';
import type { RegistryParts } from './registry-desk.ts';

const matterOf = async ({ profile, organisations }: RegistryParts, tx: Tx, entry: EntryAccess) => ({
  type: profile.id,
  id: entry.id,
  row: accessRowOf(entry, await organisations.find(tx, entry.organisation_id)),
});

/** Tells the enterprise of a step upon its entry. Source: tender R13, R49. */
export const tellEnterprise =
  (parts: RegistryParts): NonNullable<EngineParts<RegistryCase>['tell']> =>
  async ({ tx, after, now }, notice) => {
    const { profile, notices } = parts;
    const entry = await findAccessColumns(tx, profile, after.id);
    if (!entry) throw new Error(`there is no entry ${after.id}`);
    await notices.raise(tx, {
      kind: kindNamed(profile.flow().notices.steps, notice),
      values: {},
      matter: await matterOf(parts, tx, { ...entry, state: after.state }),
      occasion: `step ${after.version}`,
      organisationId: entry.organisation_id,
      at: now,
    });
  };

const atOnce = 200;

/** Warns every enterprise whose paper lapses within the warning, once for each last day; answers of how many entries it was. Source: tender R49 (有效期预警). */
export const warnOfLapses = async (parts: RegistryParts): Promise<number> => {
  const { profile, db, clock, settings, notices } = parts;
  const now = clock.now();
  const [from, until] = [shanghaiDay(now), shanghaiDay(await settings.deadline(profile.periods.lapse, now))];
  const kind = profile.flow().notices.lapsing;
  let [warned, after] = [0, ''];
  for (let full = true; full; ) {
    const some = await listLapsing(db, profile, { from, until, after, most: atOnce });
    for (const { valid_until: lastDay, ...entry } of some)
      await inTransaction(db, async (tx) => {
        const matter = await matterOf(parts, tx, entry);
        const occasion = `lapse ${lastDay}`;
        await notices.raise(tx, {
          kind,
          values: { until: lastDay },
          matter,
          occasion,
          organisationId: entry.organisation_id,
          at: now,
        });
      });
    warned += some.length;
    after = some.at(-1)?.id ?? after;
    full = some.length === atOnce;
  }
  return warned;
};

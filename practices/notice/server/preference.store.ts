import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { Channel } from '../model/channel.ts';
import type { NoticeTables, PreferenceTable } from './notice.tables.ts';

/** What these people have said about ways; where somebody has said nothing there is nothing. */
export const preferencesOf = async (db: Db | Tx, personIds: readonly string[]): Promise<readonly PreferenceTable[]> =>
  personIds.length === 0
    ? []
    : db
        .withTables<NoticeTables>()
        .selectFrom('notice.preference')
        .selectAll()
        .where('person_id', 'in', [...personIds])
        .execute();

/** Keeps what a person wants of a way for a group of kinds. */
export const savePreference = async (
  tx: Tx,
  { personId, group, channel, wanted }: { personId: string; group: string; channel: Channel; wanted: boolean },
): Promise<void> => {
  const row = { person_id: personId, group_id: group, channel, wanted };
  if (await insertIfAbsent(tx, 'notice.preference', row)) return;
  await tx
    .withTables<NoticeTables>()
    .updateTable('notice.preference')
    .set({ wanted })
    .where('person_id', '=', personId)
    .where('group_id', '=', group)
    .where('channel', '=', channel)
    .execute();
};

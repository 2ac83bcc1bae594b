import { type SealedTable, sealedColumns } from '#kernel/crypto/sealed-table.ts';
import type { RegistryProfile } from '../model/profile.ts';
import { openEntry, resealEntry } from './entry-seal.ts';
import { importPlace } from './import.handlers.ts';
import { phoneIndexOf } from './projection.ts';
import { checkPlace } from './register-check.store.ts';

/** What is sealed of a registry. Source: tender R55 (4). */
export const registrySealed = (profile: RegistryProfile): readonly SealedTable[] => [
  {
    table: `${profile.schema}.registry_entry`,
    title: `${profile.title}登记信息`,
    key: ['id'],
    columns: ['record', 'record_at_step', 'phone_index'],
    reseal: async ({ id, record, record_at_step: atStep }, { crypto, again }) => {
      const [entryId, text] = [id ?? '', record ?? ''];
      return {
        record: await resealEntry(profile, entryId, text, again),
        record_at_step: await resealEntry(profile, entryId, atStep ?? '', again),
        phone_index: await phoneIndexOf(crypto, profile, await openEntry(crypto, profile, entryId, text)),
      };
    },
  },
  sealedColumns({
    table: `${profile.schema}.registry_check`,
    title: `${profile.title}法人信息应答`,
    key: ['entry_id'],
    purpose: 'exchange',
    columns: { answer: ({ entry_id: id }) => checkPlace(profile.schema, id ?? '') },
  }),
  sealedColumns({
    table: `${profile.schema}.registry_import`,
    title: `导入的${profile.subject}`,
    key: ['id'],
    purpose: 'personal-data',
    columns: { rows: ({ id }) => importPlace(profile.schema, id ?? '') },
  }),
];

import type { SealedTable } from '#kernel/crypto/sealed-table.ts';
import { sealedColumns } from '#kernel/crypto/sealed-table.ts';
import { importPlace } from './import-seal.ts';
import { indexOf, sealPlace } from './person-seal.ts';

/** What is sealed of people, and the indexes they are found by. Source: tender R55 (4). */
export const personSealed: readonly SealedTable[] = [
  {
    table: 'governance.user_account',
    title: '用户信息',
    key: ['id'],
    columns: ['identity_sealed', 'identity_no_index', 'phone_sealed', 'phone_index', 'email_sealed', 'identity_index'],
    reseal: async (row, { crypto, again }) => {
      const id = row.id ?? '';
      const indexed = async (field: 'identityNo' | 'phone', sealed: string | null): Promise<string | null> => {
        if (sealed === null) return null;
        const plain = await crypto.open('personal-data', sealed, sealPlace(id, field));
        return indexOf(crypto, field, Buffer.from(plain).toString('utf8'));
      };
      const identity = row.identity_sealed ?? null;
      const phone = row.phone_sealed ?? null;
      const identityIndex = await indexed('identityNo', identity);
      return {
        identity_sealed: await again('personal-data', identity, sealPlace(id, 'identityNo')),
        identity_no_index: identityIndex,
        phone_sealed: await again('personal-data', phone, sealPlace(id, 'phone')),
        phone_index: await indexed('phone', phone),
        email_sealed: await again('personal-data', row.email_sealed ?? null, sealPlace(id, 'email')),
        // By which the government's sign-on finds a person; made of the same number.
        ...(row.identity_index && identityIndex ? { identity_index: identityIndex } : {}),
      };
    },
  },
  sealedColumns({
    table: 'governance.person_import',
    title: '导入的用户',
    key: ['id'],
    purpose: 'personal-data',
    columns: {
      people: ({ id }) => importPlace(id ?? '', 'people'),
      passwords: ({ id }) => importPlace(id ?? '', 'passwords'),
    },
  }),
];

import { type SealedTable, sealedColumns } from '#kernel/crypto/sealed-table.ts';
import { totpPlace } from './totp.ts';

/** What is sealed of signing in. Source: tender R55 (4). */
export const accountSealed: readonly SealedTable[] = [
  sealedColumns({
    table: 'governance.totp',
    title: '动态口令密钥',
    key: ['user_id'],
    purpose: 'sign-in',
    columns: { sealed_secret: (row) => totpPlace(row.user_id ?? '') },
  }),
];

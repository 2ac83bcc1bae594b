import { type SealedTable, sealedColumns } from '#kernel/crypto/sealed-table.ts';

/** Where the second half of a new password is kept. */
export const halfPlace = (proposalId: string): string => `governance.credential-change:${proposalId}:half`;

/** What is sealed of applications about how people sign in. Source: tender R55 (4). */
export const credentialSealed: readonly SealedTable[] = [
  sealedColumns({
    table: 'governance.waiting_credential',
    title: '待批准的初始密码',
    key: ['proposal_id'],
    purpose: 'sign-in',
    columns: { half_sealed: (row) => halfPlace(row.proposal_id ?? '') },
  }),
];

import { proposalTableSql } from '#practices/proposal/server/proposal.store.ts';

/** Applications to change the access list. The change itself and its sentence lie in `record`. Source: tender R43, R44. */
export const accessChangeMigration = {
  id: 'governance/0020-access-change',
  sql: proposalTableSql('governance', 'access_change'),
};

import { proposalTableSql } from '#practices/proposal/server/proposal.store.ts';

/**
 * Applications about how people sign in, and what waits with them: one password and one second factor for each person at most, the second half of a new password
 * sealed. Source: tender R42, R43.
 */
export const credentialChangeMigration = {
  id: 'governance/0007-credential-change',
  sql: `${proposalTableSql('governance', 'credential_change')}
create table governance.waiting_credential (
  proposal_id varchar(40) primary key references governance.credential_change (id),
  person_id varchar(40) not null references governance.user_account (id),
  slot varchar(20) not null,
  password_hash varchar(200),
  half_sealed varchar(400),
  unique (person_id, slot)
);
`,
};

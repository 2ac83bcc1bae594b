/**
 * Whether one administrator alone has set how a person signs in, and two have not since: whatever was added after that shows nothing of who holds the account. Of the
 * accounts of before it is not known, so those of organisations count as set by one. Source: tender R42, R43.
 */
export const setAloneMigration = {
  id: 'governance/0010-set-alone',
  sql: `
alter table governance.user_account add column set_alone boolean not null default false;
update governance.user_account set set_alone = true where organisation_id is not null;
`,
};

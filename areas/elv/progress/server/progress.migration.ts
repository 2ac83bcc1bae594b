/** How often the public has asked, by keyed digests of addresses and plates and by the hour; kept for a day. */
export const publicQueryMigration = {
  id: 'elv/0010-public-query',
  sql: `
create table elv.public_query (
  key varchar(64) not null,
  hour varchar(13) not null,
  count integer not null,
  primary key (key, hour)
);
create index public_query_hour on elv.public_query (hour);
`,
};

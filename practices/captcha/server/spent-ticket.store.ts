import type { Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { Migration } from '#kernel/db/migrate.ts';

/** Tickets that have been used, in the schema of the area that issues them. */
export const spentTicketMigration = (id: string, schema: string): Migration => ({
  id,
  sql: `
create table ${schema}.spent_ticket (
  ticket varchar(40) primary key,
  expires_at timestamptz not null
);
create index spent_ticket_expiry on ${schema}.spent_ticket (expires_at);
`,
});

/** Marks a single-use ticket as used; false when it has been used before. */
export const spendTicket = (
  tx: Tx,
  schema: string,
  ticket: { readonly id: string; readonly until: Date },
): Promise<boolean> => insertIfAbsent(tx, `${schema}.spent_ticket`, { ticket: ticket.id, expires_at: ticket.until });

/** Forgets used tickets that would be too old by now. */
export const forgetTickets = async (tx: Tx, schema: string, now: Date): Promise<void> => {
  await tx
    .withTables<{ spent_ticket: { ticket: string; expires_at: Date } }>()
    .withSchema(schema)
    .deleteFrom('spent_ticket')
    .where('expires_at', '<', now)
    .execute();
};

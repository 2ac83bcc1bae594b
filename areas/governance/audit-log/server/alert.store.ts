import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { EntryFilter } from '../model/audit-views.ts';

/** What a rule has found. `about`: the person, address or chain; `actorId`: the person, where it is one. */
export interface AlertFinding {
  readonly rule: string;
  readonly about: string;
  readonly aboutName: string;
  readonly actorId: string | null;
  readonly words: string;
  readonly count: number;
  readonly from: Date;
  readonly until: Date;
  /** The search that shows it. */
  readonly search: EntryFilter;
}

/** An alert as it is kept. */
export interface Alert extends AlertFinding {
  readonly id: string;
  readonly raisedAt: Date;
  readonly state: 'open' | 'handled';
  readonly handledBy: string | null;
  readonly handledAt: Date | null;
  readonly opinion: string | null;
}

interface AlertTable {
  id: string;
  rule: string;
  about: string;
  about_name: string;
  actor_id: string | null;
  words: string;
  count: number;
  from_at: Date;
  until_at: Date;
  raised_at: Date;
  state: string;
  handled_by: string | null;
  handled_by_name: string | null;
  handled_at: Date | null;
  opinion: string | null;
  search: string;
}

type Tables = { 'governance.audit_alert': AlertTable };

const alertOf = (row: AlertTable): Alert => ({
  id: row.id,
  rule: row.rule,
  about: row.about,
  aboutName: row.about_name,
  actorId: row.actor_id,
  words: row.words,
  count: row.count,
  from: row.from_at,
  until: row.until_at,
  raisedAt: row.raised_at,
  state: row.state === 'handled' ? 'handled' : 'open',
  handledBy: row.handled_by_name,
  handledAt: row.handled_at,
  opinion: row.opinion,
  // Written by keepAlert from this type.
  search: JSON.parse(row.search) as EntryFilter,
});

/** The newest alert of a rule about somebody. */
export const lastAlert = async (db: Db | Tx, rule: string, about: string): Promise<Alert | undefined> => {
  const row = await db
    .withTables<Tables>()
    .selectFrom('governance.audit_alert')
    .selectAll()
    .where('rule', '=', rule)
    .where('about', '=', about)
    .orderBy('raised_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && alertOf(row);
};

/** Keeps a new alert; undefined when another process has kept the same. */
export const keepAlert = async (tx: Tx, finding: AlertFinding, now: Date): Promise<string | undefined> => {
  const id = uuidv7(now);
  const kept = await insertIfAbsent(tx, 'governance.audit_alert', {
    id,
    rule: finding.rule,
    about: finding.about,
    about_name: finding.aboutName,
    actor_id: finding.actorId,
    words: finding.words,
    count: finding.count,
    from_at: finding.from,
    until_at: finding.until,
    raised_at: now,
    state: 'open',
    search: JSON.stringify(finding.search),
  });
  return kept ? id : undefined;
};

/** Lets an open alert say what has become of it since. */
export const growAlert = async (tx: Tx, id: string, { words, count, until, search }: AlertFinding): Promise<void> => {
  await tx
    .withTables<Tables>()
    .updateTable('governance.audit_alert')
    .set({ words, count, until_at: until, search: JSON.stringify(search) })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .execute();
};

/** A page of alerts, newest first, and how many are open. */
export const listAlerts = async (
  db: Db,
  state: Alert['state'],
  after: { readonly at: Date; readonly id: string } | undefined,
  size: number,
): Promise<readonly Alert[]> => {
  let query = db
    .withTables<Tables>()
    .selectFrom('governance.audit_alert')
    .selectAll()
    .where('state', '=', state)
    .orderBy('raised_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size);
  if (after) {
    const { at, id } = after;
    query = query.where('raised_at', '<=', at).where((eb) => eb.or([eb('raised_at', '<', at), eb('id', '<', id)]));
  }
  return (await query.execute()).map(alertOf);
};

/** How many alerts wait to be handled. */
export const countOpenAlerts = async (db: Db): Promise<number> => {
  const row = await db
    .withTables<Tables>()
    .selectFrom('governance.audit_alert')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('state', '=', 'open')
    .executeTakeFirst();
  return Number(row?.count ?? 0);
};

/** An alert, locked for the length of the transaction. */
export const lockAlert = async (tx: Tx, id: string): Promise<Alert | undefined> => {
  const row = await tx
    .withTables<Tables>()
    .selectFrom('governance.audit_alert')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && alertOf(row);
};

/** Closes an alert with an opinion. */
export const closeAlert = async (
  tx: Tx,
  id: string,
  by: { readonly id: string; readonly name: string; readonly at: Date; readonly opinion: string },
): Promise<void> => {
  await tx
    .withTables<Tables>()
    .updateTable('governance.audit_alert')
    .set({
      state: 'handled',
      handled_by: by.id,
      handled_by_name: by.name,
      handled_at: by.at,
      opinion: by.opinion,
    })
    .where('id', '=', id)
    .execute();
};

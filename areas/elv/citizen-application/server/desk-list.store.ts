import type { ExpressionBuilder } from 'kysely';
import type { z } from 'zod';
import type { Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Db } from '#kernel/db/database.ts';
import { normaliseCode } from '#practices/identity-codes/model/verdict.ts';
import { type citizenApplicationFilter, countedUpTo } from '../model/citizen-application.contract.ts';
import { applicationColumns, type Standing } from './application.store.ts';
import type { CitizenTables } from './citizen-application.tables.ts';

type Filter = z.output<typeof citizenApplicationFilter>;
type Builder = ExpressionBuilder<CitizenTables, 'elv.citizen_application'>;

const escaped = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

const matches = (eb: Builder, q: string) => {
  const prefix = `${escaped(normaliseCode(q).replace(/[·.-]/g, ''))}%`;
  return eb.or([
    eb('application_no', 'like', prefix),
    eb('plate_no', 'like', prefix),
    eb('plate_no', 'like', `沪${prefix}`),
    eb('vin', 'like', prefix),
  ]);
};

const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * 86_400_000);

const table = (db: Db) => db.withTables<CitizenTables>().selectFrom('elv.citizen_application');

/** One page of applications within the asker's rows, newest first, and how many fit, counted up to {@link countedUpTo}. */
export const listOffered = async (
  db: Db,
  { q, state, enterpriseId, waitedDays, page, size }: Filter,
  rows: Predicate,
  now: Date,
): Promise<{ readonly rows: readonly Standing[]; readonly total: number; readonly more: boolean }> => {
  const passed = (page - 1) * size;
  const base = table(db).where((eb) =>
    eb.and([
      whereRows(eb, rows, applicationColumns),
      ...(state === undefined ? [] : [eb('state', '=', state)]),
      ...(enterpriseId === undefined ? [] : [eb('enterprise_id', '=', enterpriseId)]),
      ...(waitedDays === undefined ? [] : [eb('state_since', '<=', daysBefore(now, waitedDays))]),
      ...(q !== undefined && q.length >= 2 ? [matches(eb, q)] : []),
    ]),
  );
  const [found, count] = await Promise.all([
    base
      .selectAll()
      .orderBy('state_since', 'desc')
      .orderBy('id', 'desc')
      // What is not counted is not turned to either: whoever looks for it narrows the list.
      .limit(Math.max(0, Math.min(size, countedUpTo - passed)))
      .offset(passed)
      .execute(),
    db
      .selectFrom(
        base
          .select('id')
          .limit(countedUpTo + 1)
          .as('some'),
      )
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow(),
  ]);
  const counted = Number(count.count);
  return { rows: found, total: Math.min(counted, countedUpTo), more: counted > countedUpTo };
};

/** How many wait for an answer among these rows, and of how many the period has passed. */
export const countWaiting = async (
  db: Db,
  rows: Predicate,
  now: Date,
): Promise<{ readonly waiting: number; readonly overdue: number }> => {
  const base = table(db)
    .where((eb) => whereRows(eb, rows, applicationColumns))
    .where('state', '=', 'submitted')
    .select(({ fn }) => fn.countAll<string>().as('count'));
  const [all, late] = await Promise.all([
    base.executeTakeFirstOrThrow(),
    base.where('deadline_at', '<', now).executeTakeFirstOrThrow(),
  ]);
  return { waiting: Number(all.count), overdue: Number(late.count) };
};

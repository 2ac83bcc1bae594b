import { sql } from 'kysely';
import type { Predicate } from '#kernel/access/predicate.ts';
import { whereRows } from '#kernel/access/where-rows.store.ts';
import type { Db } from '#kernel/db/database.ts';
import { partOf, readParts } from '#kernel/db/parts.ts';
import { everPeriod, type Measure } from '../model/passage.ts';
import { talliesOfRow, waitingPassages } from './passage.store.ts';
import type { StatisticsParts } from './statistics.parts.ts';
import type { StatisticsTables } from './statistics.tables.ts';

/** A number of all enterprises together. */
export interface Total {
  readonly measure: Measure;
  readonly place: string;
  readonly step: number;
  readonly count: number;
  readonly seconds: number;
}

/** A number of one enterprise. */
export interface Share extends Total {
  readonly enterpriseId: string;
  readonly districtCode: string;
}

/** The numbers of some periods within the rows of whoever asks, as of one moment. */
export interface Figures {
  readonly totals: readonly Total[];
  /** Opened and ended cases of each enterprise. */
  readonly shares: readonly Share[];
  /** How many cases rest where now; `step` and `seconds` say nothing. */
  readonly standing: readonly Share[];
}

const columns = { organisation: 'enterprise_id', district: 'district_code' } as const;

const sums = {
  count: sql<number>`sum(count)`.as('count'),
  seconds: sql<number>`sum(seconds)`.as('seconds'),
};

const tallied = (db: Db, { profile, schema }: StatisticsParts, rows: Predicate, periods: readonly string[]) =>
  db
    .withTables<StatisticsTables>()
    .withSchema(schema)
    .selectFrom('case_tally')
    .where('case_type', '=', profile.lifecycle.id)
    .where('period', 'in', [...periods])
    .where((eb) => whereRows(eb, rows, columns));

type Row = Omit<Total, 'measure'> & { readonly measure: string };
type OwnRow = Row & { readonly enterprise_id: string; readonly district_code: string };

// The column is written from the measures only.
const totalOf = ({ measure, ...row }: Row): Total => ({ ...row, measure: measure as Measure });

const shareOf = ({ enterprise_id: enterpriseId, district_code: districtCode, ...row }: OwnRow): Share => ({
  ...totalOf(row),
  enterpriseId,
  districtCode,
});

const shared: readonly Measure[] = ['opened', 'ended'];
const owned = ['measure', 'place', 'step', 'enterprise_id', 'district_code'] as const;

/** Reads the numbers of some periods, with what has not been added up yet: one statement, so that nothing is missed or counted twice. */
export const readFigures = async (
  parts: StatisticsParts,
  rows: Predicate,
  periods: readonly string[],
): Promise<Figures> => {
  const { db } = parts;
  const within = tallied(db, parts, rows, periods);
  const found = await readParts(db, {
    totals: partOf(
      within.select(['measure', 'place', 'step', sums.count, sums.seconds]).groupBy(['measure', 'place', 'step']),
      {},
      totalOf,
    ),
    shares: partOf(
      within
        .where('measure', 'in', [...shared])
        .select([...owned, sums.count, sums.seconds])
        .groupBy(owned),
      {},
      shareOf,
    ),
    standing: partOf(
      tallied(db, parts, rows, [everPeriod])
        .select([...owned, sums.count, sums.seconds])
        .groupBy(owned),
      {},
      shareOf,
    ),
    waiting: partOf(
      waitingPassages(db, parts)
        .selectAll()
        .where((eb) => whereRows(eb, rows, columns)),
      { at: 'time' },
      (row) => talliesOfRow(parts, row),
    ),
  });
  const waiting = found.waiting.flat();
  const lately = waiting.filter(({ period }) => periods.includes(period));
  return {
    totals: [...found.totals, ...lately],
    shares: [...found.shares, ...lately.filter(({ measure }) => shared.includes(measure))],
    standing: [...found.standing, ...waiting.filter(({ period }) => period === everPeriod)],
  };
};

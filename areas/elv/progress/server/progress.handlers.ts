import type { Access } from '#kernel/access/access.ts';
import type { Predicate } from '#kernel/access/predicate.ts';
import type { Handlers } from '#kernel/contract/mount.ts';
import type { Db } from '#kernel/db/database.ts';
import { periodsBetween } from '#practices/case-statistics/model/period.ts';
import type { CaseStatistics } from '#practices/case-statistics/server/statistics.ts';
import { vehicleCase } from '../../vehicle-case/model/vehicle-case.lifecycle.ts';
import type { progressContract } from '../model/progress.contract.ts';
import { type OverdueCount, progressFiguresOf } from './progress-figures.ts';

/** What of the cases in hand is told beside the numbers. */
export interface LiveCases {
  overdue(db: Db, rows: Predicate, now: Date): Promise<readonly OverdueCount[]>;
  oldest(db: Db, rows: Predicate, states: readonly string[]): Promise<ReadonlyMap<string, Date>>;
}

/** What the page of progress works with. */
export interface ProgressParts {
  readonly db: Db;
  readonly access: Access;
  readonly statistics: Pick<CaseStatistics, 'figures' | 'lastRecount'>;
  readonly live: LiveCases;
  /** Where it is said what organisations are called. */
  readonly organisations: { all(db: Db): Promise<readonly { readonly id: string; readonly name: string }[]> };
}

const openStates = Object.entries(vehicleCase.states).flatMap(([state, { kind }]) => (kind === 'final' ? [] : [state]));

const only = (field: string, value: string | undefined): readonly Predicate[] =>
  value === undefined ? [] : [{ field, in: [value] }];

/** Handlers of the page of progress. Source: tender R14. */
export const progressHandlers = ({
  db,
  access,
  statistics,
  live,
  organisations,
}: ProgressParts): Handlers<typeof progressContract> => ({
  figures: async ({ from, to, districtCode, enterpriseId }, { subject, now }) => {
    const rows: Predicate = {
      all: [
        access.rowFilter(subject, 'elv.progress:read'),
        ...only('district', districtCode),
        ...only('organisation', enterpriseId),
      ],
    };
    const [figures, overdue, oldest, compared, known] = await Promise.all([
      statistics.figures(rows, periodsBetween(from, to)),
      live.overdue(db, rows, now),
      live.oldest(db, rows, openStates),
      statistics.lastRecount(),
      organisations.all(db),
    ]);
    const names = new Map(known.map(({ id, name }) => [id, name]));
    return {
      from,
      to,
      asOf: now.toISOString(),
      compared: compared?.ended_at
        ? { at: compared.ended_at.toISOString(), differences: compared.differences ?? 0 }
        : null,
      ...progressFiguresOf(figures, { overdue, oldest, nameOf: (id) => names.get(id) ?? id }),
    };
  },
});

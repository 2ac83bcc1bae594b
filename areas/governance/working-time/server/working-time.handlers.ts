import type { AuditFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import type { Period } from '#kernel/lifecycle/lifecycle.ts';
import { type SetPeriod, setPeriod, setPeriods, setSpecialDay, specialDaysOf } from '#kernel/settings/setting.store.ts';
import { describeSource } from '#kernel/source/source.ts';
import type { PeriodView, workingTimeContract } from '../model/working-time.contract.ts';

/** A period and the title of the area it belongs to. */
export interface AreaPeriod {
  readonly area: string;
  readonly period: Period;
}

/** What keeping working time needs. */
export interface WorkingTimeParts {
  readonly db: Db;
  readonly periods: readonly AreaPeriod[];
}

const viewOf = ({ area, period }: AreaPeriod, set: SetPeriod | undefined): PeriodView => ({
  setting: period.setting,
  title: period.title,
  area,
  unit: period.unit,
  fallback: period.fallback,
  value: set?.value ?? null,
  source: describeSource(period.source),
  updatedAt: set?.updatedAt.toISOString() ?? null,
  updatedBy: set?.updatedBy ?? null,
});

const changeFact = (
  { subject, ip, now, traceId }: CallContext,
  action: string,
  object: AuditFact['object'],
  detail: AuditFact['detail'],
): AuditFact => ({
  at: now,
  kind: 'system',
  action,
  actor: { id: subject.id, name: subject.name, organisationId: subject.organisationId, ip },
  object,
  outcome: 'done',
  detail,
  traceId,
});

/** Handlers of periods and the calendar; every change leaves what stood before and what stands now. Source: tender R44, R45. */
export const workingTimeHandlers = ({ db, periods }: WorkingTimeParts): Handlers<typeof workingTimeContract> => ({
  periods: async () => {
    const set = new Map((await setPeriods(db)).map((one) => [one.setting, one]));
    return periods.map((one) => viewOf(one, set.get(one.period.setting)));
  },
  setPeriod: async ({ setting, was, value }, context) => {
    const known = periods.find(({ period }) => period.setting === setting);
    if (!known) return context.fail('NOT_FOUND');
    const { now, subject } = context;
    await inTransaction(db, async (tx) => {
      if (!(await setPeriod(tx, setting, { was, value, by: subject.name, at: now }))) context.fail('CHANGED');
      const object = { type: 'governance.period', id: setting };
      await appendFact(tx, changeFact(context, 'governance.working-time.setPeriod', object, { was, value }));
    });
    return viewOf(known, { setting, value, updatedAt: now, updatedBy: subject.name });
  },
  specialDays: async ({ year }) => [...(await specialDaysOf(db, year))],
  setDay: async ({ day, was, kind, name }, context) => {
    await inTransaction(db, async (tx) => {
      const kept = kind === 'as-week' ? '' : name;
      if (!(await setSpecialDay(tx, day, { was, kind, name: kept }))) context.fail('CHANGED');
      const object = { type: 'governance.special-day', id: day };
      await appendFact(tx, changeFact(context, 'governance.working-time.setDay', object, { was, kind, name: kept }));
    });
    return { day, kind, name: kind === 'as-week' ? '' : name };
  },
});

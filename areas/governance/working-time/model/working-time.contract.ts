import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { day } from '#kernel/fields/field.ts';
import { rule, tender } from '#kernel/source/source.ts';

/** The longest period an administrator may set, in days of its unit. */
export const longestPeriod = 365;

/** The years the calendar may be kept for. */
export const calendarYears = { first: 2020, last: 2100 } as const;

const amount = z
  .number('请填写天数')
  .int('天数应为整数')
  .min(1, '至少 1 天')
  .max(longestPeriod, `至多 ${longestPeriod} 天`);

/** A period as administrators see it. `value` is null where the fallback runs. */
export const periodView = z.object({
  setting: z.string(),
  title: z.string(),
  area: z.string(),
  unit: z.enum(['working-day', 'day']),
  fallback: z.number(),
  value: z.number().nullable(),
  /** Where the fallback comes from, in words. */
  source: z.string(),
  updatedAt: z.iso.datetime().nullable(),
  updatedBy: z.string().nullable(),
});
/** See {@link periodView}. */
export type PeriodView = z.output<typeof periodView>;

/** A day on which the week does not decide. `assumed`: not officially published yet. */
export const specialDayView = z.object({
  day: z.string(),
  kind: z.enum(['holiday', 'working-day']),
  name: z.string(),
  assumed: z.boolean(),
});
/** See {@link specialDayView}. */
export type SpecialDayView = z.output<typeof specialDayView>;

/** What a day may be: off, worked, or as the week says. */
export const dayKind = z.enum(['holiday', 'working-day', 'as-week']);
/** See {@link dayKind}. */
export type DayKind = z.output<typeof dayKind>;

const changed = { status: 409, message: '这一项刚被他人改过，页面已取回最新内容，请核对后再改' } as const;
const calendarSource = rule('全国年节及纪念日放假办法', '国务院办公厅年度放假通知');

/** Keeping periods and the calendar of working days. Source: tender R44 (system parameters), 机动车登记规定第九十二条. */
export const workingTimeContract = {
  periods: operation({
    id: 'governance.working-time.periods',
    title: '查看办理期限',
    source: tender(44),
    method: 'GET',
    path: '/governance/periods',
    permission: 'governance.working-time:read',
    input: z.object({}),
    output: z.array(periodView),
    errors: {},
    audit: 'none',
  }),
  setPeriod: operation({
    id: 'governance.working-time.setPeriod',
    title: '修改办理期限',
    source: tender(44),
    method: 'PUT',
    path: '/governance/periods/{setting}',
    permission: 'governance.working-time:change',
    input: z.object({
      setting: z.string().max(80),
      /** What the person saw. */
      was: z.number().nullable(),
      /** Null gives the period back to its fallback. */
      value: amount.nullable(),
    }),
    output: periodView,
    errors: { NOT_FOUND: { status: 404, message: '没有这个期限' }, CHANGED: changed },
    audit: 'write',
  }),
  specialDays: operation({
    id: 'governance.working-time.specialDays',
    title: '查看工作日历',
    source: calendarSource,
    method: 'GET',
    path: '/governance/special-days',
    permission: 'governance.working-time:read',
    input: z.object({ year: z.coerce.number().int().min(calendarYears.first).max(calendarYears.last) }),
    output: z.array(specialDayView),
    errors: {},
    audit: 'none',
  }),
  setDay: operation({
    id: 'governance.working-time.setDay',
    title: '修改工作日历',
    source: calendarSource,
    method: 'PUT',
    path: '/governance/special-days/{day}',
    permission: 'governance.working-time:change',
    input: z
      .object({
        day: day(),
        /** What the person saw. */
        was: dayKind,
        kind: dayKind,
        name: z.string().trim().max(40, '名称不超过 40 个字'),
      })
      .refine(({ kind, name }) => kind === 'as-week' || name !== '', {
        path: ['name'],
        message: '请填写节日或调休名称',
      }),
    output: z.object({ day: z.string(), kind: dayKind, name: z.string() }),
    errors: { CHANGED: changed },
    audit: 'write',
  }),
};

import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { periodDays } from './progress-period.ts';

const count = z.int();
const instant = z.string();

/** How long something took, in seconds, to within a tenth; nulls where nothing took any time yet. The mean is exact. */
export const durations = z.object({
  count,
  median: z.int().nullable(),
  /** Nine of ten did not take longer. */
  ninth: z.int().nullable(),
  mean: z.int().nullable(),
});
/** See {@link durations}. */
export type Durations = z.output<typeof durations>;

/** What an enterprise or a district has in hand and has done; of the period but for `open` and `overdue`, which are of now. */
export const shareView = z.object({
  id: z.string(),
  title: z.string(),
  open: count,
  overdue: count,
  opened: count,
  closed: count,
  whole: durations,
});
/** See {@link shareView}. */
export type ShareView = z.output<typeof shareView>;

/** A state in which somebody or something must still act, and what rests there now. */
export const queueView = z.object({
  state: z.string(),
  title: z.string(),
  stage: z.string(),
  kind: z.enum(['work', 'wait']),
  count,
  overdue: count,
  oldest: instant.nullable(),
});
/** See {@link queueView}. */
export type QueueView = z.output<typeof queueView>;

/** All figures of the page, of one period and for one reader. */
export const progressFigures = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  asOf: instant,
  /** When the numbers were last compared with the signed steps; null before the first time. */
  compared: z.object({ at: instant, differences: count }).nullable(),
  /** In the order of the work. */
  stages: z.array(z.object({ stage: z.string(), durations })),
  /** From opening to the good end. */
  whole: durations,
  opened: count,
  closed: count,
  /** Ended without scrapping: refused, thrown away. */
  endedOtherwise: count,
  queues: z.array(queueView),
  districts: z.array(shareView),
  enterprises: z.array(shareView),
});
/** See {@link progressFigures}. */
export type ProgressFigures = z.output<typeof progressFigures>;

/** How cases get on, within the rows of whoever asks: numbers, no case and no person. Source: tender R14. */
export const progressContract = {
  figures: operation({
    id: 'elv.progress.figures',
    title: '办理进度',
    source: tender(14),
    method: 'GET',
    path: '/elv/progress',
    permission: 'elv.progress:read',
    input: z
      .object({
        from: z.iso.date(),
        to: z.iso.date(),
        districtCode: z
          .string()
          .regex(/^\d{6}$/)
          .optional(),
        enterpriseId: z.string().min(1).max(64).optional(),
      })
      .refine(({ from, to }) => from <= to, '开始日期应不晚于结束日期')
      .refine(({ from, to }) => periodDays(from, to) <= 1_100, '一次最多看三年'),
    output: progressFigures,
    errors: {},
    audit: 'none',
  }),
};

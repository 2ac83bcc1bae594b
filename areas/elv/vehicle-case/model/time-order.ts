import type { Obstacle } from '#kernel/lifecycle/lifecycle.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { VehicleCaseRecord } from './vehicle-case.record.ts';
import type { SectionId } from './vehicle-case.views.ts';

interface Moment {
  readonly section: SectionId;
  readonly field: string;
  readonly title: string;
  /** Comparable as text: a day `yyyy-MM-dd`, or an instant cut to its Shanghai day. */
  readonly value: string | null;
  /** The exact instant where one is known, for order within a day. */
  readonly instant: string | null;
}

const dayMoment = (record: VehicleCaseRecord, section: SectionId, field: string, title: string): Moment => {
  const value = record.sections[section][field];
  return { section, field, title, value: typeof value === 'string' ? value.slice(0, 10) : null, instant: null };
};

const instantMoment = (section: SectionId, field: string, title: string, value: unknown): Moment => {
  const instant = typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : null;
  return { section, field, title, value: instant === null ? null : shanghaiDay(new Date(instant)), instant };
};

const momentsOf = (record: VehicleCaseRecord): readonly Moment[] => [
  instantMoment('tow', 'handedOverAt', '交车时间', record.handedOverAt),
  instantMoment('entry', 'enteredAt', '进场时间', record.sections.entry.enteredAt),
  instantMoment('dismantling', 'roofOrBeamCutAt', '掀顶/断梁时间', record.sections.dismantling.roofOrBeamCutAt),
  instantMoment(
    'dismantling',
    'assembliesDismantledAt',
    '五大总成拆解时间',
    record.sections.dismantling.assembliesDismantledAt,
  ),
  dayMoment(record, 'dismantling', 'dismantledOn', '拆解日期'),
  dayMoment(record, 'deregistration', 'deregisteredOn', '注销日期'),
];

/** People enter times by the minute; the server's own have seconds. Within one minute there is no order. */
const minuteOf = (instant: string): string => instant.slice(0, 'yyyy-MM-ddTHH:mm'.length);

const isAfter = (earlier: Moment, later: Moment): boolean => {
  if (earlier.instant !== null && later.instant !== null) return minuteOf(earlier.instant) > minuteOf(later.instant);
  return earlier.value !== null && later.value !== null && earlier.value > later.value;
};

/** Times of a section that lie before what must come first, or in the future; each named with its field. Source: domain 2.6. */
export const timeOrderFaults = (record: VehicleCaseRecord, section: SectionId, now: Date): readonly Obstacle[] => {
  const moments = momentsOf(record).filter(({ value }) => value !== null);
  const today = shanghaiDay(now);
  return moments.flatMap((moment, index): Obstacle[] => {
    if (moment.section !== section) return [];
    const path = `${section}.${moment.field}`;
    const ahead = moment.instant === null ? (moment.value ?? '') > today : moment.instant > now.toISOString();
    const wrong = moments.slice(0, index).find((earlier) => isAfter(earlier, moment));
    return [
      ...(ahead ? [{ path, message: `${moment.title}不能晚于现在` }] : []),
      ...(wrong ? [{ path, message: `${moment.title}不能早于${wrong.title}` }] : []),
    ];
  });
};

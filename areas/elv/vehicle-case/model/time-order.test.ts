import { expect, test } from 'vitest';
import { timeOrderFaults } from './time-order.ts';
import { emptyRecord, type VehicleCaseRecord } from './vehicle-case.record.ts';

const now = new Date('2026-11-24T10:30:10Z');

const entered = (enteredAt: string, handedOverAt = '2026-11-24T10:05:40.500Z'): VehicleCaseRecord => {
  const record = emptyRecord(true);
  return { ...record, handedOverAt, sections: { ...record.sections, entry: { enteredAt } } };
};

test('R03: an entry in the minute of the hand-over is in order, since times are entered by the minute', () => {
  expect(timeOrderFaults(entered('2026-11-24T18:05:00+08:00'), 'entry', now)).toEqual([]);
});

test('R03: an entry before the minute of the hand-over, or after now, is refused by name', () => {
  expect(timeOrderFaults(entered('2026-11-24T18:04:00+08:00'), 'entry', now)).toEqual([
    { path: 'entry.enteredAt', message: '进场时间不能早于交车时间' },
  ]);
  expect(timeOrderFaults(entered('2026-11-24T18:31:00+08:00'), 'entry', now)).toEqual([
    { path: 'entry.enteredAt', message: '进场时间不能晚于现在' },
  ]);
});

test('R04: times on different days are compared by their days where only the day is known', () => {
  const record = entered('2026-11-24T18:06:00+08:00');
  const dismantled = { dismantledOn: '2026-11-23' };
  const early = { ...record, sections: { ...record.sections, dismantling: dismantled } };
  expect(timeOrderFaults(early, 'dismantling', now)).toEqual([
    { path: 'dismantling.dismantledOn', message: '拆解日期不能早于交车时间' },
  ]);
});

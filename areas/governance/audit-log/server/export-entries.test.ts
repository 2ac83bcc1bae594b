import { expect, test } from 'vitest';
import { filterText } from './export-entries.ts';

test('R45: the head of an export tells its conditions in words', () => {
  const titles = new Map([['elv.vehicle-case.get', '案卷详情']]);
  expect(
    filterText(
      { kind: 'security', action: 'elv.vehicle-case.get', outcome: 'refused', from: '2026-11-23T16:00:00.000Z' },
      titles,
    ),
  ).toBe('类别：安全；动作：案卷详情；结果：拒绝；自：2026-11-24 00:00');
  expect(filterText({}, titles)).toBe('全部');
});

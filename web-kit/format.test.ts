import { describe, expect, test } from 'vitest';
import * as format from './format.ts';

describe('format', () => {
  test('an instant is shown in Shanghai, also across midnight', () => {
    expect(format.formatMoment('2026-11-22T16:05:09.000Z')).toBe('2026-11-23 00:05');
    expect(format.formatMomentExactly('2026-11-22T16:05:09.000Z')).toBe('2026-11-23 00:05:09');
    expect(format.formatDay('2026-11-22T15:59:59.000Z')).toBe('2026-11-22');
    expect(format.formatClock('2026-11-22T06:05:00.000Z')).toBe('14:05');
  });

  test('a bare day passes through and nonsense is a dash', () => {
    expect(format.formatDay('2026-11-23')).toBe('2026-11-23');
    expect(format.formatDay('nonsense')).toBe('—');
    expect(format.formatMoment(null)).toBe('—');
  });

  test('money is integer fen with thousands and two places', () => {
    expect(format.formatMoney(1_200_000)).toBe('¥12,000.00');
    expect(format.formatMoney(-5)).toBe('-¥0.05');
    expect(format.formatMoney(null)).toBe('—');
  });

  test('sizes', () => {
    expect(format.formatBytes(900)).toBe('900 B');
    expect(format.formatBytes(188_416)).toBe('184 KB');
    expect(format.formatBytes(2_411_724)).toBe('2.3 MB');
    expect(format.formatBytes(77_416_000_000)).toBe('72.1 GB');
  });

  test('elapsed time is in whole words and never negative', () => {
    const now = Date.parse('2026-11-23T06:00:00Z');
    expect(format.formatElapsed('2026-11-23T06:10:00Z', now)).toBe('刚刚');
    expect(format.formatElapsed('2026-11-23T05:48:00Z', now)).toBe('12 分钟');
    expect(format.formatElapsed('2026-11-23T02:59:00Z', now)).toBe('3 小时');
    expect(format.formatElapsed('2026-11-18T05:00:00Z', now)).toBe('5 天');
  });

  test('what something took is told in the unit people say it in', () => {
    expect([40, 720, 19_800, 86_400, 276_480, 40 * 86_400, null].map(format.formatDuration)).toEqual([
      '40 秒',
      '12 分钟',
      '5.5 小时',
      '1 天',
      '3.2 天',
      '40 天',
      '—',
    ]);
  });

  test('deadlines count working days', () => {
    expect(format.formatWorkingDaysLeft(2, false)).toBe('剩 2 个工作日');
    expect(format.formatWorkingDaysLeft(0, false)).toBe('今天到期');
    expect(format.formatWorkingDaysLeft(-3, true)).toBe('超期 3 个工作日');
    expect(format.formatWorkingDaysLeft(0, true)).toBe('已超期');
  });
});

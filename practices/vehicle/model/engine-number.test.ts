import { describe, expect, it } from 'vitest';
import { checkEngineNumber } from './engine-number.ts';

describe('engine numbers', () => {
  it.each([
    ['TEST123456', 'TEST123456'],
    [' test 123456 ', 'TEST123456'],
    ['TZ123、TZ456', 'TZ123,TZ456'],
    ['TZ123，TZ456；', 'TZ123,TZ456'],
    ['无', '无'],
    ['4A*91-B/2', '4A*91-B/2'],
  ])('%s reads %s', (raw, value) => {
    expect(checkEngineNumber(raw)).toEqual({ ok: true, value, warnings: [] });
  });

  it.each(['发动机', 'A1', '', ',', 'A'.repeat(31), `${'A'.repeat(30)},${'B'.repeat(30)}`, '无,TZ123'])(
    '%s is refused',
    (raw) => {
      expect(checkEngineNumber(raw)).toEqual({ ok: false, message: expect.stringMatching(/4 至 30 位/) });
    },
  );
});

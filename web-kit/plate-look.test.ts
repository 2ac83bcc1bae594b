import { describe, expect, test } from 'vitest';
import { plateLook } from './plate-look.ts';
import { vinGroups } from './vin-groups.ts';

describe('plateLook', () => {
  test.each([
    ['沪A12345', '02', 'blue'],
    ['沪A12345', '01', 'yellow'],
    ['沪AD12345', '52', 'green'],
    ['沪A12345D', '51', 'yellow-green'],
    ['沪A1234挂', '15', 'yellow'],
    ['沪A1234警', '23', 'white'],
    ['沪A0012领', '04', 'black'],
    ['沪AD12345', null, 'green'],
    ['沪A12345D', null, 'yellow-green'],
    ['沪A1234学', null, 'yellow'],
    ['沪A12345', '77', 'blue'],
    [null, '41', 'none'],
    ['', null, 'none'],
  ] as const)('%s of type %s is %s', (plateNo, type, look) => {
    expect(plateLook(plateNo, type)).toBe(look);
  });
});

describe('vinGroups', () => {
  test('seventeen letters are 3-6-8, anything else stays whole', () => {
    expect(vinGroups('LTESTA001A0000001')).toEqual(['LTE', 'STA001', 'A0000001']);
    expect(vinGroups('ABC123')).toEqual(['ABC123']);
  });
});

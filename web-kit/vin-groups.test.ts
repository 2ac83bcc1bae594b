import { describe, expect, test } from 'vitest';
import { vinGroups } from './vin-groups.ts';

describe('vinGroups', () => {
  test('seventeen letters are 3-6-8, anything else stays whole', () => {
    expect(vinGroups('LTESTA001A0000001')).toEqual(['LTE', 'STA001', 'A0000001']);
    expect(vinGroups('ABC123')).toEqual(['ABC123']);
  });
});

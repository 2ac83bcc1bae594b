import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkedBy, doubtsOf } from './checked.ts';
import { checkTractionBatteryCode } from './traction-battery-code.ts';
import { readVin } from './vin.ts';

const codes = z.array(checkedBy(checkTractionBatteryCode));

describe('R04: schemas made from validators', () => {
  it('writes a code tidily and refuses in the words of its validator', () => {
    expect(codes.parse([' 001p-b1234567 abc912345678 '])).toEqual(['001PB1234567ABC912345678']);
    expect(codes.safeParse(['001PB1234567ABC912345678', '电池']).error?.issues).toMatchObject([
      { path: [1], message: expect.stringContaining('对照电池铭牌核对') },
    ]);
  });

  it('lets a doubtful value pass and tells the doubt, of a list with the place of the member', () => {
    const doubtful = '001PB1234567ABC91234567';

    expect(codes.parse([doubtful])).toEqual([doubtful]);
    expect(doubtsOf(codes, ['001PB1234567ABC912345678', doubtful])).toEqual([
      expect.stringMatching(/^第 2 个：应为 24 位，现在是 23 位/),
    ]);
    expect(doubtsOf(checkedBy(readVin), 'LSVAA49J132033171')).toHaveLength(1);
  });

  it('has nothing to doubt where a value is missing, refused or of another kind', () => {
    expect(doubtsOf(codes, undefined)).toEqual([]);
    expect(doubtsOf(codes, ['电池', 7])).toEqual([]);
    expect(doubtsOf(z.string(), 'anything')).toEqual([]);
    expect(doubtsOf(z.array(z.string()), ['anything'])).toEqual([]);
  });
});

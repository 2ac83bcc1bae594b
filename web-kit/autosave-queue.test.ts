import { describe, expect, test } from 'vitest';
import {
  arrived,
  collided,
  dropped,
  nextBatch,
  notArrived,
  overlaid,
  type Queue,
  restful,
  sameValue,
  sending,
  settled,
  turnedDown,
  typed,
} from './autosave-queue.ts';

const vin = { section: 'papers', field: 'vin', base: '' } as const;
const plate = { section: 'papers', field: 'plateNo', base: '沪A00001' } as const;
const phone = { section: 'owner', field: 'phone', base: undefined } as const;

const sent = (queue: Queue): { queue: Queue; batch: NonNullable<ReturnType<typeof nextBatch>> } => {
  const batch = nextBatch(queue);
  if (!batch) throw new Error('nothing to send');
  return { queue: sending(queue, batch), batch };
};

describe('the queue of typed fields', () => {
  test('a field typed back to what it was is not unsaved', () => {
    const queue = typed(typed({}, plate, '沪A0000'), plate, '沪A00001');

    expect(queue).toEqual({});
  });

  test('all kinds of empty are the same, lists compare by content', () => {
    expect(sameValue('', null)).toBe(true);
    expect(sameValue(undefined, [])).toBe(true);
    expect(sameValue(['a'], ['a'])).toBe(true);
    expect(sameValue(0, '')).toBe(false);
    expect(sameValue(false, null)).toBe(false);
  });

  test('fields of one section go together, each with what stood there when the person began', () => {
    const queue = typed(typed(typed({}, vin, 'L'), phone, '138'), plate, '沪B1');

    expect(nextBatch(queue)).toEqual({
      section: 'papers',
      changes: { vin: { was: '', now: 'L' }, plateNo: { was: '沪A00001', now: '沪B1' } },
    });
  });

  test('a cleared field is sent as null', () => {
    expect(nextBatch(typed({}, plate, ''))?.changes.plateNo).toEqual({ was: '沪A00001', now: '' });
    expect(nextBatch(typed({}, plate, undefined))?.changes.plateNo).toEqual({ was: '沪A00001', now: null });
  });

  test('what arrived leaves the queue; what was typed on meanwhile stays, counted from the answer', () => {
    const { queue, batch } = sent(typed(typed({}, vin, 'lsv'), plate, '沪B1'));
    const typedOn = typed(queue, vin, 'lsvx');

    expect(arrived(typedOn, batch, { vin: 'LSV', plateNo: '沪B1' })).toEqual({
      'papers.vin': { section: 'papers', field: 'vin', was: 'LSV', now: 'lsvx', state: 'typed' },
    });
  });

  test('a lost call is sent again whole', () => {
    const { queue, batch } = sent(typed({}, vin, 'L'));

    expect(nextBatch(queue)).toBeUndefined();
    expect(nextBatch(notArrived(queue, batch))).toEqual(batch);
    expect(nextBatch(restful(queue))).toEqual(batch);
  });

  test('a conflict waits for a choice; fields not in conflict go again; equal values are no conflict', () => {
    const { queue, batch } = sent(
      typed(typed(typed({}, vin, 'MINE'), plate, '沪B1'), { section: 'papers', field: 'engineNo', base: '' }, 'E1'),
    );
    const after = collided(queue, batch, { vin: 'THEIRS', engineNo: 'E1' });

    expect(after['papers.vin']).toMatchObject({ state: 'conflict', now: 'MINE', theirs: 'THEIRS' });
    expect(after['papers.engineNo']).toBeUndefined();
    expect(nextBatch(after)?.changes).toEqual({ plateNo: { was: '沪A00001', now: '沪B1' } });
  });

  test('keeping mine is sent over theirs, keeping theirs drops mine', () => {
    const { queue, batch } = sent(typed({}, vin, 'MINE'));
    const conflict = collided(queue, batch, { vin: 'THEIRS' });

    expect(nextBatch(settled(conflict, 'papers.vin', 'mine'))?.changes).toEqual({
      vin: { was: 'THEIRS', now: 'MINE' },
    });
    expect(settled(conflict, 'papers.vin', 'theirs')).toEqual({});
  });

  test('typing in a conflicting field keeps the conflict open', () => {
    const { queue, batch } = sent(typed({}, vin, 'MINE'));
    const typedOn = typed(collided(queue, batch, { vin: 'THEIRS' }), vin, 'MINE2');

    expect(typedOn['papers.vin']).toMatchObject({ state: 'conflict', now: 'MINE2', theirs: 'THEIRS' });
  });

  test('a refused field waits with its message, the others go again, and typing frees it', () => {
    const { queue, batch } = sent(typed(typed({}, vin, 'L'), plate, '沪B1'));
    const after = turnedDown(queue, batch, [{ path: 'papers.vin', message: '没有这个字段' }], '不符合要求');

    expect(after['papers.vin']).toMatchObject({ state: 'refused', message: '没有这个字段', now: 'L' });
    expect(Object.keys(nextBatch(after)?.changes ?? {})).toEqual(['plateNo']);
    expect(Object.keys(nextBatch(typed(after, vin, 'LS'))?.changes ?? {})).toEqual(['vin', 'plateNo']);
  });

  test('a refusal that names no field holds the whole batch with what was typed', () => {
    const { queue, batch } = sent(typed(typed({}, vin, 'L'), plate, '沪B1'));
    const after = turnedDown(queue, batch, [], '现在不能修改');

    expect(Object.values(after).map(({ state, message }) => [state, message])).toEqual([
      ['refused', '现在不能修改'],
      ['refused', '现在不能修改'],
    ]);
    expect(dropped(dropped(after, 'papers.vin'), 'papers.plateNo')).toEqual({});
  });

  test('the form shows what was typed over what the server holds', () => {
    const values = { vin: 'OLD', engineNo: 'E' };

    expect(overlaid(values, typed({}, { ...vin, base: 'OLD' }, 'NEW'), 'papers')).toEqual({
      vin: 'NEW',
      engineNo: 'E',
    });
    expect(overlaid(values, {}, 'papers')).toBe(values);
  });
});

import { describe, expect, test } from 'vitest';
import { anyBookLoan, type BookLoan, freshLoan } from '#testkit/book-loan.lifecycle.ts';
import { decide, type Ruling, type Snapshot, standingRefusals } from './decide.ts';

const now = new Date('2026-11-23T02:00:00Z');

const loan = (change: Partial<Snapshot<BookLoan>> = {}): Snapshot<BookLoan> => ({
  id: 'loan-1',
  lifecycleVersion: 1,
  state: 'asked',
  version: 4,
  round: 1,
  holds: [],
  record: freshLoan,
  ...change,
});

const rulingOn = (
  snapshot: Snapshot<BookLoan>,
  action: string,
  more: { input?: unknown; expectedVersion?: number } = {},
): Ruling<BookLoan> =>
  decide(anyBookLoan, snapshot, { action, input: more.input, expectedVersion: more.expectedVersion, now });

const refusalsOf = (ruling: Ruling<BookLoan>) =>
  ruling.ok ? [] : ruling.refusals.map(({ why, path }) => ({ why, path }));

describe('T3.5: a step is decided by the lifecycle alone', () => {
  test('T3.5: an allowed step leads to the next state with all that follows from it', () => {
    expect(rulingOn(loan({ state: 'deciding' }), 'lend')).toEqual({
      ok: true,
      next: 'lent',
      record: freshLoan,
      input: {},
      effects: [{ do: 'run', hook: 'stamp' }],
    });
  });

  test.each([
    ['fetching', true, [{ do: 'send', connector: 'archive', exchange: 'fetch' }]],
    ['deciding', false, []],
  ] as const)('T3.5: a chosen target goes to %s when rare is %s', (next, rare, effects) => {
    expect(rulingOn(loan({ record: { ...freshLoan, rare } }), 'ask')).toMatchObject({ ok: true, next, effects });
  });

  test('T3.5: a step that stays changes the record and does not enter its state again', () => {
    const ruling = rulingOn(loan({ state: 'lent' }), 'remark', { input: { text: '封面有水渍' } });
    expect(ruling).toMatchObject({ ok: true, next: 'lent', record: { remarks: ['封面有水渍'] }, effects: [] });
  });

  test('T3.5: input is parsed: the step carries what the schema made of it', () => {
    const ruling = rulingOn(loan({ state: 'deciding' }), 'sendBack', {
      input: { reason: '  缺少单位证明  ', other: 1 },
    });
    expect(ruling).toMatchObject({ ok: true, input: { reason: '缺少单位证明' } });
  });
});

describe('T3.5: every refusal is found, not only the first', () => {
  test('T3.5: stale, wrong state, frozen, guard and input are told together', () => {
    const snapshot = loan({ state: 'returned', holds: ['recall'], record: { ...freshLoan, card: false } });
    const refusals = refusalsOf(rulingOn(snapshot, 'ask', { expectedVersion: 3 }));
    expect(refusals).toEqual([
      { why: 'stale', path: '' },
      { why: 'wrong-state', path: '' },
      { why: 'held', path: '' },
      { why: 'guard', path: 'reader.card' },
    ]);
  });

  test('T3.5: bad input names its field', () => {
    expect(rulingOn(loan({ state: 'deciding' }), 'refuse', { input: { reason: '不' } })).toEqual({
      ok: false,
      refusals: [{ why: 'bad-input', path: 'input.reason', message: '请写明原因，至少 4 个字' }],
    });
  });

  test.each(['toString', '__proto__', 'constructor', 'nothing'])('T3.5: %s is not an action', (action) => {
    expect(refusalsOf(rulingOn(loan(), action))).toEqual([{ why: 'unknown-action', path: '' }]);
  });

  test('T3.5: whoever gives no version acts on what stands', () => {
    expect(rulingOn(loan({ state: 'fetching' }), 'fetched')).toMatchObject({ ok: true, next: 'deciding' });
    expect(refusalsOf(rulingOn(loan({ state: 'fetching' }), 'fetched', { expectedVersion: 5 }))).toEqual([
      { why: 'stale', path: '' },
    ]);
  });
});

describe('R08: a hold stops everything but what is allowed under it', () => {
  const held = loan({ state: 'lent', holds: ['recall'] });

  test.each([
    ['giveBack', undefined, ['held']],
    ['remark', { text: '已电话通知' }, []],
    ['endRecall', undefined, []],
    ['recall', undefined, ['held']],
  ])('R08: under the hold, %s with %j is refused by %j', (action, input, whys) => {
    expect(refusalsOf(rulingOn(held, action, { input })).map(({ why }) => why)).toEqual(whys);
  });

  test('R08: a hold that does not stand cannot be lifted', () => {
    expect(rulingOn(loan({ state: 'lent' }), 'endRecall')).toMatchObject({
      ok: false,
      refusals: [{ why: 'wrong-state', message: '案卷没有“召回审理中”' }],
    });
  });
});

test('T3.5: the reasons beside a button are those of the step itself, without the input', () => {
  const snapshot = loan({ state: 'asked', record: { ...freshLoan, card: false } });
  expect(standingRefusals(anyBookLoan, snapshot, 'refuse', now).map(({ why }) => why)).toEqual(['wrong-state']);
  expect(standingRefusals(anyBookLoan, snapshot, 'ask', now)).toEqual([
    { why: 'guard', path: 'reader.card', message: '读者证尚未出示' },
  ]);
});

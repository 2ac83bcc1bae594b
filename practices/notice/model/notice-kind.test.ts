import { describe, expect, test } from 'vitest';
import { assumption } from '#kernel/source/source.ts';
import { kindNamed, noticeKind } from './notice-kind.ts';
import { filled } from './notice-value.ts';
import { takesWay } from './wanted.ts';

const kind = {
  id: 'library.loan.overdue',
  group: { id: 'library.loan', title: '借阅' },
  source: assumption('test'),
  title: '逾期',
  text: '借阅 {loanNo}（{plateNo}）逾期',
  slots: { loanNo: 'number', plateNo: 'plate', by: 'organisation' },
  outside: { text: '借阅{loanNo}逾期', channels: ['sms'], bound: ['mail'] },
  permission: 'library.loan:read',
} as const;

describe('R49: a text is made of declared values only', () => {
  test('a slot nobody declared is refused where the kind is told', () => {
    expect(() => noticeKind({ ...kind, text: '{reader}的借阅逾期' })).toThrow(
      'library.loan.overdue has no slot reader',
    );
    const outside = { ...kind.outside, text: '{reader}' };
    expect(() => noticeKind({ ...kind, outside })).toThrow('library.loan.overdue has no slot reader');
  });

  test.each(['plateNo', 'by'])('%s does not leave the house', (name) => {
    const outside = { ...kind.outside, text: `借阅{loanNo}{${name}}逾期` };
    expect(() => noticeKind({ ...kind, outside })).toThrow(`library.loan.overdue lets out ${name}`);
  });

  test('values stand in their slots', () => {
    const { text, slots } = noticeKind(kind);
    const values = { loanNo: 'SC2026112300001', plateNo: '沪A12345', by: '市图书馆' };
    expect(filled(text, slots, values)).toBe('借阅 SC2026112300001（沪A12345）逾期');
    expect(filled(text, slots, { ...values, plateNo: null })).toContain('（无号牌）');
  });

  test.each(['张三', '310101199001011234', '13800000001', '', null, undefined])(
    '%s is no number of a matter',
    (loanNo) => {
      expect(() => filled(kind.text, kind.slots, { loanNo, plateNo: null })).toThrow();
    },
  );
});

test('R49: a way is taken as the kind has it, unless the person said otherwise; what is bound is taken all the same', () => {
  const ways = (said: boolean | undefined) => [takesWay(kind, 'sms', said), takesWay(kind, 'mail', said)];
  expect([ways(undefined), ways(false), ways(true)]).toEqual([
    [true, true],
    [false, true],
    [true, true],
  ]);
  expect(takesWay({ outside: null }, 'sms', true)).toBe(false);
  expect(takesWay({ outside: { text: '', channels: [] } }, 'mail', true)).toBe(true);
});

test('R49: a lifecycle that names a notice there is not is a defect', () => {
  expect(kindNamed({ kind }, kind.id)).toBe(kind);
  expect(() => kindNamed({ kind }, 'library.loan.lost')).toThrow('there is no notice library.loan.lost');
});

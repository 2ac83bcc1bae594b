import { z } from 'zod';
import { type Guard, type LifecycleOf, lifecycleOf, widened } from '#kernel/lifecycle/lifecycle.ts';
import { assumption } from '#kernel/source/source.ts';

/** The record of a book loan: a made-up kind of case, small enough to read at once, on which the kernel is tested. */
export interface BookLoan {
  readonly title: string;
  readonly rare: boolean;
  /** Whether the reader has shown a card. */
  readonly card: boolean;
  readonly remarks: readonly string[];
}

/** A loan as it begins. */
export const freshLoan: BookLoan = { title: '梦溪笔谈', rare: false, card: true, remarks: [] };

const madeUp = assumption('made up for the tests of the kernel');

const cardShown: Guard<BookLoan> = {
  name: 'card-shown',
  source: madeUp,
  check: ({ record }) => (record.card ? [] : [{ path: 'reader.card', message: '读者证尚未出示' }]),
};

/** The lifecycle of a book loan; it uses every kind of state, target, hold and effect once. */
export const bookLoan = lifecycleOf<BookLoan>()({
  id: 'library.loan',
  version: 1,
  title: '图书借阅',
  source: madeUp,
  initial: 'asked',
  actors: {
    reader: { title: '读者', stands: 'same-organisation' },
    librarian: { title: '馆员', stands: 'any-authorised' },
    archive: { title: '书库', stands: 'outside-system' },
  },
  holds: { recall: { title: '召回审理中' } },
  states: {
    asked: { title: '申请', kind: 'work', publicStage: '申请', editable: ['book'] },
    fetching: {
      title: '书库取书',
      kind: 'wait',
      onEnter: [{ do: 'send', connector: 'archive', exchange: 'fetch' }],
    },
    deciding: {
      title: '馆员审批',
      kind: 'work',
      deadline: { setting: 'library.deciding', title: '审批期限', fallback: 3, unit: 'working-day', source: madeUp },
    },
    lent: { title: '已借出', kind: 'work', publicStage: '借出', onEnter: [{ do: 'run', hook: 'stamp' }] },
    returned: { title: '已归还', kind: 'final', publicStage: '归还' },
    refused: { title: '不予借阅', kind: 'final', publicStage: '终止' },
  },
  actions: {
    ask: {
      title: '提交申请',
      source: madeUp,
      by: 'reader',
      from: ['asked'],
      to: { oneOf: ['fetching', 'deciding'], choose: ({ rare }) => (rare ? 'fetching' : 'deciding') },
      guards: [cardShown],
      signed: true,
    },
    fetched: { title: '取到图书', source: madeUp, by: 'archive', from: ['fetching'], to: 'deciding' },
    sendBack: {
      title: '退回申请',
      source: madeUp,
      by: 'librarian',
      from: ['deciding'],
      to: 'asked',
      newRound: true,
      input: z.object({ reason: z.string().trim().min(4, '请写明原因，至少 4 个字') }),
    },
    refuse: {
      title: '不予借阅',
      source: madeUp,
      by: 'librarian',
      from: ['deciding', 'fetching'],
      to: 'refused',
      input: z.object({ reason: z.string().trim().min(4, '请写明原因，至少 4 个字') }),
      signed: true,
    },
    lend: {
      title: '借出',
      source: madeUp,
      by: 'librarian',
      from: ['deciding'],
      to: 'lent',
      apartFrom: ['ask'],
      signed: true,
    },
    remark: {
      title: '记备注',
      source: madeUp,
      by: 'librarian',
      from: ['asked', 'deciding', 'lent'],
      to: 'stay',
      allowedUnder: ['recall'],
      input: z.object({ text: z.string().min(1) }),
      record: (record, input) => ({
        ...record,
        // Parsed by the schema just above.
        remarks: [...record.remarks, (input as { text: string }).text],
      }),
    },
    recall: { title: '发起召回', source: madeUp, by: 'librarian', from: ['lent'], to: 'stay', puts: 'recall' },
    endRecall: { title: '撤销召回', source: madeUp, by: 'librarian', from: ['lent'], to: 'stay', lifts: 'recall' },
    giveBack: { title: '归还', source: madeUp, by: 'reader', from: ['lent'], to: 'returned' },
  },
});

/** The same, as the generic machinery reads it. */
export const anyBookLoan: LifecycleOf<BookLoan> = widened(bookLoan);

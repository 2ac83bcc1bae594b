import { expect, test } from 'vitest';
import { anyBookLoan } from '#testkit/book-loan.lifecycle.ts';
import { diagramOf, matrixOf } from './diagram.ts';

test('T3.5: the diagram shows every state and every move, in Chinese, and no stay', () => {
  expect(diagramOf(anyBookLoan)).toBe(`stateDiagram-v2
  [*] --> asked
  asked : 申请
  fetching : 书库取书
  deciding : 馆员审批
  lent : 已借出
  returned : 已归还
  refused : 不予借阅
  asked --> fetching : 提交申请
  asked --> deciding : 提交申请
  fetching --> deciding : 取到图书
  deciding --> asked : 退回申请
  deciding --> refused : 不予借阅
  fetching --> refused : 不予借阅
  deciding --> lent : 借出
  lent --> returned : 归还
  returned --> [*]
  refused --> [*]
`);
});

test('T3.5: the matrix names state, action, actor, target, signature and guards of every edge', () => {
  const lines = matrixOf(anyBookLoan).trimEnd().split('\n');
  expect(lines.slice(0, 2)).toEqual(['| from | action | by | to | signed | guards |', '|---|---|---|---|---|---|']);
  expect(lines).toContain('| asked | ask | reader | fetching | signed | card-shown |');
  expect(lines).toContain('| lent | recall | librarian | lent |  |  |');
  expect(lines).toHaveLength(2 + 13);
});

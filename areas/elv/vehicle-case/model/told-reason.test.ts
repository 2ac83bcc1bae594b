import { expect, test } from 'vitest';
import { reasonInCase, toldReason } from './told-reason.ts';

test.each([
  '车主身份证310101199003078888与行驶证不符',
  '身份证 31010119900307888X 看不清',
  '证号 310101 19900307 8888 有误',
  '老证号310101900307888',
  '请致电13800130000',
  '请致电 138-0013-0000',
  '电话１３８００１３００００',
])('T5.3: “%s” is not told outside', (reason) => {
  expect(toldReason(reason)).toBe(reasonInCase);
});

test.each(['行驶证照片看不清', '2026-11-30 前补交，案卷第 3 项', '沪A12345 号牌未交回', null])(
  'R02: “%s” is told as it is',
  (reason) => {
    expect(toldReason(reason)).toBe(reason);
  },
);

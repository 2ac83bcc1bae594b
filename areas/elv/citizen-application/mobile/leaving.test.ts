import { expect, test } from 'vitest';
import { Failure } from '#kernel/contract/failure.ts';
import { leave } from './leaving.ts';

test('R62: whoever leaves without a line is told that they are still signed in; a session that was over is left', async () => {
  const without = leave(() => Promise.reject(new TypeError('Failed to fetch')));
  expect(await without).toContain('仍在登录状态');
  expect(await leave(() => Promise.reject(new Failure(503, 'BUSY', '暂时不能办理')))).toContain('没有成功');
  expect(await leave(() => Promise.reject(new Failure(401, 'SIGNED_OUT', '请登录')))).toBeNull();
  expect(await leave(() => Promise.resolve({ done: true }))).toBeNull();
});

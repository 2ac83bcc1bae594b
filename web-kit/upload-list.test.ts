import { describe, expect, test } from 'vitest';
import { objectionTo } from './upload.ts';
import { nextUpload, type Upload, underWay, uploadsAfter } from './upload-list.ts';

const added = (key: string, objection?: string) =>
  ({ is: 'added', key, part: 'engine', fileName: `${key}.jpg`, objection }) as const;
const run = (...events: Parameters<typeof uploadsAfter>[1][]): readonly Upload[] =>
  events.reduce(uploadsAfter, [] as readonly Upload[]);

describe('files on their way', () => {
  test('two travel at once, the third waits for a place', () => {
    const three = run(added('a'), added('b'), added('c'), { is: 'started', key: 'a' }, { is: 'started', key: 'b' });
    expect(nextUpload(three)).toBeUndefined();
    expect(nextUpload(uploadsAfter(three, { is: 'done', key: 'a' }))?.key).toBe('c');
  });

  test('a lost one can be tried again under the same key', () => {
    const lost = run(
      added('a'),
      { is: 'started', key: 'a' },
      { is: 'moved', key: 'a', progress: 0.4 },
      { is: 'failed', key: 'a', message: '断网', final: false },
    );
    expect(lost[0]).toMatchObject({ state: 'failed', message: '断网' });
    expect(nextUpload(lost)).toBeUndefined();
    expect(nextUpload(uploadsAfter(lost, { is: 'again', key: 'a' }))?.key).toBe('a');
  });

  test('R01: what was lost goes on when the line is back, what was refused stays, and so many are not there yet', () => {
    const three = run(
      added('a'),
      added('b', '太大'),
      added('c'),
      { is: 'started', key: 'a' },
      { is: 'failed', key: 'a', message: '断网', final: false },
    );
    expect(underWay(three)).toBe(2);
    const back = uploadsAfter(three, { is: 'line-back' });
    expect(back.map(({ key, state, message }) => [key, state, message])).toEqual([
      ['a', 'waiting', null],
      ['b', 'refused', '太大'],
      ['c', 'waiting', null],
    ]);
  });

  test('R01: one left by an earlier visit is sent when somebody says so, and not when the line comes back', () => {
    const held = run(added('a'), { is: 'held', key: 'a', message: '昨天选择' });
    expect([held[0]?.state, underWay(held), nextUpload(uploadsAfter(held, { is: 'line-back' }))]).toEqual([
      'held',
      0,
      undefined,
    ]);
    expect(nextUpload(uploadsAfter(held, { is: 'again', key: 'a' }))?.key).toBe('a');
  });

  test('a refused one is not sent, and goes when it is put away', () => {
    const refused = run(added('a', '太大'));
    expect(refused[0]).toMatchObject({ state: 'refused', message: '太大' });
    expect(nextUpload(refused)).toBeUndefined();
    expect(uploadsAfter(refused, { is: 'dropped', key: 'a' })).toEqual([]);
  });
});

describe('what is not worth sending', () => {
  const file = (more: object) => ({ name: '照片.jpg', size: 1000, type: 'image/jpeg', ...more });
  test('empty, too large, not a picture: each with its reason', () => {
    expect(objectionTo(file({}))).toBeUndefined();
    expect(objectionTo(file({ type: '' }))).toBeUndefined();
    expect(objectionTo(file({ size: 0 }))).toContain('空文件');
    expect(objectionTo(file({ size: 16 * 1024 * 1024 }))).toContain('16.0 MB，超过 15 MB');
    expect(objectionTo(file({ type: 'text/html' }))).toContain('不是照片或 PDF');
  });
});

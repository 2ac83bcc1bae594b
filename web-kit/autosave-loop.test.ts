import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Failure } from '#kernel/contract/failure.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';
import { type Autosave, autosaveOf } from './autosave-loop.ts';
import type { Batch, Queue } from './autosave-queue.ts';

const vin = { section: 'papers', field: 'vin', base: '' } as const;
const phone = { section: 'owner', field: 'ownerPhone', base: '' } as const;

/** A server whose answers the test gives one by one. */
const aServer = () => {
  const calls: { batch: Batch; answer: (values: AnyDraft) => void; fail: (failure: Failure) => void }[] = [];
  const send = (batch: Batch): Promise<AnyDraft> => new Promise((answer, fail) => calls.push({ batch, answer, fail }));
  return { calls, send };
};

const settle = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => undefined);

describe('saving as one types', () => {
  let server: ReturnType<typeof aServer>;
  let kept: Queue;
  let saves: number;
  let saver: Autosave;
  const open = (): Autosave =>
    autosaveOf({
      send: server.send,
      failureOf: (thrown) => (thrown instanceof Failure ? thrown : new Failure(0, 'PAGE_DEFECT', '')),
      load: () => kept,
      keep: (queue) => {
        kept = queue;
        return true;
      },
      now: () => new Date('2026-11-23T06:05:00Z'),
      pause: 800,
      retries: [2_000, 5_000],
      saved: () => {
        saves += 1;
      },
    });
  const last = (): (typeof server.calls)[number] => {
    const call = server.calls.at(-1);
    if (!call) throw new Error('nothing was sent');
    return call;
  };

  beforeEach(() => {
    vi.useFakeTimers();
    server = aServer();
    kept = {};
    saves = 0;
    saver = open();
  });
  afterEach(() => vi.useRealTimers());

  test('waits for a pause in the typing, then sends once', async () => {
    saver.type(vin, 'L');
    await vi.advanceTimersByTimeAsync(700);
    saver.type(vin, 'LS');
    await vi.advanceTimersByTimeAsync(700);
    expect(server.calls).toHaveLength(0);
    expect(saver.view().status).toBe('typing');

    await vi.advanceTimersByTimeAsync(100);
    expect(server.calls.map(({ batch }) => batch)).toEqual([
      { section: 'papers', changes: { vin: { was: '', now: 'LS' } } },
    ]);
    expect(saver.view().status).toBe('saving');

    last().answer({ vin: 'LS' });
    await settle();
    expect(saver.view()).toMatchObject({ status: 'quiet', queue: {}, savedAt: new Date('2026-11-23T06:05:00Z') });
    expect(kept).toEqual({});
    expect(saves).toBe(1);
  });

  test('never has two calls on their way; what is typed meanwhile follows', async () => {
    saver.type(vin, 'L');
    await vi.advanceTimersByTimeAsync(800);
    saver.type(vin, 'LS');
    saver.type(phone, '138');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.calls).toHaveLength(1);

    last().answer({ vin: 'L' });
    await settle();
    expect(last().batch).toEqual({ section: 'papers', changes: { vin: { was: 'L', now: 'LS' } } });
    last().answer({ vin: 'LS' });
    await settle();
    expect(last().batch.section).toBe('owner');
  });

  test('a lost line keeps everything on this machine, tries again, and goes on by itself', async () => {
    saver.type(vin, 'LS');
    await vi.advanceTimersByTimeAsync(800);
    last().fail(new Failure(0, 'OFFLINE', ''));
    await settle();
    expect(saver.view().status).toBe('offline');
    expect(kept['papers.vin']).toMatchObject({ now: 'LS', state: 'typed' });

    saver.type(phone, '138');
    await vi.advanceTimersByTimeAsync(1_900);
    expect(server.calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(server.calls).toHaveLength(2);
    last().fail(new Failure(503, 'AWAY', ''));
    await settle();
    await vi.advanceTimersByTimeAsync(4_900);
    expect(server.calls).toHaveLength(2);

    saver.wake();
    await settle();
    last().answer({ vin: 'LS' });
    await settle();
    last().answer({ ownerPhone: '138' });
    await settle();
    expect(saver.view()).toMatchObject({ status: 'quiet', queue: {} });
  });

  test('what was kept by an earlier visit is sent on waking', async () => {
    kept = { 'papers.vin': { section: 'papers', field: 'vin', was: '', now: 'KEPT', state: 'typed' } };
    saver = open();
    expect(saver.view().queue['papers.vin']?.now).toBe('KEPT');
    expect(server.calls).toHaveLength(0);

    saver.wake();
    await settle();
    expect(last().batch.changes.vin).toEqual({ was: '', now: 'KEPT' });
  });

  test('a conflict asks the person; the choice is sent', async () => {
    saver.type(vin, 'MINE');
    await vi.advanceTimersByTimeAsync(800);
    last().fail(new Failure(409, 'CONFLICT', '', { detail: { current: { vin: 'THEIRS' } } }));
    await settle();
    expect(saver.view().status).toBe('attention');

    saver.settle('papers.vin', 'mine');
    await settle();
    expect(last().batch.changes.vin).toEqual({ was: 'THEIRS', now: 'MINE' });
  });

  test('a refusal keeps what was typed and says why', async () => {
    saver.type(vin, 'MINE');
    await vi.advanceTimersByTimeAsync(800);
    last().fail(new Failure(409, 'NOT_EDITABLE', '案卷现在的状态不能修改这部分内容'));
    await settle();

    expect(saver.view().queue['papers.vin']).toMatchObject({
      state: 'refused',
      now: 'MINE',
      message: '案卷现在的状态不能修改这部分内容',
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.calls).toHaveLength(1);
    saver.drop('papers.vin');
    expect(saver.view().status).toBe('quiet');
  });

  test('an ended session waits for the person to sign in again', async () => {
    saver.type(vin, 'MINE');
    await vi.advanceTimersByTimeAsync(800);
    last().fail(new Failure(401, 'NOT_SIGNED_IN', '请先登录'));
    await settle();

    expect(saver.view().status).toBe('signed-out');
    expect(kept['papers.vin']?.now).toBe('MINE');
  });

  test('flush sends at once and says whether all of it arrived', async () => {
    saver.type(vin, 'LS');
    saver.type(phone, '138');
    const flushed = saver.flush();
    last().answer({ vin: 'LS' });
    await settle();
    last().answer({ ownerPhone: '138' });
    expect(await flushed).toBe(true);

    saver.type(vin, 'X');
    const lost = saver.flush();
    last().fail(new Failure(0, 'OFFLINE', ''));
    expect(await lost).toBe(false);
  });

  test('closing sends what is left once and does not try again', async () => {
    saver.type(vin, 'LS');
    saver.close();
    expect(server.calls).toHaveLength(1);
    last().fail(new Failure(0, 'OFFLINE', ''));
    await vi.advanceTimersByTimeAsync(60_000);

    expect(server.calls).toHaveLength(1);
    expect(kept['papers.vin']?.now).toBe('LS');
  });
});

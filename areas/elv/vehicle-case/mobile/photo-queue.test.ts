import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { photoQueue } from './photo-queue.ts';
import { leaseMs, type Outcome, type WaitingPhoto, waitAfter } from './waiting-photo.ts';
import type { YardShelf } from './yard-shelf.ts';

/** A shelf in memory: a change of one photograph is one step, as in the browser's. */
const memoryShelf = (): YardShelf => {
  const photos = new Map<string, WaitingPhoto>();
  const nothing = async () => undefined;
  return {
    photos: async () => [...photos.values()],
    addPhoto: async (photo) => void photos.set(photo.id, photo),
    changePhoto: async (id, change) => {
      const found = photos.get(id);
      const next = found && change(found);
      if (next === null) photos.delete(id);
      else if (next) photos.set(id, next);
      return next === null ? undefined : (next ?? found);
    },
    texts: async () => [],
    changeText: nothing,
    tasks: nothing,
    keepTasks: nothing,
    person: nothing,
    keepPerson: nothing,
    onChange: () => () => undefined,
  };
};

/** A server that takes each key once, as the true one does, and may lose its answer on the way back. */
const aServer = () => {
  const taken = new Map<string, string>();
  const out = new Set<string>();
  return {
    taken,
    out,
    calls: 0,
    /** What becomes of the next calls, first to last; then all goes well. */
    fate: [] as ('well' | 'no line' | 'answer lost' | 'refused' | 'newer there' | 'signed out')[],
    async send(photo: WaitingPhoto): Promise<Outcome> {
      this.calls += 1;
      const fate = this.fate.shift() ?? 'well';
      await Promise.resolve();
      if (fate === 'no line') return { kind: 'unreachable', words: '网络已断开' };
      if (fate === 'refused') return { kind: 'refused', words: '案卷现在的状态不能上传这张照片' };
      if (fate === 'newer there') return { kind: 'refused', words: '这个位置已有更晚的照片', newer: true };
      if (fate === 'signed out') return { kind: 'signed-out', words: '请先登录' };
      const photoId = taken.get(photo.id) ?? `server-${taken.size}`;
      taken.set(photo.id, photoId);
      if (fate === 'answer lost') return { kind: 'unreachable', words: '网络已断开' };
      return { kind: 'taken', photoId };
    },
    async takeOut(_: string, photoId: string): Promise<Outcome> {
      out.add(photoId);
      return { kind: 'taken', photoId };
    },
  };
};

let count = 0;
const aPhoto = (change: Partial<WaitingPhoto> = {}): WaitingPhoto => {
  count += 1;
  return {
    id: `key-${count}`,
    takenBy: 'wang',
    takenByName: '王师傅',
    caseId: 'case',
    caseNo: 'BF20261123000001',
    plateNo: '沪A12345',
    section: 'entry',
    part: 'whole',
    title: '整车',
    takenAt: new Date(1_700_000_000_000 + count).toISOString(),
    place: null,
    picture: new Blob(['picture']),
    state: 'waiting',
    attempts: 0,
    nextAt: 0,
    lease: null,
    photoId: null,
    refusal: null,
    replaces: [],
    after: null,
    ...change,
  };
};

let now = 0;
let shelf = memoryShelf();
let server = aServer();
let ended: string[] = [];

const aPage = (page: string) =>
  photoQueue({
    shelf,
    send: (photo) => server.send(photo),
    takeOut: (caseId, photoId) => server.takeOut(caseId, photoId),
    now: () => now,
    page,
    every: () => () => undefined,
    onChange: () => undefined,
    onSignedOut: (words) => ended.push(words),
    onArrived: () => undefined,
  });

beforeEach(() => {
  now = 1_000;
  shelf = memoryShelf();
  server = aServer();
  ended = [];
});

describe('photographs of the yard on their way', () => {
  test('R03: what was taken without network is there after the page was closed, and arrives once each', async () => {
    const photos = [aPhoto(), aPhoto(), aPhoto(), aPhoto()];
    const before = aPage('before');
    for (const photo of photos) await before.add(photo);
    server.fate = ['no line'];
    expect(await before.drain('wang')).toBe(now + waitAfter(1));
    expect(server.taken.size).toBe(0);
    now += waitAfter(1);
    // Another page, as after opening the program again.
    expect(await aPage('after').drain('wang')).toBeNull();
    expect([...server.taken.keys()].sort()).toEqual(photos.map(({ id }) => id).sort());
    expect(await shelf.photos()).toEqual([]);
  });

  test('R03: an answer that is lost leads to another sending under the same key, and the server has it once', async () => {
    const queue = aPage('page');
    await queue.add(aPhoto());
    server.fate = ['answer lost'];
    const due = await queue.drain('wang');
    expect(due).toBe(now + waitAfter(1));
    now = due ?? 0;
    expect(await queue.drain('wang')).toBeNull();
    expect(server.calls).toBe(2);
    expect(server.taken.size).toBe(1);
  });

  test('R03: two pages at once send each photograph once', async () => {
    const [one, other] = [aPage('one'), aPage('other')];
    for (let index = 0; index < 6; index += 1) await one.add(aPhoto());
    await Promise.all([one.drain('wang'), other.drain('wang')]);
    expect(server.calls).toBe(6);
    expect(server.taken.size).toBe(6);
  });

  test('R03: a page that was closed while sending is not waited for longer than its lease', async () => {
    await shelf.addPhoto(aPhoto({ lease: { by: 'closed', untilAt: now + leaseMs } }));
    const queue = aPage('page');
    expect(await queue.drain('wang')).toBe(now + leaseMs);
    expect(server.calls).toBe(0);
    now += leaseMs + 1;
    expect(await queue.drain('wang')).toBeNull();
    expect(server.taken.size).toBe(1);
  });

  test('R42: nobody’s photographs are sent under another’s name; they stay for their owner', async () => {
    const queue = aPage('page');
    await queue.add(aPhoto());
    expect(await queue.drain('li')).toBeNull();
    expect(server.calls).toBe(0);
    expect(await queue.drain('wang')).toBeNull();
    expect(server.taken.size).toBe(1);
  });

  test('R42: an ended session stops the queue, says so, and counts as no attempt', async () => {
    const queue = aPage('page');
    await queue.add(aPhoto());
    await queue.add(aPhoto());
    server.fate = ['signed out'];
    expect(await queue.drain('wang')).toBeNull();
    expect(ended).toEqual(['请先登录']);
    expect((await shelf.photos()).map(({ attempts, lease }) => [attempts, lease])).toEqual([
      [0, null],
      [0, null],
    ]);
    await queue.drain('wang');
    expect(server.taken.size).toBe(2);
  });

  test('R03: what the server does not want waits for the person, and the others go on', async () => {
    const queue = aPage('page');
    const [first, second] = [aPhoto(), aPhoto()];
    await queue.add(first);
    await queue.add(second);
    server.fate = ['refused'];
    expect(await queue.drain('wang')).toBeNull();
    expect(await shelf.photos()).toMatchObject([
      { id: first.id, state: 'refused', refusal: expect.stringContaining('案卷') },
    ]);
    await queue.hurry();
    await queue.drain('wang');
    expect(server.taken.has(first.id)).toBe(false);
    await queue.hurry(first.id);
    await queue.drain('wang');
    expect(server.taken.has(first.id)).toBe(true);
  });

  test('R03: one that a later photograph has overtaken waits for the person, however often it is tried; then it overrules', async () => {
    const queue = aPage('page');
    const [overtaken, other] = [aPhoto(), aPhoto()];
    await queue.add(overtaken);
    await queue.add(other);
    server.fate = ['newer there'];
    expect(await queue.drain('wang')).toBeNull();
    await queue.hurry();
    await queue.drain('wang');
    expect(await shelf.photos()).toMatchObject([{ id: overtaken.id, state: 'refused', newer: true }]);
    expect([server.taken.has(other.id), server.calls]).toEqual([true, 2]);
    await queue.hurry(overtaken.id);
    expect(await shelf.photos()).toMatchObject([{ state: 'waiting', newer: false, overrules: true }]);
    await queue.drain('wang');
    expect(server.taken.has(overtaken.id)).toBe(true);
    // One that the server did not want for another reason overrules nothing.
    const refused = aPhoto();
    await queue.add(refused);
    server.fate = ['refused'];
    await queue.drain('wang');
    await queue.hurry(refused.id);
    expect(await shelf.photos()).toMatchObject([{ state: 'waiting', overrules: false }]);
  });

  test('R03: a retake of what never left the phone leaves no trace', async () => {
    const queue = aPage('page');
    const photo = aPhoto();
    await queue.add(photo);
    expect(await queue.forget(photo.id)).toBe(true);
    await queue.drain('wang');
    expect(server.calls).toBe(0);
  });

  test('R03: a retake of what may have left is sent after it, and takes its place', async () => {
    const queue = aPage('page');
    const photo = aPhoto();
    await queue.add(photo);
    server.fate = ['answer lost'];
    const due = await queue.drain('wang');
    expect(await queue.forget(photo.id)).toBe(false);
    const retake = aPhoto({ after: photo.id });
    await queue.add(retake);
    await queue.drain('wang');
    expect(server.taken.has(retake.id)).toBe(false);
    now = due ?? 0;
    await queue.drain('wang');
    expect([...server.taken.keys()]).toEqual([photo.id, retake.id]);
    expect([...server.out]).toEqual([server.taken.get(photo.id)]);
    expect(await shelf.photos()).toEqual([]);
  });

  test('R03: what comes while another is on its way is not overlooked', async () => {
    const queue = aPage('page');
    await queue.add(aPhoto());
    const draining = queue.drain('wang');
    await queue.add(aPhoto());
    void queue.drain('wang');
    await draining;
    expect(server.taken.size).toBe(2);
  });

  test('R03: waiting grows to five minutes and no further', () => {
    expect([1, 2, 3, 4].map(waitAfter)).toEqual([3_000, 6_000, 12_000, 24_000]);
    expect(waitAfter(40)).toBe(300_000);
  });

  test('R03: whatever happens to the line and to two pages, each photograph is on the server once and the phone is empty at last', async () => {
    const fate = fc.constantFrom('well' as const, 'no line' as const, 'answer lost' as const);
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 12 }), fc.integer({ min: 1, max: 6 }), async (fates, photos) => {
        shelf = memoryShelf();
        server = aServer();
        server.fate = [...fates];
        const pages = [aPage('one'), aPage('other')];
        const keys: string[] = [];
        for (let index = 0; index < photos; index += 1) {
          const photo = aPhoto();
          keys.push(photo.id);
          await pages[index % 2]?.add(photo);
        }
        for (let round = 0; round < 40; round += 1) {
          await Promise.all(pages.map((page) => page.drain('wang')));
          now += 300_001;
        }
        expect([...server.taken.keys()].sort()).toEqual(keys.sort());
        expect(await shelf.photos()).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

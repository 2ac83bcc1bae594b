import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Grant } from '#kernel/access/access.ts';
import { aCaseExportScene, type CaseExportScene, reason } from '#testkit/case-export-scene.ts';
import { holdOnly } from '#testkit/people.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { mostExported } from '../model/case-export.contract.ts';
import { type Exporter, exporterOver } from './exporter.ts';
import { handHere } from './write-exports.ts';

let scene: CaseExportScene;
beforeAll(async () => {
  scene = await aCaseExportScene();
});
afterAll(() => scene.served.close());

describe('T2: many cases', () => {
  test('R14: pages follow one another, none twice and none missed, also among cases accepted at the same moment', async () => {
    await scene.many(1_200, 1);
    const all = scene.numbers(await scene.taken('export1', { enterpriseId: 'yard-1' }));
    expect([all.length, new Set(all).size]).toEqual([1_202, 1_202]);
  });

  const narrow = { enterpriseId: 'yard-1' };
  const askedOnly = (personId: string, key?: string): Promise<string> => scene.askedOnly(personId, narrow, key);
  /** The exporter of a process, told of every page before its lines are written. */
  const exporterWith = (
    onPage: (page: number) => Promise<unknown>,
    failures: unknown[] = [],
    settings: { readonly exportFilesPerPerson?: number } = {},
  ) => {
    const desk = { ...scene.served.product.elv.exportDesk, ...settings };
    async function* pages(...of: Parameters<typeof desk.cases.pages>) {
      let page = 0;
      for await (const some of desk.cases.pages(...of)) {
        page += 1;
        await onPage(page);
        yield some;
      }
    }
    return exporterOver({ ...desk, cases: { ...desk.cases, pages }, onFailure: (error) => failures.push(error) });
  };
  /** A round, and everything it began. */
  const whole = async (exporter: Exporter, stopping?: AbortSignal): Promise<void> => {
    await exporter.round(stopping);
    await exporter.idle();
  };
  const ended = async (id: string) => {
    const { state, rows, failure } = await scene.one('export1', id);
    return { state, rows, failure };
  };

  test('T2.11: one that is cancelled in the middle stops, and leaves no file', async () => {
    const before = await scene.filesKept();
    const id = await askedOnly('demo-export1');
    const mine = await scene.exportsOf('export1');
    const seen: number[] = [];
    await whole(
      exporterWith(async (page) => {
        seen.push((await scene.one('export1', id)).rows);
        if (page === 3) expect(await mine.cancelExport({ exportId: id })).toMatchObject({ state: 'cancelled' });
      }),
    );
    expect(seen).toEqual([0, 0, 100]);
    expect(await ended(id)).toMatchObject({ state: 'cancelled' });
    expect(await scene.filesKept()).toBe(before);
    expect((await scene.file('export1', id)).json().code).toBe('NOT_READY');
    expect(await mine.cancelExport({ exportId: id })).toMatchObject({ state: 'cancelled' });
  });

  test('T2.2: a worker that is killed in the middle is followed by another; there is one file, and the late one adds none', async () => {
    const before = await scene.filesKept();
    const id = await askedOnly('demo-export1');
    const failures: unknown[] = [];
    // Asleep in the middle for longer than anybody believes it alive, then awake again.
    await whole(
      exporterWith(async (page) => {
        if (page !== 3) return;
        await whole(exporterWith(async () => undefined));
        expect((await ended(id)).state).toBe('running');
        scene.served.clock.advance(61_000);
        await whole(exporterWith(async () => undefined));
        expect((await ended(id)).state).toBe('done');
      }, failures),
    );
    expect(failures).toEqual([]);
    expect(await ended(id)).toEqual({ state: 'done', rows: 1_202, failure: null });
    expect(await scene.filesKept()).toBe(before + 1);
    expect((await scene.sheetOf((await scene.file('export1', id)).rawPayload)).rows).toHaveLength(1_202);
  });

  test('T2.2: a process that is stopped gives its export back at once', async () => {
    const id = await askedOnly('demo-export1');
    const stopping = new AbortController();
    await whole(
      exporterWith(async (page) => page === 2 && stopping.abort()),
      stopping.signal,
    );
    expect((await ended(id)).state).toBe('queued');
    await whole(scene.served.product.elv.caseExports);
    expect(await ended(id)).toMatchObject({ state: 'done', rows: 1_202 });
  });

  test('T2.2: whoever asked began it, and a process that is stopped gives it back all the same', async () => {
    const id = await askedOnly('demo-export1');
    const exporter = exporterWith(async (page) => {
      if (page === 2) void exporter.stop();
    });
    exporter.begin();
    await exporter.idle();
    expect((await ended(id)).state).toBe('queued');
    await whole(scene.served.product.elv.caseExports);
    expect(await ended(id)).toMatchObject({ state: 'done', rows: 1_202 });
  });

  test('R44: a right that is narrowed in the middle ends it, its asker is told, and no file is left', async () => {
    const all = (verb: string): Grant => ({ permission: `elv.vehicle-case:${verb}`, rows: 'all', personal: 'plain' });
    await scene.cookieOf('clerk5');
    await holdOnly(scene.served, 'demo-clerk5', [all('read'), all('export')]);
    const before = await scene.filesKept();
    const id = await askedOnly('demo-clerk5');
    await whole(
      exporterWith(async (page) => {
        if (page === 2)
          await holdOnly(scene.served, 'demo-clerk5', [all('read'), { ...all('export'), personal: 'masked' }]);
      }),
    );
    const { state, failure } = await scene.one('clerk5', id);
    expect([state, failure]).toEqual(['failed', expect.stringContaining('权限有变动')]);
    expect(await scene.filesKept()).toBe(before);
    const { rows } = await sql`select kind from notice.notice where matter_id = ${id}`.execute(
      scene.served.database.ownerDb,
    );
    expect(rows).toEqual([{ kind: 'elv.case-export.failed' }]);
  });

  test('T2.2: what breaks ends with words, and is told; a filter that may name a person is not kept', async () => {
    const id = await askedOnly('demo-export1');
    const failures: unknown[] = [];
    await whole(exporterWith(async () => Promise.reject(new Error('the line to the database was cut')), failures));
    expect([await ended(id), failures.length]).toEqual([
      { state: 'failed', rows: 0, failure: expect.stringContaining('请重新导出') },
      1,
    ]);
    const { rows } = await sql`select id from elv.case_export where filter is not null`.execute(
      scene.served.database.ownerDb,
    );
    expect(rows).toEqual([]);
  });

  test('T2.11: a person has two in hand at most, and the same asked twice is one', async () => {
    const key = randomUUID();
    const [once, again] = [await askedOnly('demo-export1', key), await askedOnly('demo-export1', key)];
    expect(again).toBe(once);
    await askedOnly('demo-export1');
    expect((await scene.ask('export1', narrow)).json().code).toBe('BUSY');
    await scene.asked('commission1', { districtCode: '310112' });
    await whole(scene.served.product.elv.caseExports);
    expect(await ended(once)).toMatchObject({ state: 'done' });
    const { rows } = await sql`select kind from notice.notice where matter_id = ${once}`.execute(
      scene.served.database.ownerDb,
    );
    expect(rows).toEqual([{ kind: 'elv.case-export.done' }]);
  });

  test('T2.11: after its days a file is cleared away', async () => {
    const id = await scene.asked('export1', narrow);
    const before = await scene.filesKept();
    scene.served.clock.advance(8 * 86_400_000);
    scene.cookies.clear();
    expect((await scene.file('export1', id)).json().code).toBe('GONE');
    await whole(scene.served.product.elv.caseExports);
    expect((await ended(id)).state).toBe('expired');
    expect(await scene.filesKept()).toBeLessThan(before);
  });

  test('T2.11: a person has so many files at once; the oldest makes room for the newest, those of others stay', async () => {
    scene.cookies.clear();
    const others = await scene.asked('commission1', narrow);
    const { exportDesk: desk } = scene.served.product.elv;
    const ids: string[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      ids.push(await askedOnly('demo-export1'));
      await whole(exporterOver({ ...desk, exportFilesPerPerson: 2 }));
      scene.served.clock.advance(1_000);
    }
    await whole(scene.served.product.elv.caseExports);
    const states = await Promise.all(ids.map(async (id) => (await ended(id)).state));
    expect(states).toEqual(['expired', 'done', 'done']);
    expect((await scene.file('export1', ids[0] ?? '')).json().code).toBe('GONE');
    expect((await scene.one('commission1', others)).state).toBe('done');
  });

  test('T2.11: one that was asked for first and ends last keeps its file; the one that ended before makes room', async () => {
    const [long, brief] = [await askedOnly('demo-export1'), await askedOnly('demo-export1')];
    const few = { exportFilesPerPerson: 1 };
    await whole(
      exporterWith(async (page) => page === 2 && whole(exporterWith(async () => undefined, [], few)), [], few),
    );
    await whole(scene.served.product.elv.caseExports);
    expect([(await ended(long)).state, (await ended(brief)).state]).toEqual(['done', 'expired']);
    expect((await scene.file('export1', long)).statusCode).toBe(200);
  });

  test('T2.11: while a long one is written the next round begins a short one and clears away what was kept long enough', async () => {
    const { exportDesk: desk } = scene.served.product.elv;
    const { promise: long, resolve: release } = Promise.withResolvers<void>();
    const here = handHere(desk);
    const work: typeof here.work = (lane, stopping) => (lane.over > 0 ? long : here.work(lane, stopping));
    const exporter = exporterOver(desk, { ...here, work });
    await exporter.round();
    const id = await askedOnly('demo-export1');
    await exporter.round();
    await waitUntil(async () => (await ended(id)).state === 'done');
    scene.served.clock.advance(8 * 86_400_000);
    scene.cookies.clear();
    await exporter.round();
    expect((await ended(id)).state).toBe('expired');
    release();
    await exporter.idle();
  });

  test('R14: more than the limit are refused with what to do, and nothing is told to have left', async () => {
    const before = (await scene.facts()).length;
    await scene.many(mostExported, 2_000);
    const reply = await scene.ask('export1');
    expect([reply.statusCode, reply.json().message]).toEqual([409, expect.stringContaining('请选定受理日期')]);
    const bulk = { key: randomUUID(), filter: {}, reason };
    await expect((await scene.exportsOf('commission1')).exportInBulk(bulk)).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    expect((await scene.facts()).length).toBe(before);
    // Whoever may export in bulk has them in one file.
    const { id } = await (await scene.exportsOf('export1')).exportInBulk(bulk);
    await scene.served.product.elv.caseExports.idle();
    expect(await ended(id)).toMatchObject({ state: 'done', rows: mostExported + 1_203 });
  });
});

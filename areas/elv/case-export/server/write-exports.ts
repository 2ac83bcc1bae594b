import type { Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { sm3Stream } from '#kernel/crypto/sm3.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { takeAwaited } from '#kernel/files/awaited-file.store.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { writeWorkbook } from '#practices/workbook/server/write-workbook.ts';
import { caseExportNotices } from '../model/case-export.notices.ts';
import { caseExportPeriods } from '../model/case-export.periods.ts';
import { type CaseExportTable, expireOldest, noteOfExport, takeExport } from './case-export.store.ts';
import type { ExportDesk } from './export-desk.ts';
import { aliveMs, ExportEnded, type Following, formOf, linesOf } from './export-file.ts';
import type { ExportHand, Lane } from './export-hand.ts';

/** What the log calls an export whose file is there. */
export const exportDoneTitle = { id: 'elv.vehicle-case.fileExport', title: '生成导出的案卷列表' };

/** What was begun so often is not begun once more; so often, since servers that are killed or stopped again and again are not an export's fault. */
const mostAttempts = 10;
const broken = '导出没有完成，请重新导出；仍不成功请联系系统管理员';

const tell = <Line>({ notices }: ExportDesk<Line>, tx: Tx, row: CaseExportTable, at: Date, until: Date | null) => {
  const news = {
    matter: { type: 'elv.case-export', id: row.id, row: { id: row.id } },
    occasion: 'ended',
    organisationId: null,
    personId: row.asked_by,
    at,
  };
  return until === null
    ? notices.raise(tx, { ...news, kind: caseExportNotices.failed, values: {} })
    : notices.raise(tx, { ...news, kind: caseExportNotices.done, values: { until: shanghaiDay(until) } });
};

const fail = <Line>(desk: ExportDesk<Line>, row: CaseExportTable, failure: string): Promise<void> =>
  inTransaction(desk.db, async (tx) => {
    const ended = { state: 'failed', slot: null, filter: null, file_key: null, failure } as const;
    if (await noteOfExport(tx, row, ended)) await tell(desk, tx, row, desk.clock.now(), null);
  });

/** Notes that the file is whole; answers false when nobody waits for it any more. */
const finish = async <Line>(
  desk: ExportDesk<Line>,
  row: CaseExportTable,
  file: { readonly rows: number; readonly bytes: number; readonly sm3: string },
): Promise<boolean> =>
  inTransaction(desk.db, async (tx) => {
    const now = desk.clock.now();
    const until = await desk.settings.deadline(caseExportPeriods.kept, now, tx);
    const done = await noteOfExport(tx, row, {
      state: 'done',
      slot: null,
      filter: null,
      rows_written: file.rows,
      size_bytes: String(file.bytes),
      sm3: file.sm3,
      alive_until: now,
      expires_at: until,
    });
    if (!done) return false;
    await expireOldest(tx, row, { now, kept: desk.exportFilesPerPerson });
    // Then nothing of this is kept: an export without its file is not done.
    if (!(await takeAwaited(tx, row.file_key ?? ''))) throw new Error(`the file of export ${row.id} was cleared away`);
    await appendFact(tx, {
      at: now,
      kind: 'operation',
      action: exportDoneTitle.id,
      actor: { id: row.asked_by, name: row.asker_name, organisationId: null, ip: row.asker_ip },
      object: { type: 'elv.case-export', id: row.id },
      outcome: 'done',
      detail: { filter: row.conditions, rows: file.rows, sm3: file.sm3 },
      traceId: row.trace_id,
    });
    await tell(desk, tx, row, now, until);
    return true;
  });

async function* watched(bytes: AsyncIterable<Uint8Array>, seen: { bytes: number; hash: Hash }) {
  for await (const piece of bytes) {
    seen.bytes += piece.byteLength;
    seen.hash.update(piece);
    yield piece;
  }
}

const write = async <Line>(desk: ExportDesk<Line>, row: CaseExportTable, key: string, following: Following) => {
  const count = { rows: 0 };
  const seen = { bytes: 0, hash: sm3Stream() };
  let ended: unknown;
  async function* lines(): AsyncGenerator<Line> {
    try {
      yield* linesOf(desk, row, count, following);
    } catch (error) {
      // The writer may wrap what it is thrown.
      ended = error;
      throw error;
    }
  }
  try {
    const book = writeWorkbook(lines(), formOf(desk, row));
    await desk.files.put(key, Readable.from(watched(book, seen)), desk.clock.now());
  } catch (error) {
    throw ended ?? error;
  }
  const file = { rows: count.rows, bytes: seen.bytes, sm3: seen.hash.digest('hex') };
  if (!(await finish(desk, row, file))) await desk.files.delete(key);
};

const settle = async <Line>(desk: ExportDesk<Line>, row: CaseExportTable, error: unknown): Promise<void> => {
  if (!(error instanceof ExportEnded)) {
    desk.onFailure(error, { caseExport: row.id });
    return fail(desk, row, broken);
  }
  if (error.how === 'refused') return fail(desk, row, error.message);
  // Another process takes it up at once.
  if (error.how === 'stopped') await noteOfExport(desk.db, row, { state: 'queued', alive_until: null });
};

/** Takes the next export that waits; whether there was one. */
const exportNext = async <Line>(desk: ExportDesk<Line>, lane: Lane, following: Following): Promise<boolean> => {
  const now = desk.clock.now();
  const fileKey = uuidv7(now);
  const aliveUntil = new Date(now.getTime() + aliveMs);
  const taken = await takeExport(desk.db, lane, { now, aliveUntil, fileKey });
  if (!taken) return false;
  const { row, leftover } = taken;
  following.inHand?.(row);
  if (leftover !== null) await desk.files.delete(leftover);
  if (row.attempt > mostAttempts) await fail(desk, row, broken);
  else await write(desk, row, fileKey, following).catch((error: unknown) => settle(desk, row, error));
  return true;
};

/** Writes exports in this process. `inHand` is told of the export that was taken, and again before each of its pages. */
export const handHere = <Line>(desk: ExportDesk<Line>, inHand?: Following['inHand']): ExportHand => ({
  work: async (lane, stopping) => {
    while (!stopping.aborted && (await exportNext(desk, lane, { stopping, inHand })));
  },
  close: async () => undefined,
});

import { setTimeout as pause } from 'node:timers/promises';
import type { Subject } from '#kernel/access/access.ts';
import { shanghaiMinute } from '#kernel/time/shanghai.ts';
import type { SheetForm } from '#practices/workbook/server/write-workbook.ts';
import { type CaseExportTable, type ExportInHand, noteOfExport, openFilter } from './case-export.store.ts';
import { type ExportDesk, rightsOf } from './export-desk.ts';

/** An export that ends before its file is whole. `lost`: cancelled, or another took it over; `stopped`: the process ends; `refused`: for a reason the asker is told. */
export class ExportEnded extends Error {
  readonly how: 'lost' | 'stopped' | 'refused';
  constructor(how: ExportEnded['how'], message = '') {
    super(message);
    this.how = how;
  }
}

/** How long a worker that says nothing is believed to be alive, in ms. */
export const aliveMs = 60_000;

/** A long export rests after each page as long as the page took, so that it takes no more than half of anything, and less where others are busy; at most so many ms. */
const longestRestMs = 1_000;
/** Short exports are over before anybody could notice. */
const restAfterRows = 2_000;

/** Who follows an export that is written. */
export interface Following {
  /** Says that the process ends. */
  readonly stopping: AbortSignal;
  /** Told of the export in hand, when it is taken and before each page. */
  readonly inHand: ((one: ExportInHand) => void) | undefined;
}

const rightsChanged = '导出期间您的权限有变动，已停止，没有生成文件；请重新导出';

/** The asker as they are now. Errors: throws {@link ExportEnded} where they may not do any more what they might when they asked. */
export const stillMay = async <Line>(desk: ExportDesk<Line>, row: CaseExportTable): Promise<Subject> => {
  await desk.access.refresh();
  const [subject] = await desk.people.ofIds(desk.db, [row.asked_by], desk.clock.now(), 1);
  if (!subject || rightsOf(desk.access, subject, row.permission) !== row.rights)
    throw new ExportEnded('refused', rightsChanged);
  return subject;
};

/** What stands above the lines: who took them, when and why, and by what conditions. Source: tender R43, R45. */
export const formOf = <Line>({ cases }: ExportDesk<Line>, row: CaseExportTable): SheetForm<Line> => ({
  name: '案卷',
  above: [
    `${row.asker_name}（${row.asked_by}）于 ${shanghaiMinute(row.asked_at)} 导出，内部资料，不得外传；事由：${row.reason}`,
    `条件：${row.conditions}；按受理时间由近及远`,
  ],
  columns: cases.columns,
});

/**
 * The lines of an export, with the rights of its asker looked at and its progress told before every page. Errors: throws {@link ExportEnded}.
 */
export async function* linesOf<Line>(
  desk: ExportDesk<Line>,
  row: CaseExportTable,
  count: { rows: number },
  { stopping, inHand }: Following,
): AsyncGenerator<Line> {
  const subject = await stillMay(desk, row);
  const filter = await openFilter(desk.crypto, row);
  let began = performance.now();
  for await (const page of desk.cases.pages({ subject, now: row.asked_at }, filter, row.most)) {
    if (stopping.aborted) throw new ExportEnded('stopped');
    await stillMay(desk, row);
    const alive = new Date(desk.clock.now().getTime() + aliveMs);
    if (!(await noteOfExport(desk.db, row, { rows_written: count.rows, alive_until: alive })))
      throw new ExportEnded('lost');
    inHand?.(row);
    for (const line of page) {
      count.rows += 1;
      yield line;
    }
    if (count.rows > restAfterRows) await pause(Math.min(performance.now() - began, longestRestMs));
    began = performance.now();
  }
}

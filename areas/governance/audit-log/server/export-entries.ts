import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Handler } from '#kernel/contract/mount.ts';
import { shanghaiMinute } from '#kernel/time/shanghai.ts';
import type { SheetColumn } from '#practices/workbook/model/workbook.ts';
import { writeWorkbook, xlsxType } from '#practices/workbook/server/write-workbook.ts';
import type { auditLogContract } from '../model/audit-log.contract.ts';
import { keepingSettings } from '../model/audit-settings.ts';
import { type EntryFilter, kindTitles, outcomeTitles } from '../model/audit-views.ts';
import { codeWords, detailNames } from '../model/detail-words.ts';
import { detailInWords, type ValueTitle } from '../model/entry-detail.ts';
import { actorOf } from './actor.ts';
import type { AuditLogParts } from './audit-log.parts.ts';
import { eachEntry, type FoundEntry, resolveFilter } from './entry-search.store.ts';

const columnsWith = (titles: ReadonlyMap<string, string>, titleOf: ValueTitle): readonly SheetColumn<FoundEntry>[] => [
  { title: '时间', width: 20, kind: 'time', value: ({ at }) => at },
  { title: '类别', width: 8, kind: 'text', value: ({ kind }) => kindTitles[kind] },
  { title: '动作', width: 24, kind: 'text', value: ({ action }) => titles.get(action) ?? action },
  { title: '动作代码', width: 32, kind: 'text', value: ({ action }) => action },
  { title: '人员', width: 12, kind: 'text', value: ({ actor }) => actor.name },
  { title: '人员标识', width: 20, kind: 'text', value: ({ actor }) => actor.id },
  { title: '单位', width: 32, kind: 'text', value: ({ organisationName }) => organisationName },
  { title: '来源地址', width: 16, kind: 'text', value: ({ actor }) => actor.ip },
  { title: '来源程序', width: 30, kind: 'text', value: ({ actor }) => actor.agent ?? null },
  { title: '对象', width: 38, kind: 'text', value: ({ aboutId }) => aboutId },
  { title: '结果', width: 8, kind: 'text', value: ({ outcome }) => outcomeTitles[outcome] },
  { title: '内容', width: 60, kind: 'text', value: ({ detail }) => detailInWords(detail, titleOf) },
  { title: '请求编号', width: 34, kind: 'text', value: ({ traceId }) => traceId },
  { title: '链', width: 40, kind: 'text', value: ({ chain }) => chain },
  { title: '链内序号', width: 10, kind: 'number', value: ({ seq }) => seq },
  { title: '摘要（SM3）', width: 66, kind: 'text', value: ({ digest }) => digest },
];

/** The conditions of a search as an auditor reads them. */
export const filterText = (filter: EntryFilter, titles: ReadonlyMap<string, string>): string =>
  Object.entries(filter)
    .flatMap(([name, value]) => {
      if (value === undefined) return [];
      const words =
        name === 'action'
          ? (titles.get(value) ?? value)
          : name === 'from' || name === 'until'
            ? shanghaiMinute(new Date(value))
            : (codeWords[name]?.[value] ?? value);
      return [`${detailNames[name] ?? name}：${words}`];
    })
    .join('；') || '全部';

/** Counts what passes by, so that the fact can say how many there were. */
async function* counted<T>(rows: AsyncIterable<T>, count: { rows: number }): AsyncGenerator<T> {
  for await (const row of rows) {
    count.rows += 1;
    yield row;
  }
}

/**
 * Exports what a search finds as .xlsx: with a reason, no more rows than is allowed, marked with who took it and when, and told to the log with
 * the file's own digest before it leaves. The file is made whole first, for its digest; the row limit keeps it small.
 */
export const exportEntries = ({
  db,
  desk,
  facts,
  titles,
  valueTitles,
}: AuditLogParts): Handler<(typeof auditLogContract)['exportEntries']> => {
  return async ({ filter, reason }, context) => {
    const { subject, now, traceId } = context;
    const most = await desk.numbers(keepingSettings.exportRows);
    const resolved = await resolveFilter(db, filter);
    const count = { rows: 0 };
    const mark = `${subject.name}（${subject.id}）于 ${shanghaiMinute(now)} 导出，仅供审计使用；事由：${reason}`;
    const known = new Map(titles().map(({ id, title }) => [id, title]));
    const limit = `条件：${filterText(filter, known)}；至多 ${most} 行，按时间由近及远`;
    const bytes = await buffer(
      writeWorkbook(counted(eachEntry(db, resolved, most), count), {
        name: '日志',
        above: [mark, limit],
        columns: columnsWith(known, valueTitles()),
      }),
    );
    if (count.rows === 0) return context.fail('NOTHING');
    await facts.leave({
      at: now,
      kind: 'security',
      action: 'governance.audit-log.exportEntries',
      actor: actorOf(context),
      object: null,
      outcome: 'done',
      detail: {
        reason,
        filter: { ...filter },
        rows: count.rows,
        limit: most,
        sm3: createHash('sm3').update(bytes).digest('hex'),
      },
      traceId,
    });
    return {
      stream: bytes,
      mediaType: xlsxType,
      fileName: `日志 ${shanghaiMinute(now).replace(':', '')}.xlsx`,
      disposition: 'attachment',
      sizeBytes: bytes.length,
    };
  };
};

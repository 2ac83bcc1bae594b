import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { shanghaiMinute } from '#kernel/time/shanghai.ts';
import { xlsxType } from '#practices/workbook/server/write-workbook.ts';
import {
  type CaseExportView,
  type caseExportContract,
  mostExported,
  mostExportedInBulk,
} from '../model/case-export.contract.ts';
import {
  type CaseExportTable,
  cancelExport,
  findAsked,
  findExport,
  keepExport,
  listExports,
  sealFilter,
} from './case-export.store.ts';
import { type ExportDesk, rightsOf } from './export-desk.ts';
import type { Exporter } from './exporter.ts';

type Contract = typeof caseExportContract;

const viewOf = (one: CaseExportTable): CaseExportView => ({
  id: one.id,
  conditions: one.conditions,
  reason: one.reason,
  askedAt: one.asked_at.toISOString(),
  state: one.state,
  rows: one.rows_written,
  total: one.total,
  sizeBytes: one.size_bytes === null ? null : Number(one.size_bytes),
  expiresAt: one.expires_at?.toISOString() ?? null,
  failure: one.failure,
});

const leaveExportFact = (
  tx: Tx,
  { subject, ip, now, traceId }: CallContext,
  action: string,
  id: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<unknown> =>
  appendFact(tx, {
    at: now,
    kind: 'operation',
    action,
    actor: { id: subject.id, name: subject.name, organisationId: subject.organisationId, ip },
    object: { type: 'elv.case-export', id },
    outcome: 'done',
    detail,
    traceId,
  });

const tooMany = (most: number): string => {
  const limit = most.toLocaleString('en-US');
  return `符合条件的案卷超过 ${limit} 件，您一次至多导出 ${limit} 件；请选定受理日期或增加筛选条件，分次导出`;
};

const ask =
  <Line>(
    desk: ExportDesk<Line>,
    exporter: Exporter,
    of: { readonly action: string; readonly permission: string; readonly most: number },
  ): Handlers<Contract>['exportCases'] =>
  async ({ key, filter, reason }, context) => {
    const { db, crypto, access, cases } = desk;
    const { subject, now, ip, traceId } = context;
    const before = await findAsked(db, subject.id, key);
    if (before) return viewOf(before);
    const total = await cases.count(context, filter, of.most + 1);
    if (total === 0) return context.fail('NOTHING');
    if (total > of.most) return context.fail('TOO_MANY', { message: tooMany(of.most) });
    const id = uuidv7(now);
    const row: CaseExportTable = {
      id,
      asked_by: subject.id,
      asker_name: subject.name,
      asker_ip: ip,
      ask_key: key,
      asked_at: now,
      trace_id: traceId,
      permission: of.permission,
      rights: rightsOf(access, subject, of.permission),
      filter: await sealFilter(crypto, id, filter),
      conditions: await cases.conditions(context, filter),
      reason,
      most: of.most,
      total,
      state: 'queued',
      slot: null,
      attempt: 0,
      alive_until: null,
      rows_written: 0,
      file_key: null,
      size_bytes: null,
      sm3: null,
      expires_at: null,
      failure: null,
    };
    const stands = await inTransaction(db, async (tx) => {
      // The same key twice at once is refused every place; what the other call has kept is the answer to both.
      if (!(await keepExport(tx, row, desk.exportsPerPerson)))
        return (await findAsked(tx, subject.id, key)) ?? context.fail('BUSY');
      await leaveExportFact(tx, context, of.action, id, {
        reason,
        filter: row.conditions,
        rows: total,
        limit: of.most,
      });
      return row;
    });
    exporter.begin();
    return viewOf(stands);
  };

const download =
  <Line>({ db, access, files, clock }: ExportDesk<Line>): Handlers<Contract>['downloadExport'] =>
  async ({ exportId }, context) => {
    const { subject } = context;
    const found = await findExport(db, subject.id, exportId);
    if (!found) return context.fail('NOT_FOUND');
    if (found.state === 'expired' || (found.expires_at !== null && found.expires_at <= clock.now()))
      return context.fail('GONE');
    if (found.state !== 'done' || found.file_key === null) return context.fail('NOT_READY');
    if (rightsOf(access, subject, found.permission) !== found.rights) return context.fail('RIGHTS_CHANGED');
    const stream = await files.get(found.file_key);
    await context.leaveRead({ exportId, sm3: found.sm3 });
    return {
      stream,
      mediaType: xlsxType,
      fileName: `案卷列表 ${shanghaiMinute(found.asked_at).replace(':', '')}.xlsx`,
      disposition: 'attachment',
      sizeBytes: Number(found.size_bytes),
      etag: found.sm3 ?? '',
      keep: false,
      inParts: true,
    };
  };

/** Handlers of exports. Source: tender R14, R43. */
export const exportHandlers = <Line>(desk: ExportDesk<Line>, exporter: Exporter): Handlers<Contract> => ({
  exportCases: ask(desk, exporter, {
    action: 'elv.vehicle-case.export',
    permission: 'elv.vehicle-case:export',
    most: mostExported,
  }),
  exportInBulk: ask(desk, exporter, {
    action: 'elv.vehicle-case.exportInBulk',
    permission: 'elv.vehicle-case:exportInBulk',
    most: mostExportedInBulk,
  }),
  listExports: async (_, { subject }) => (await listExports(desk.db, subject.id)).map(viewOf),
  cancelExport: ({ exportId }, context) =>
    inTransaction(desk.db, async (tx) => {
      const found = await findExport(tx, context.subject.id, exportId);
      if (!found) return context.fail('NOT_FOUND');
      // One that has ended meanwhile stays as it ended.
      if (!(await cancelExport(tx, exportId))) return viewOf(found);
      await leaveExportFact(tx, context, 'elv.vehicle-case.cancelExport', exportId, {});
      return viewOf({ ...found, state: 'cancelled' });
    }),
  downloadExport: download(desk),
});

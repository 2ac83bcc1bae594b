import { appendFact } from '#kernel/audit/trail.store.ts';
import { Failure } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { displayName } from '#kernel/files/receive.ts';
import { type ImportFault, mostListedFaults } from '#practices/workbook/model/import-columns.ts';
import { WorkbookRefused } from '#practices/workbook/model/workbook.ts';
import { type ImportBook, importTemplate, readImport } from '#practices/workbook/server/import-book.ts';
import {
  type CaseImportView,
  type caseImportContract,
  type ImportLine,
  mostImportBytes,
  mostImportedCases,
} from '../model/case-import.contract.ts';
import { caseColumns, type ReadCases, readCases, vinOf, withoutThoseInHand } from '../model/case-rows.ts';
import {
  beginOpening,
  type CaseImportTable,
  findImport,
  findUpload,
  forgetWaiting,
  keepImport,
  listImports,
  lockImport,
} from './case-import.store.ts';
import type { ImportDesk } from './import-desk.ts';
import type { Opener } from './opener.ts';

type Contract = typeof caseImportContract;

const book: ImportBook = {
  subject: '报废案卷',
  columns: caseColumns,
  notes: [
    '每行一辆车，确认后逐辆新建受理；没有填的内容可在案卷里补，证件照片在案卷里上传',
    '填了统一社会信用代码而没填身份证号码的，按单位车办理；填了代理人的，按代理办理',
  ],
  mostRows: mostImportedCases,
  mostBytes: mostImportBytes,
};

const stateOf = ({ accepted_at: acceptedAt, expired, halted, opened, good }: CaseImportTable): ImportLine['state'] => {
  if (acceptedAt === null) return expired ? 'expired' : 'checked';
  if (halted !== null) return 'halted';
  return opened < good ? 'opening' : 'done';
};

const lineOf = (one: CaseImportTable): ImportLine => ({
  id: one.id,
  fileName: one.file_name,
  uploadedAt: one.uploaded_at.toISOString(),
  total: one.total,
  good: one.good,
  opened: one.opened,
  state: stateOf(one),
});

const viewOf = (one: CaseImportTable): CaseImportView => ({
  ...lineOf(one),
  faultCount: one.fault_count,
  // Written by `kept` below from this very shape.
  faults: JSON.parse(one.faults) as ImportFault[],
  haltedBecause: one.halted,
});

const leaveImportFact = (
  tx: Tx,
  { subject, ip, now, traceId }: CallContext,
  verb: 'checkImport' | 'acceptImport',
  id: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<unknown> =>
  appendFact(tx, {
    at: now,
    kind: 'operation',
    action: `elv.vehicle-case.${verb}`,
    actor: { id: subject.id, name: subject.name, organisationId: subject.organisationId, ip },
    object: { type: 'elv.case-import', id },
    outcome: 'done',
    detail,
    traceId,
  });

/** The upload as it is kept. Errors: throws {@link Failure} where the person belongs to no enterprise. */
const kept = ({ subject, now, ip, traceId, file }: CallContext, key: string, read: ReadCases): CaseImportTable => {
  const { organisationId, organisationName, organisationCode, districtCode } = subject;
  if (organisationId === null || organisationName === null || organisationCode === null)
    throw new Failure(403, 'NO_ORGANISATION', '您的账号没有所属企业，不能导入案卷，请联系管理员');
  return {
    id: uuidv7(now),
    uploaded_by: subject.id,
    uploader_name: subject.name,
    uploader_ip: ip,
    upload_key: key,
    uploaded_at: now,
    enterprise_id: organisationId,
    enterprise_name: organisationName,
    enterprise_code: organisationCode,
    district_code: districtCode,
    file_name: displayName(file?.name ?? ''),
    total: read.total,
    good: read.good.length,
    fault_count: read.faults.length,
    faults: JSON.stringify(read.faults.slice(0, mostListedFaults)),
    accepted_at: null,
    trace_id: traceId,
    opened: 0,
    halted: null,
    expired: false,
  };
};

const check =
  ({ db, crypto, cases }: ImportDesk): Handlers<Contract>['checkImport'] =>
  async ({ key }, context) => {
    const { file, subject, now } = context;
    const before = await findUpload(db, subject.id, key);
    if (before) {
      file?.stream.destroy();
      return viewOf(before);
    }
    if (!file) return context.fail('FILE_REFUSED');
    const { lines, places } = await readImport(book, file).catch((error: unknown) => {
      if (error instanceof WorkbookRefused) return context.fail('FILE_REFUSED', { message: error.message });
      throw error;
    });
    const sound = readCases(lines, places);
    const inHand = await cases.inHand(db, subject.organisationId ?? '', sound.good.map(vinOf));
    const read = withoutThoseInHand(sound, inHand);
    const row = kept(context, key, read);
    return inTransaction(db, async (tx) => {
      const message = await cases.obstacle(tx, row.enterprise_id, now);
      if (message !== null) return context.fail('NOT_ACCEPTING', { message });
      await forgetWaiting(tx, now);
      const stands = await keepImport(tx, crypto, row, read.good);
      const { total, good, fault_count: faults } = stands;
      await leaveImportFact(tx, context, 'checkImport', stands.id, { total, good, faults });
      return viewOf(stands);
    });
  };

const accept =
  ({ db }: ImportDesk, opener: Opener): Handlers<Contract>['acceptImport'] =>
  async ({ importId, rows }, context) => {
    const view = await inTransaction(db, async (tx) => {
      const found = await lockImport(tx, context.subject.id, importId);
      if (!found) return context.fail('NOT_FOUND');
      const stands = viewOf(found);
      // The same click twice opens every case once; a halted import is gone on with.
      if (stands.state === 'opening' || stands.state === 'done') return stands;
      if (stands.state === 'expired') return context.fail('EXPIRED');
      if (found.good === 0) return context.fail('NOTHING');
      if (rows === 'all' && found.fault_count > 0) return context.fail('FAULTY');
      await beginOpening(tx, importId, context.now);
      await leaveImportFact(tx, context, 'acceptImport', importId, { rows, cases: found.good });
      return { ...stands, state: 'opening' as const, haltedBecause: null };
    });
    opener.begin();
    return view;
  };

/** Handlers of the import. Source: tender R01. */
export const importHandlers = (desk: ImportDesk, opener: Opener): Handlers<Contract> => ({
  importTemplate: () => importTemplate(book),
  listImports: async (_, { subject }) => (await listImports(desk.db, subject.id)).map(lineOf),
  checkImport: check(desk),
  readImport: async ({ importId }, context) => {
    const found = await findImport(desk.db, context.subject.id, importId);
    return found ? viewOf(found) : context.fail('NOT_FOUND');
  },
  acceptImport: accept(desk, opener),
});

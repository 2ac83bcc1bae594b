import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { displayName } from '#kernel/files/receive.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import {
  type ImportFault,
  mostListedFaults,
  type ReadLines,
  withFaults,
} from '#practices/workbook/model/import-columns.ts';
import { WorkbookRefused } from '#practices/workbook/model/workbook.ts';
import { type ImportBook, importTemplate, readImport } from '#practices/workbook/server/import-book.ts';
import { type GoodPractitioner, practitionerColumns, readPractitioners } from '../model/import-rows.ts';
import { practitionerFields } from '../model/practitioner.fields.ts';
import {
  mostImportBytes,
  mostImportRows,
  type PractitionerImportView,
  type practitionerImportContract,
} from '../model/practitioner-import.contract.ts';
import { enterMany, knownPeople, workingOf } from './enter-many.ts';
import { alreadyHere, ownEnterprise } from './enter-practitioner.ts';
import { findImport, findUpload, keepImport, lockImport, noteEntered } from './import.store.ts';
import type { ImportTable } from './practitioner.tables.ts';
import type { PractitionerDesk } from './practitioner-desk.ts';
import { leaveFact } from './practitioner-facts.ts';
import { openRows, sealRows } from './practitioner-seal.ts';

const book: ImportBook = {
  subject: '从业人员',
  columns: practitionerColumns,
  notes: ['只导入本企业在岗的人员；每人可以带一份证书，其余证书、证书图片和培训在人员页面登记'],
  mostRows: mostImportRows,
  mostBytes: mostImportBytes,
};

const viewOf = (one: ImportTable): PractitionerImportView => ({
  id: one.id,
  fileName: one.file_name,
  total: one.total,
  good: one.good,
  faultCount: one.fault_count,
  // Written by `check` below from this very shape.
  faults: JSON.parse(one.faults) as ImportFault[],
  entered: one.entered,
});

const object = (id: string) => ({ id, type: 'elv.practitioner-import' as const });

/** The lines with those told as well who are at work at the enterprise already. */
const withoutThoseHere = async (
  { db, crypto }: PractitionerDesk,
  read: ReadLines<GoodPractitioner>,
  organisationId: string,
): Promise<ReadLines<GoodPractitioner>> => {
  const known = await knownPeople(
    db,
    crypto,
    read.good.map(({ values }) => values.identityNo),
  );
  const working = await workingOf(db, organisationId, [...known.values()]);
  const here = read.good.filter(({ values }) => working.has(known.get(values.identityNo) ?? ''));
  const column = practitionerFields.identityNo.title;
  return withFaults(
    read,
    here.map(({ line }) => ({ line, column, message: alreadyHere })),
  );
};

const rowFor = async (
  { crypto }: PractitionerDesk,
  { subject, now, file }: CallContext,
  key: string,
  organisationId: string,
  read: ReadLines<GoodPractitioner>,
): Promise<ImportTable> => {
  const id = uuidv7(now);
  return {
    id,
    uploaded_by: subject.id,
    upload_key: key,
    uploaded_at: now,
    organisation_id: organisationId,
    file_name: displayName(file?.name ?? ''),
    total: read.total,
    good: read.good.length,
    fault_count: read.faults.length,
    faults: JSON.stringify(read.faults.slice(0, mostListedFaults)),
    rows: await sealRows(crypto, id, read.good),
    entered: null,
  };
};

const check =
  (desk: PractitionerDesk): Handlers<typeof practitionerImportContract>['check'] =>
  async ({ key }, context) => {
    const { db } = desk;
    const { file, subject, now } = context;
    const before = await findUpload(db, subject.id, key);
    const organisation = before ? undefined : await ownEnterprise(desk, context, 'import');
    if (before || !organisation) file?.stream.destroy();
    if (before) return viewOf(before);
    if (!organisation) return context.fail('NO_ENTERPRISE');
    if (!file) return context.fail('FILE_REFUSED');
    const { lines, places } = await readImport(book, file).catch((error: unknown) => {
      if (error instanceof WorkbookRefused) return context.fail('FILE_REFUSED', { message: error.message });
      throw error;
    });
    const read = await withoutThoseHere(desk, readPractitioners(lines, places, shanghaiDay(now)), organisation.id);
    const row = await rowFor(desk, context, key, organisation.id, read);
    return inTransaction(db, async (tx) => {
      const stands = await keepImport(tx, row);
      const { total, good, fault_count: faults } = stands;
      await leaveFact(tx, context, object(stands.id), 'checkImport', { total, good, faults });
      return viewOf(stands);
    });
  };

const accept =
  (desk: PractitionerDesk): Handlers<typeof practitionerImportContract>['accept'] =>
  async ({ importId, rows }, context) => {
    const { db, crypto } = desk;
    return inTransaction(db, async (tx) => {
      const found = await lockImport(tx, context.subject.id, importId);
      if (!found) return context.fail('NOT_FOUND');
      // The same click twice enters everybody once.
      if (found.entered !== null) return viewOf(found);
      const organisation = await ownEnterprise(desk, context, 'import');
      if (found.rows === null || organisation?.id !== found.organisation_id) return context.fail('NOT_FOUND');
      if (rows === 'all' && found.fault_count > 0) return context.fail('FAULTY');
      if (found.good === 0) return context.fail('NOTHING');
      // Sealed by `check` from this very shape.
      const good = (await openRows(crypto, importId, found.rows)) as readonly GoodPractitioner[];
      if (!(await enterMany(desk, tx, good, organisation, context))) return context.fail('CHANGED');
      await noteEntered(tx, importId, good.length);
      await leaveFact(tx, context, object(importId), 'acceptImport', { rows, entered: good.length });
      return viewOf({ ...found, rows: null, entered: good.length });
    });
  };

/** Handlers of the import. Source: tender T2.10. */
export const importHandlers = (desk: PractitionerDesk): Handlers<typeof practitionerImportContract> => ({
  template: () => importTemplate(book),
  check: check(desk),
  read: async ({ importId }, context) => {
    const found = await findImport(desk.db, context.subject.id, importId);
    return found ? viewOf(found) : context.fail('NOT_FOUND');
  },
  accept: accept(desk),
});

import { randomUUID } from 'node:crypto';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { displayName } from '#kernel/files/receive.ts';
import { stepActorOf } from '#kernel/lifecycle/take-step.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { type ImportFault, mostListedFaults } from '#practices/workbook/model/import-columns.ts';
import { WorkbookRefused } from '#practices/workbook/model/workbook.ts';
import { type ImportBook, importTemplate, readImport } from '#practices/workbook/server/import-book.ts';
import {
  type GoodEntry,
  importColumnsOf,
  type KnownOrganisation,
  type ReadEntries,
  readEntries,
} from '../model/import-rows.ts';
import type { RegistryProfile } from '../model/profile.ts';
import {
  type EntryImportView,
  mostImportBytes,
  mostImportRows,
  type RegistryImportContract,
} from '../model/registry-import.contract.ts';
import { emptyEntry } from '../model/registry-record.ts';
import { addEntry, statesOfOrganisations } from './entry.store.ts';
import { actorOf, leaveEntryFact } from './entry-facts.ts';
import { stateOf } from './entry-view.ts';
import { findImport, findUpload, forgetWaiting, keepImport, lockImport, noteEntered } from './import.store.ts';
import type { ImportTable } from './registry.tables.ts';
import type { RegistryDesk } from './registry-desk.ts';

const bookOf = (profile: RegistryProfile): ImportBook => ({
  subject: profile.subject,
  columns: importColumnsOf(profile),
  notes: ['导入的信息进入初审，初审、复审由不同人员办理；附件由企业入库后以变更补交'],
  mostRows: mostImportRows,
  mostBytes: mostImportBytes,
});

const viewOf = (one: ImportTable): EntryImportView => ({
  id: one.id,
  fileName: one.file_name,
  total: one.total,
  good: one.good,
  faultCount: one.fault_count,
  // Written by `check` below from this very shape.
  faults: JSON.parse(one.faults) as ImportFault[],
  newOrganisations: one.new_organisations,
  entered: one.entered,
});

/** Where the lines of an import are sealed to. */
export const importPlace = (schema: string, id: string): string => `${schema}.registry_import:${id}`;

const seal = ({ crypto, profile }: RegistryDesk, id: string, rows: readonly GoodEntry[]): Promise<string> =>
  crypto.seal('personal-data', Buffer.from(JSON.stringify(rows), 'utf8'), importPlace(profile.schema, id));

const opened = async ({ crypto, profile }: RegistryDesk, id: string, sealed: string): Promise<readonly GoodEntry[]> => {
  const text = await crypto.open('personal-data', sealed, importPlace(profile.schema, id));
  // Sealed by `seal` from this very shape.
  return JSON.parse(Buffer.from(text).toString('utf8')) as GoodEntry[];
};

const leaveImportFact = (
  { profile }: RegistryDesk,
  tx: Tx,
  context: CallContext,
  verb: string,
  id: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<unknown> =>
  appendFact(tx, {
    at: context.now,
    kind: 'operation',
    action: `${profile.id}.${verb}`,
    actor: actorOf(context),
    object: { type: `${profile.id}-import`, id },
    outcome: 'done',
    detail,
    traceId: context.traceId,
  });

const known = async ({ profile, organisations }: RegistryDesk, db: Db | Tx): Promise<readonly KnownOrganisation[]> => {
  const [all, states] = await Promise.all([organisations.all(db), statesOfOrganisations(db, profile)]);
  return all.map((one) => {
    const state = states.get(one.id);
    return { ...one, entry: state === undefined ? null : stateOf(profile, state).title };
  });
};

const kept = async (
  desk: RegistryDesk,
  { subject, now, file }: CallContext,
  key: string,
  read: ReadEntries,
): Promise<ImportTable> => {
  const id = uuidv7(now);
  return {
    id,
    uploaded_by: subject.id,
    upload_key: key,
    uploaded_at: now,
    file_name: displayName(file?.name ?? ''),
    total: read.total,
    good: read.good.length,
    fault_count: read.faults.length,
    new_organisations: read.good.filter(({ organisationId }) => organisationId === null).length,
    faults: JSON.stringify(read.faults.slice(0, mostListedFaults)),
    rows: await seal(desk, id, read.good),
    entered: null,
  };
};

const check =
  (desk: RegistryDesk): Handlers<RegistryImportContract>['check'] =>
  async ({ key }, context) => {
    const { profile, db } = desk;
    const { file, subject, now } = context;
    const before = await findUpload(db, profile.schema, subject.id, key);
    if (before) {
      file?.stream.destroy();
      return viewOf(before);
    }
    if (!file) return context.fail('FILE_REFUSED');
    const { lines, places } = await readImport(bookOf(profile), file).catch((error: unknown) => {
      if (error instanceof WorkbookRefused) return context.fail('FILE_REFUSED', { message: error.message });
      throw error;
    });
    const row = await kept(
      desk,
      context,
      key,
      readEntries(profile, lines, places, await known(desk, db), shanghaiDay(now)),
    );
    return inTransaction(db, async (tx) => {
      await forgetWaiting(tx, profile.schema, now);
      const stands = await keepImport(tx, profile.schema, row);
      const { total, good, fault_count: faults } = stands;
      await leaveImportFact(desk, tx, context, 'checkImport', stands.id, { total, good, faults });
      return viewOf(stands);
    });
  };

/** The organisation of a line: the one known by its code, else one registered now. Undefined where somebody was faster. */
const organisationOf = async (
  desk: RegistryDesk,
  row: GoodEntry,
  context: CallContext,
): Promise<string | undefined> => {
  if (row.organisationId !== null) return row.organisationId;
  const { name, creditCode, districtCode } = row;
  const kind = desk.profile.organisationKind;
  const by = { actor: actorOf(context), at: context.now.toISOString(), traceId: context.traceId };
  return (await desk.organisations.register({ name, creditCode, districtCode, kind }, by))?.id;
};

/** Makes the entry of one line and submits it for review; false where the enterprise has an entry by now. */
const enter = async (
  desk: RegistryDesk,
  tx: Tx,
  row: GoodEntry,
  organisationId: string,
  context: CallContext,
  importId: string,
): Promise<boolean> => {
  const { profile, crypto } = desk;
  const id = uuidv7(context.now);
  const { version: lifecycleVersion, initial: state } = profile.flow().lifecycle;
  const record = { ...emptyEntry(profile, 'imported'), sections: row.sections };
  const at = context.now;
  const openedBy = context.subject.id;
  const entry = { id, organisationId, state, lifecycleVersion, openedBy, at, record };
  if (!(await addEntry(tx, { profile, crypto }, entry))) return false;
  await leaveEntryFact(tx, context, profile, id, 'open', { organisationId, importId, line: row.line });
  const result = await desk.engine.performIn(tx, {
    caseId: id,
    action: 'submitImported',
    input: {},
    expectedVersion: undefined,
    stepKey: randomUUID(),
    actor: stepActorOf(context),
    traceId: context.traceId,
    mayAct: () => true,
  });
  // What the dry run let pass the engine's guards let pass too; if not, nothing at all is entered.
  return result.outcome === 'done';
};

type AcceptContext = Parameters<Handlers<RegistryImportContract>['accept']>[1];

/** The lines to be entered; undefined where they are entered already: the same click twice enters everybody once. Errors: refuses as declared. */
const linesOf = async (
  desk: RegistryDesk,
  found: ImportTable | undefined,
  rows: 'all' | 'good',
  { fail }: Pick<AcceptContext, 'fail'>,
): Promise<readonly GoodEntry[] | undefined> => {
  if (!found) return fail('NOT_FOUND');
  if (found.entered !== null) return undefined;
  if (found.rows === null) return fail('NOT_FOUND');
  if (rows === 'all' && found.fault_count > 0) return fail('FAULTY');
  if (found.good === 0) return fail('NOTHING');
  return opened(desk, found.id, found.rows);
};

/** The organisations of lines, by their lines. Those that are not known yet are registered before anything is entered: they are another area's, and no transaction spans two. */
const organisationsOf = async (
  desk: RegistryDesk,
  lines: readonly GoodEntry[],
  context: AcceptContext,
): Promise<ReadonlyMap<number, string>> => {
  const found = new Map<number, string>();
  for (const row of lines) found.set(row.line, (await organisationOf(desk, row, context)) ?? context.fail('CHANGED'));
  return found;
};

const accept =
  (desk: RegistryDesk): Handlers<RegistryImportContract>['accept'] =>
  async ({ importId, rows }, context) => {
    const { profile, db } = desk;
    const { schema } = profile;
    const before = await findImport(db, schema, context.subject.id, importId);
    const organisations = await organisationsOf(desk, (await linesOf(desk, before, rows, context)) ?? [], context);
    const view = await inTransaction(db, async (tx) => {
      const found = (await lockImport(tx, schema, context.subject.id, importId)) ?? context.fail('NOT_FOUND');
      const good = await linesOf(desk, found, rows, context);
      if (!good) return viewOf(found);
      for (const row of good) {
        const organisationId = organisations.get(row.line) ?? context.fail('CHANGED');
        if (!(await enter(desk, tx, row, organisationId, context, importId))) return context.fail('CHANGED');
      }
      await noteEntered(tx, schema, importId, good.length);
      await leaveImportFact(desk, tx, context, 'acceptImport', importId, { rows, entered: good.length });
      return viewOf({ ...found, rows: null, entered: good.length });
    });
    desk.nudge();
    return view;
  };

/** Handlers of the import. Source: tender R49. */
export const importHandlers = (desk: RegistryDesk): Handlers<RegistryImportContract> => ({
  template: () => importTemplate(bookOf(desk.profile)),
  check: check(desk),
  read: async ({ importId }, context) => {
    const found = await findImport(desk.db, desk.profile.schema, context.subject.id, importId);
    return found ? viewOf(found) : context.fail('NOT_FOUND');
  },
  accept: accept(desk),
});

import type { AuditFact } from '#kernel/audit/fact.ts';
import { appendFact, appendFacts } from '#kernel/audit/trail.store.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { displayName } from '#kernel/files/receive.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { type ImportFault, mostListedFaults, withFaults } from '#practices/workbook/model/import-columns.ts';
import { WorkbookRefused } from '#practices/workbook/model/workbook.ts';
import { importTemplate, readImport } from '#practices/workbook/server/import-book.ts';
import { type GoodRow, importColumns, readPeople } from '../model/import-rows.ts';
import type { ImportView, personImportContract } from '../model/person-import.contract.ts';
import { collisionsOf } from './collisions.ts';
import {
  findImport,
  findUpload,
  forgetWaiting,
  keepImport,
  lockImport,
  type StoredImport,
  updateImport,
} from './import.store.ts';
import { type HandedPassword, passwordBook, peopleBook } from './import-book.ts';
import { openImport, sealImport } from './import-seal.ts';
import { lockOrganisation } from './organisation.store.ts';
import { actorOf, type PersonParts, personFact } from './person.parts.ts';
import { takesTwo } from './person-access.ts';
import { applyForFirst, type EntryPlace, entryPlace, freshPassword, openPerson } from './person-entry.ts';

/**
 * A hundredth of the usual rounds, for whole passwords only. Rounds make up for what people choose; these are 93 bits of chance, so whoever has stolen the database
 * must derive some 2^92 times a thousand rounds for one of them, and the usual rounds would add less than 7 bits to that. Each serves once: the first sign-in sets
 * another at the usual rounds. Missing rounds are done on nothing at sign-in, so time tells nothing either. Five thousand at the usual rounds would keep two cores
 * busy for minutes. Of a password in halves somebody knows 46 bits: those get the usual rounds (`freshPassword`).
 */
const initialRounds = 1_000;

const viewOf = (one: StoredImport): ImportView => ({
  id: one.id,
  fileName: one.file_name,
  total: one.total,
  good: one.good,
  faultCount: one.fault_count,
  // Written by `check` below from this very shape.
  faults: JSON.parse(one.faults) as ImportFault[],
  opened: one.opened,
  passwordsWaiting: one.passwords !== null,
});

const importFact = (context: CallContext, verb: string, id: string, detail: AuditFact['detail']): AuditFact => ({
  ...personFact(context, verb, id, detail),
  object: { type: 'governance.person-import', id },
  actor: actorOf(context),
});

/** What is in the database already, by line. */
const collisions = async (
  parts: PersonParts,
  db: Db | Tx,
  { subject }: CallContext,
  rows: readonly GoodRow[],
): Promise<readonly ImportFault[]> => {
  const entrants = rows.map((row) => ({ ...row, identityNo: row.values.identityNo ?? '' }));
  const found = await collisionsOf(parts, db, subject, entrants);
  return found.map(({ entrant, field, message }) => ({
    line: entrant.line,
    column: importColumns.find(({ name }) => name === field)?.title ?? field,
    message,
  }));
};

/** The organisations of lines, always in the same order so that two imports cannot wait for one another. */
const placesOf = (rows: readonly GoodRow[]): readonly string[] =>
  [...new Set(rows.flatMap(({ organisationId }) => organisationId ?? []))].sort();

/** Opens the accounts of good lines; answers the passwords to hand out. All in the caller's transaction. */
const openAll = async (
  parts: PersonParts,
  tx: Tx,
  rows: readonly GoodRow[],
  place: EntryPlace,
  context: CallContext<'CHANGED'>,
  importId: string,
): Promise<readonly HandedPassword[]> => {
  const handed: HandedPassword[] = [];
  const facts: AuditFact[] = [];
  for (const { line, userName, organisationId, values } of rows) {
    const organisation = place.organisations.find(({ id }) => id === organisationId) ?? null;
    // The asker's grants may have changed since the file was looked through.
    if (organisationId === null ? !place.platform : !organisation) context.fail('CHANGED');
    const id = uuidv7(context.now);
    const two = takesTwo(parts, { id, organisationKind: organisation?.kind ?? null }, parts.access.list(), context.now);
    const { shown, storedNow: passwordHash, waiting } = await freshPassword(userName, two, initialRounds);
    const person = { id, userName, name: values.name, organisation, values, passwordHash, setAlone: !two };
    if (!(await openPerson(parts, tx, person, context.subject, context.now))) context.fail('CHANGED');
    if (waiting) await applyForFirst(parts, tx, person, waiting, context);
    handed.push({ line, userName, name: values.name, password: shown, half: two });
    facts.push(personFact(context, 'create', id, { userName, organisationId, importId }));
  }
  await appendFacts(tx, facts);
  return handed;
};

const check = async (parts: PersonParts, key: string, context: CallContext<'FILE_REFUSED'>): Promise<ImportView> => {
  const { db, crypto } = parts;
  const { subject, now, file } = context;
  const before = await findUpload(db, subject.id, key);
  if (before) {
    file?.stream.destroy();
    return viewOf(before);
  }
  if (!file) return context.fail('FILE_REFUSED');
  const { lines, places } = await readImport(peopleBook, file).catch((error: unknown) => {
    if (error instanceof WorkbookRefused) return context.fail('FILE_REFUSED', { message: error.message });
    throw error;
  });
  const place = await entryPlace(parts, subject, 'governance.person:import');
  const read = readPeople(lines, places, { ...place, today: shanghaiDay(now) });
  const people = withFaults(read, await collisions(parts, db, context, read.good));
  const id = uuidv7(now);
  const kept: StoredImport = {
    id,
    uploaded_by: subject.id,
    upload_key: key,
    uploaded_at: now,
    file_name: displayName(file.name),
    total: people.total,
    good: people.good.length,
    fault_count: people.faults.length,
    faults: JSON.stringify(people.faults.slice(0, mostListedFaults)),
    people: await sealImport(crypto, id, 'people', people.good),
    opened: null,
    passwords: null,
  };
  return inTransaction(db, async (tx) => {
    await forgetWaiting(tx, now);
    const stands = await keepImport(tx, kept);
    const { total, good, fault_count: faults } = stands;
    await appendFact(tx, importFact(context, 'checkImport', stands.id, { total, good, faults }));
    return viewOf(stands);
  });
};

/** Handlers of the import. Source: tender R42. */
export const importHandlers = (parts: PersonParts): Handlers<typeof personImportContract> => {
  const { db, crypto } = parts;
  return {
    template: () => importTemplate(peopleBook),
    check: ({ key }, context) => check(parts, key, context),
    read: async ({ importId }, context) => {
      const found = await findImport(db, context.subject.id, importId);
      return found ? viewOf(found) : context.fail('NOT_FOUND');
    },
    accept: async ({ importId, rows }, context) =>
      inTransaction(db, async (tx) => {
        const { subject } = context;
        const found = await lockImport(tx, subject.id, importId);
        if (!found) return context.fail('NOT_FOUND');
        // The same click twice opens everybody once.
        if (found.opened !== null) return viewOf(found);
        if (found.people === null) return context.fail('NOT_FOUND');
        if (rows === 'all' && found.fault_count > 0) return context.fail('FAULTY');
        if (found.good === 0) return context.fail('NOTHING');
        const good = await openImport<GoodRow[]>(crypto, importId, 'people', found.people);
        // As for one person: whoever enters people of one organisation follows whoever does so at the same moment.
        for (const id of placesOf(good)) await lockOrganisation(tx, id);
        if ((await collisions(parts, tx, context, good)).length > 0) return context.fail('CHANGED');
        const place = await entryPlace({ ...parts, db: tx }, subject, 'governance.person:import');
        const handed = await openAll(parts, tx, good, place, context, importId);
        const after = { people: null, opened: handed.length };
        const passwords = await sealImport(crypto, importId, 'passwords', handed);
        await updateImport(tx, importId, { ...after, passwords });
        await appendFact(tx, importFact(context, 'acceptImport', importId, { rows, opened: handed.length }));
        return viewOf({ ...found, ...after, passwords });
      }),
    passwords: async ({ importId }, context) =>
      inTransaction(db, async (tx) => {
        await forgetWaiting(tx, context.now);
        const found = await lockImport(tx, context.subject.id, importId);
        if (!found) return context.fail('NOT_FOUND');
        if (found.passwords === null) return context.fail('GONE');
        const handed = await openImport<HandedPassword[]>(crypto, importId, 'passwords', found.passwords);
        // They wait on: a download may break on its way. `forgetPasswords` erases them, or the end of their day does.
        await appendFact(tx, importFact(context, 'importPasswords', importId, { count: handed.length }));
        return passwordBook(handed, `${found.file_name}：首次登录必须修改密码，请逐人交付，交付后删除本文件`);
      }),
    forgetPasswords: async ({ importId }, context) =>
      inTransaction(db, async (tx) => {
        const found = await lockImport(tx, context.subject.id, importId);
        if (!found) return context.fail('NOT_FOUND');
        if (found.passwords === null) return viewOf(found);
        await updateImport(tx, importId, { passwords: null });
        await appendFact(tx, importFact(context, 'forgetImportPasswords', importId, {}));
        return viewOf({ ...found, passwords: null });
      }),
  };
};

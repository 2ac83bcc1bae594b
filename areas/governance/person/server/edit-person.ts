import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { type AnyDraft, type Fields, faultsOf, readChanges } from '#kernel/fields/field.ts';
import { personFields, type SealedField, sealedFields } from '../model/person.fields.ts';
import type { PersonView } from '../model/person.view.ts';
import { lockOrganisation } from './organisation.store.ts';
import { type PersonParts, personFact } from './person.parts.ts';
import {
  findPerson,
  findSameIdentity,
  lockPerson,
  type PersonDetails,
  type StoredPerson,
  writeDetails,
} from './person.store.ts';
import { personRows } from './person-access.ts';
import { sealedColumns } from './person-entry.ts';
import { digestOfValue, indexesOf, openValue } from './person-seal.ts';
import { personViewOf } from './person-view.ts';

type Context = CallContext<'NOT_FOUND' | 'CHANGED' | 'FAULTY'>;

/** The validity is set by an operation of its own. */
const { validUntil: _, ...editable } = personFields;

type Editable = keyof typeof editable;

interface Change {
  readonly was: string | null;
  readonly now: string | null;
}

const isSealed = (field: string): field is SealedField => sealedFields.some((one) => one === field);

const plainOf: Readonly<Record<Exclude<Editable, SealedField>, (person: StoredPerson) => string | null>> = {
  name: ({ name }) => name,
  post: ({ post }) => post,
  districtCode: ({ districtCode }) => districtCode,
};

const checked = (changes: AnyDraft, context: Context): Readonly<Partial<Record<Editable, string | null>>> => {
  const { values, faults } = readChanges(editable, changes);
  const touched: Fields = Object.fromEntries(Object.entries(editable).filter(([name]) => Object.hasOwn(changes, name)));
  const problems = [...faults, ...faultsOf(touched, values)].map(({ field, message }) => ({ path: field, message }));
  if (problems.length > 0) context.fail('FAULTY', { problems });
  return Object.fromEntries(
    Object.keys(touched).map((name) => [name, typeof values[name] === 'string' ? values[name] : null]),
  );
};

/** What differs, as the log may know it: open values as they are, sealed ones as digests. */
const differences = async (
  { crypto }: PersonParts,
  person: StoredPerson,
  values: Readonly<Partial<Record<Editable, string | null>>>,
): Promise<Readonly<Partial<Record<Editable, Change>>>> => {
  const found: Partial<Record<Editable, Change>> = {};
  for (const [name, now] of Object.entries(values) as [Editable, string | null][]) {
    if (isSealed(name)) {
      const was = await openValue(crypto, person, name);
      if (was !== now)
        found[name] = { was: await digestOfValue(crypto, name, was), now: await digestOfValue(crypto, name, now) };
    } else {
      const was = plainOf[name](person);
      if (was !== now) found[name] = { was, now };
    }
  }
  return found;
};

const guardIdentity = async (
  parts: PersonParts,
  tx: Tx,
  person: StoredPerson,
  identityNo: string,
  context: Context,
): Promise<void> => {
  if (person.organisationId !== null) await lockOrganisation(tx, person.organisationId);
  const indexes = await indexesOf(parts.crypto, 'identityNo', identityNo);
  const readable = personRows(parts.access, context.subject, 'governance.person:read');
  const others: { readonly id: string }[] = (await findSameIdentity(tx, person.organisationId, indexes)).filter(
    ({ id }) => id !== person.id,
  );
  const holder = person.organisationId === null ? await parts.accounts.findByIdentity(tx, indexes) : undefined;
  if (holder && holder.id !== person.id) others.push(holder);
  for (const { id } of others) {
    if (!(await findPerson(tx, readable, id))) continue;
    context.fail('FAULTY', { problems: [{ path: 'identityNo', message: '这个身份证号码已开过账号，请先查找核对' }] });
  }
};

const columnsOf = async (
  { crypto }: PersonParts,
  id: string,
  changed: Readonly<Partial<Record<Editable, string | null>>>,
): Promise<PersonDetails> => {
  const sealed = Object.fromEntries(Object.entries(changed).filter(([name]) => isSealed(name)));
  return {
    ...(typeof changed.name === 'string' ? { name: changed.name } : {}),
    ...(changed.post === undefined ? {} : { post: changed.post }),
    ...(changed.districtCode === undefined ? {} : { district_code: changed.districtCode }),
    ...(await sealedColumns(crypto, id, sealed)),
  };
};

/** Changes a person's record: only what differs is written, and the log keeps before and after. Source: tender R42, R45. */
export const editPerson = async (
  parts: PersonParts,
  input: { readonly personId: string; readonly version: number; readonly changes: AnyDraft },
  context: Context,
): Promise<PersonView> => {
  const { db, access } = parts;
  const rows = personRows(access, context.subject, 'governance.person:edit');
  await inTransaction(db, async (tx) => {
    const person = await lockPerson(tx, rows, input.personId);
    if (!person) return context.fail('NOT_FOUND');
    if (person.version !== input.version) context.fail('CHANGED', { detail: { version: person.version } });
    const values = checked(input.changes, context);
    const changes = await differences(parts, person, values);
    if (Object.keys(changes).length === 0) return;
    if (changes.identityNo && values.identityNo) await guardIdentity(parts, tx, person, values.identityNo, context);
    // One person alone must not lead the government's sign-on to an account, and whom the old number led there may be a stranger: whoever it belongs to binds it anew.
    const untied = changes.identityNo ? await parts.accounts.untieIdentity(tx, person.id, context.now) : {};
    const changed = Object.fromEntries(Object.keys(changes).map((name) => [name, values[name as Editable] ?? null]));
    await writeDetails(tx, person.id, await columnsOf(parts, person.id, changed), true);
    await appendFact(tx, personFact(context, 'edit', person.id, { changes, version: person.version + 1, ...untied }));
  });
  parts.accounts.forget(input.personId);
  const after = await findPerson(db, rows, input.personId);
  return after ? personViewOf(parts, context.subject, after, context.now) : context.fail('NOT_FOUND');
};

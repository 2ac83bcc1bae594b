import { appendFact } from '#kernel/audit/trail.store.ts';
import type { Problem } from '#kernel/contract/failure.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import { hashPassword } from '#kernel/crypto/password.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';
import type { PersonView } from '../model/person.view.ts';
import { newUserName } from '../model/user-name.ts';
import { lockOrganisation } from './organisation.store.ts';
import { type PersonParts, personFact } from './person.parts.ts';
import { findPerson, findSameIdentity, takenNames } from './person.store.ts';
import { personRows } from './person-access.ts';
import { entryPlace, newInitialPassword, openPerson, readValues } from './person-entry.ts';
import { indexesOf } from './person-seal.ts';
import { personViewOf } from './person-view.ts';

type Context = CallContext<'FAULTY'>;

/** Whether somebody the asker may list already has the identity number at that place. */
const identityTaken = async (
  { access, accounts }: PersonParts,
  tx: Tx,
  { subject }: Context,
  organisationId: string | null,
  indexes: readonly string[],
): Promise<boolean> => {
  const readable = personRows(access, subject, 'governance.person:read');
  for (const { id } of await findSameIdentity(tx, organisationId, indexes)) {
    if (await findPerson(tx, readable, id)) return true;
  }
  // The government's sign-on leads to one account; whoever enters people of the platform may list everybody.
  return organisationId === null && (await accounts.findByIdentity(tx, indexes)) !== undefined;
};

const nameTaken: Problem = { path: 'userName', message: '这个用户名已有人使用，请换一个' };

/** What is there already; each told only where the asker may list who has it. */
const collisions = async (
  parts: PersonParts,
  tx: Tx,
  context: Context,
  wanted: {
    readonly userName: string;
    readonly organisationId: string | null;
    readonly identityIndexes: readonly string[];
  },
): Promise<readonly Problem[]> => {
  const { userName, organisationId, identityIndexes } = wanted;
  const identity = await identityTaken(parts, tx, context, organisationId, identityIndexes);
  return [
    ...((await takenNames(tx, [userName])).has(userName) ? [nameTaken] : []),
    ...(identity ? [{ path: 'identityNo', message: '这个身份证号码已开过账号，请先查找核对' }] : []),
  ];
};

/**
 * Opens one account with an initial password that is shown this once. A name that somebody else has can only be met by those who may list
 * everybody: the others give names with their organisation's own ending. Source: tender R42.
 */
export const createPerson = async (
  parts: PersonParts,
  input: { readonly userName: string; readonly organisationId: string | null; readonly values: AnyDraft },
  context: Context,
): Promise<{ person: PersonView; initialPassword: string }> => {
  const { db, crypto } = parts;
  const { subject, now } = context;
  const { organisationId } = input;
  const place = await entryPlace(parts, subject, 'governance.person:create');
  const organisation = place.organisations.find(({ id }) => id === organisationId) ?? null;
  const nowhere = organisationId === null ? !place.platform : organisation === null;
  const named = newUserName(input.userName, organisation?.ending ?? null, place.ownNames);
  const { values, problems } = readValues(input.values, now);
  const faults = [
    ...(nowhere ? [{ path: 'organisationId', message: '没有这个单位，请从列表中选择' }] : []),
    ...(named.ok ? [] : [{ path: 'userName', message: named.message }]),
    ...problems,
  ];
  if (faults.length > 0 || !named.ok) return context.fail('FAULTY', { problems: faults });
  const { userName } = named;
  const password = newInitialPassword(userName);
  const passwordHash = await hashPassword(password);
  const id = uuidv7(now);
  const identityIndexes = await indexesOf(crypto, 'identityNo', values.identityNo ?? '');
  await inTransaction(db, async (tx) => {
    if (organisation) await lockOrganisation(tx, organisation.id);
    const there = await collisions(parts, tx, context, { userName, organisationId, identityIndexes });
    if (there.length > 0) context.fail('FAULTY', { problems: there });
    const opened = await openPerson(parts, tx, { id, userName, organisation, values, passwordHash }, subject, now);
    if (!opened) context.fail('FAULTY', { problems: [nameTaken] });
    await appendFact(tx, personFact(context, 'create', id, { userName, organisationId }));
  });
  const made = await findPerson(db, { field: 'id', in: [id] }, id);
  if (!made) throw new Error('an opened account is there');
  return { person: await personViewOf(parts, subject, made, now), initialPassword: password };
};

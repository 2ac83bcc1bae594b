import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';
import type { PersonView } from '../model/person.view.ts';
import { newUserName } from '../model/user-name.ts';
import { collisionsOf } from './collisions.ts';
import { lockOrganisation } from './organisation.store.ts';
import { type PersonParts, personFact } from './person.parts.ts';
import { findPerson } from './person.store.ts';
import { takesTwo } from './person-access.ts';
import { applyForFirst, entryPlace, freshPassword, openPerson, readValues } from './person-entry.ts';
import { personViewOf } from './person-view.ts';

type Context = CallContext<'FAULTY'>;

/**
 * Opens one account with an initial password that is shown this once. A name that somebody else has can only be met by those who may list
 * everybody: the others give names with their organisation's own ending. Source: tender R42.
 */
export const createPerson = async (
  parts: PersonParts,
  input: { readonly userName: string; readonly organisationId: string | null; readonly values: AnyDraft },
  context: Context,
): Promise<{ person: PersonView; initialPassword: string; half: boolean }> => {
  const { db } = parts;
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
  const id = uuidv7(now);
  const two = takesTwo(parts, { id, organisationKind: organisation?.kind ?? null }, parts.access.list(), now);
  const { shown, storedNow: passwordHash, waiting } = await freshPassword(userName, two);
  await inTransaction(db, async (tx) => {
    if (organisation) await lockOrganisation(tx, organisation.id);
    const entrant = { userName, organisationId, identityNo: values.identityNo ?? '' };
    const there = await collisionsOf(parts, tx, subject, [entrant]);
    if (there.length > 0) {
      context.fail('FAULTY', { problems: there.map(({ field, message }) => ({ path: field, message })) });
    }
    const opened = await openPerson(
      parts,
      tx,
      { id, userName, organisation, values, passwordHash, setAlone: !two },
      subject,
      now,
    );
    // Between the look and the insert somebody was quicker.
    if (!opened) context.fail('FAULTY', { problems: [{ path: 'userName', message: '这个用户名不能使用，请换一个' }] });
    await appendFact(tx, personFact(context, 'create', id, { userName, organisationId }));
    if (waiting) await applyForFirst(parts, tx, { id, userName, name: values.name, organisation }, waiting, context);
  });
  const made = await findPerson(db, { field: 'id', in: [id] }, id);
  if (!made) throw new Error('an opened account is there');
  return { person: await personViewOf(parts, subject, made, now), initialPassword: shown, half: two };
};

import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { checkIdentityNumber } from '#practices/identity-codes/model/identity-number.ts';
import { checkContactPhone } from '#practices/identity-codes/model/phone.ts';
import type { personContract } from '../model/person.contract.ts';
import type { PersonFilter } from '../model/person.view.ts';
import { createPerson } from './create-person.ts';
import { editPerson } from './edit-person.ts';
import { type PersonParts, personFact } from './person.parts.ts';
import { findPerson } from './person.store.ts';
import { accessRowOf, personRows } from './person-access.ts';
import { entryPlace } from './person-entry.ts';
import { listPeople, type PersonSearch } from './person-list.store.ts';
import { indexesOf, openValue } from './person-seal.ts';
import { personRowOf, personViewOf } from './person-view.ts';

type RecordHandlers = Pick<Handlers<typeof personContract>, 'list' | 'choices' | 'get' | 'create' | 'edit' | 'reveal'>;

const searchOf = async ({ crypto }: PersonParts, q: string | undefined): Promise<PersonSearch | null> => {
  if (q === undefined || q === '') return null;
  const [phone, identity] = [checkContactPhone(q), checkIdentityNumber(q)];
  return {
    text: q,
    phoneIndexes: phone.ok ? await indexesOf(crypto, 'phone', phone.value) : [],
    identityIndexes: identity.ok ? await indexesOf(crypto, 'identityNo', identity.value) : [],
  };
};

const holdersOf = ({ access }: PersonParts, { roleId }: PersonFilter): readonly string[] | null =>
  roleId === undefined
    ? null
    : access
        .list()
        .holdings.filter((one) => one.roleId === roleId)
        .map(({ subjectId }) => subjectId);

const choicesOf = async (parts: PersonParts, { subject }: CallContext) => {
  const { access, rolesOfKind } = parts;
  const place = await entryPlace(parts, subject, 'governance.person:read');
  const everybody = place.platform;
  const kinds = new Set(place.organisations.map(({ kind }) => kind));
  const fitting = new Set([...kinds].flatMap((kind) => rolesOfKind[kind] ?? []));
  const own = new Set(subject.roles);
  return {
    organisations: place.organisations.map(({ id, name, ending }) => ({ id, name, ending })),
    platform: everybody,
    ownNames: place.ownNames,
    roles: access
      .list()
      .roles.filter(({ id }) => everybody || fitting.has(id) || own.has(id))
      .map(({ id, title }) => ({ id, title })),
  };
};

/** Handlers of people's records. Source: tender R42. */
export const recordHandlers = (parts: PersonParts): RecordHandlers => {
  const { db, crypto, access } = parts;
  const rows = ({ subject }: CallContext, verb: string) => personRows(access, subject, `governance.person:${verb}`);
  return {
    list: async (filter, context) => {
      const scope = {
        rows: rows(context, 'read'),
        search: await searchOf(parts, filter.q),
        holders: holdersOf(parts, filter),
        now: context.now,
      };
      const { rows: found, total } = await listPeople(db, filter, scope);
      const shown = await Promise.all(found.map((one) => personRowOf(parts, context.subject, one, context.now)));
      return { rows: shown, total };
    },
    choices: (_, context) => choicesOf(parts, context),
    get: async ({ personId }, context) => {
      const person = await findPerson(db, rows(context, 'read'), personId);
      return person ? personViewOf(parts, context.subject, person, context.now) : context.fail('NOT_FOUND');
    },
    create: (input, context) => createPerson(parts, input, context),
    edit: (input, context) => editPerson(parts, input, context),
    reveal: async ({ personId, field, reason }, context) => {
      const person = await findPerson(db, rows(context, 'reveal'), personId);
      if (!person) return context.fail('NOT_FOUND');
      const view = access.fieldViews(context.subject, 'governance.person:read', accessRowOf(person));
      if (view(field) === 'hidden') return context.fail('HIDDEN');
      const value = await openValue(crypto, person, field);
      await inTransaction(db, (tx) => appendFact(tx, personFact(context, 'reveal', person.id, { field, reason })));
      return { value };
    },
  };
};

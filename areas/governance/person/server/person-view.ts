import type { FieldView, Subject } from '#kernel/access/access.ts';
import { passes } from '#kernel/access/predicate.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { Field } from '#kernel/fields/field.ts';
import { shownValue } from '#kernel/fields/mask.ts';
import { type PersonField, personFields, type SealedField, sealedFields } from '../model/person.fields.ts';
import { enterpriseAdministrator } from '../model/person.roles.ts';
import { type PersonRow, type PersonVerb, type PersonView, personVerb } from '../model/person.view.ts';
import { lastDay, statusOf } from '../model/person-status.ts';
import type { PersonParts } from './person.parts.ts';
import { countOpenSessions, type StoredPerson } from './person.store.ts';
import { accessRowOf, grantedByPlatform, mayEnable, personRows, takesTwo } from './person-access.ts';
import { openValue } from './person-seal.ts';

type ViewParts = Pick<PersonParts, 'crypto' | 'access' | 'rolesOfKind' | 'accounts' | 'credentials'>;

/** A sealed value as this reader may see it; null where there is none or it is hidden. */
const shown = async (
  { crypto }: ViewParts,
  person: StoredPerson,
  field: SealedField,
  view: (field: string) => FieldView,
): Promise<string | null> => {
  const how = view(field);
  if (how === 'hidden' || person.sealed[field] === null) return null;
  const value = shownValue(personFields[field] as Field, await openValue(crypto, person, field), how);
  return typeof value === 'string' ? value : null;
};

const viewsOf = ({ access }: ViewParts, subject: Subject, person: StoredPerson) =>
  access.fieldViews(subject, 'governance.person:read', accessRowOf(person));

/** A person as a list shows them to one reader. */
export const personRowOf = async (
  parts: ViewParts,
  subject: Subject,
  person: StoredPerson,
  now: Date,
): Promise<PersonRow> => ({
  id: person.id,
  userName: person.userName,
  name: person.name,
  organisationId: person.organisationId,
  organisationName: person.organisationName,
  post: person.post,
  districtCode: person.districtCode,
  phone: await shown(parts, person, 'phone', viewsOf(parts, subject, person)),
  status: statusOf(person, now),
  validUntil: person.validUntil && lastDay(person.validUntil),
  roles: parts.access.rolesOf(person.id).map((id) => ({ id, title: parts.access.titleOf(id) })),
  lastSignInAt: person.lastSignInAt?.toISOString() ?? null,
  createdAt: person.createdAt.toISOString(),
});

/** The shipped roles of organisations that fit a person's one; none where there is no organisation. */
export const fittingRoles = ({ access, rolesOfKind }: ViewParts, person: StoredPerson): readonly string[] => {
  if (person.organisationKind === null) return [];
  const fitting = [enterpriseAdministrator, ...(rolesOfKind[person.organisationKind] ?? [])];
  const given = access.list().roles.filter(({ level, shipped }) => shipped && level === 'organisation');
  return fitting.filter((role) => given.some(({ id }) => id === role));
};

const senseless = (verb: PersonVerb, subject: Subject, person: StoredPerson, now: Date): boolean => {
  const status = statusOf(person, now);
  switch (verb) {
    case 'disable':
      return status === 'disabled';
    case 'enable':
      return status !== 'disabled';
    case 'unlock':
      return person.lockedUntil === null || person.lockedUntil <= now;
    case 'resetPassword':
    case 'resetFactor':
      return subject.id === person.id;
    case 'reveal':
      return sealedFields.every((field) => person.sealed[field] === null);
    case 'handOver':
      return person.organisationId === null;
    default:
      return false;
  }
};

const abilitiesOf = (
  parts: ViewParts,
  subject: Subject,
  person: StoredPerson,
  {
    now,
    secondFactor,
    waiting,
  }: { readonly now: Date; readonly secondFactor: boolean; readonly waiting: readonly string[] },
): readonly PersonVerb[] =>
  personVerb.options.filter(
    (verb) =>
      passes(personRows(parts.access, subject, `governance.person:${verb}`), accessRowOf(person)) &&
      !senseless(verb, subject, person, now) &&
      (verb !== 'resetFactor' || (secondFactor && !waiting.includes('second-factor'))) &&
      (verb !== 'resetPassword' || !waiting.includes('password')) &&
      (verb !== 'enable' || mayEnable(parts.access, subject, person)) &&
      (verb !== 'setRoles' || fittingRoles(parts, person).length > 0),
  );

const filled = (values: Readonly<Partial<Record<PersonField, string | null>>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));

/** The page of a person for one reader. */
export const personViewOf = async (
  parts: ViewParts & { readonly db: Db | Tx },
  subject: Subject,
  person: StoredPerson,
  now: Date,
): Promise<PersonView> => {
  const row = await personRowOf(parts, subject, person, now);
  const view = viewsOf(parts, subject, person);
  const secondFactor = await parts.accounts.hasFactor(parts.db, person.id);
  const waiting = await parts.credentials.waitingFor(parts.db, person.id);
  const abilities = abilitiesOf(parts, subject, person, { now, secondFactor, waiting });
  const held = parts.access.rolesOf(person.id);
  return {
    ...row,
    version: person.version,
    values: filled({
      name: person.name,
      identityNo: await shown(parts, person, 'identityNo', view),
      phone: row.phone,
      email: await shown(parts, person, 'email', view),
      post: person.post,
      districtCode: person.districtCode,
      validUntil: row.validUntil,
    }),
    sealed: sealedFields.filter((field) => person.sealed[field] !== null && view(field) !== 'hidden'),
    mustChange: person.mustChange,
    passwordChangedAt: person.passwordChangedAt.toISOString(),
    lockedUntil: person.lockedUntil !== null && person.lockedUntil > now ? person.lockedUntil.toISOString() : null,
    openSessions: await countOpenSessions(parts.db, person.id),
    validityLimit:
      person.validityLimit !== null && !grantedByPlatform(parts.access, subject, 'governance.person:setValidity')
        ? lastDay(person.validityLimit)
        : null,
    secondFactor,
    takesTwo: takesTwo(parts, person, parts.access.list(), now),
    waiting: [...waiting],
    abilities: [...abilities],
    grantable: abilities.includes('setRoles')
      ? fittingRoles(parts, person).map((id) => ({ id, title: parts.access.titleOf(id), held: held.includes(id) }))
      : [],
  };
};

import { randomInt } from 'node:crypto';
import type { Subject } from '#kernel/access/access.ts';
import { passes } from '#kernel/access/predicate.ts';
import type { Problem } from '#kernel/contract/failure.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { hashPassword, nobodysPassword } from '#kernel/crypto/password.ts';
import type { Tx } from '#kernel/db/database.ts';
import { type AnyDraft, faultsOf, readChanges } from '#kernel/fields/field.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { usualRules } from '../../account/model/sign-in-rules.ts';
import { halvesOf, initialPassword } from '../model/initial-password.ts';
import { type PersonValues, personFields, type SealedField, sealedFields } from '../model/person.fields.ts';
import { endOfDay } from '../model/person-status.ts';
import { nameEnding } from '../model/user-name.ts';
import { listOrganisations, type PersonOrganisation } from './organisation.store.ts';
import type { PersonParts } from './person.parts.ts';
import { type PersonDetails, writeDetails } from './person.store.ts';
import { grantedByPlatform, personRows } from './person-access.ts';
import { indexOf, sealValue } from './person-seal.ts';

/** Where somebody may enter people, and how they are named there. */
export interface EntryPlace {
  readonly organisations: readonly (PersonOrganisation & { readonly ending: string })[];
  readonly platform: boolean;
  /** Names are given with the organisation's ending only: the asker may not list everybody. */
  readonly ownNames: boolean;
}

/** The places one may enter people at by a permission. */
export const entryPlace = async (
  { db, access }: Pick<PersonParts, 'access'> & { readonly db: PersonParts['db'] | Tx },
  subject: Subject,
  permission: string,
): Promise<EntryPlace> => {
  const rows = personRows(access, subject, permission);
  const fits = (organisation: string | null, district: string | null): boolean =>
    passes(rows, { id: '', organisation, district, owner: subject.id });
  const all = await listOrganisations(db);
  return {
    organisations: all
      .filter(({ id, districtCode }) => fits(id, districtCode))
      .map((one) => ({ ...one, ending: nameEnding(one.creditCode) })),
    platform: fits(null, null),
    ownNames: !grantedByPlatform(access, subject, 'governance.person:read'),
  };
};

/** A password to begin with: what whoever sets it is shown, what is stored, and what waits for another to agree. */
export interface FreshPassword {
  /** The whole of it, or the first half where another must agree. */
  readonly shown: string;
  /** What is stored of the account now: of a password that waits, a hash nobody's password has. */
  readonly storedNow: string;
  /** Null where one person alone may set it. */
  readonly waiting: { readonly hash: string; readonly second: string } | null;
}

/** A fresh password for an account of that name; `two`: it is to serve only when another has agreed. `rounds` as in {@link hashPassword}. */
export const freshPassword = async (userName: string, two: boolean, rounds?: number): Promise<FreshPassword> => {
  const password = initialPassword(usualRules.password, userName, (limit) => randomInt(limit));
  // Half of a password that waits is known to somebody: what is left must be slow to try.
  const hash = await hashPassword(password, two ? undefined : rounds);
  if (!two) return { shown: password, storedNow: hash, waiting: null };
  const { first, second } = halvesOf(password);
  return {
    shown: first,
    storedNow: await nobodysPassword(),
    waiting: { hash, second },
  };
};

/** What was typed for a new person, checked; every fault at once. */
export const readValues = (
  typed: AnyDraft,
  now: Date,
): { readonly values: PersonValues; readonly problems: readonly Problem[] } => {
  const { values, faults } = readChanges(personFields, typed);
  const missing = faultsOf(personFields, values).filter(({ field }) => !faults.some((one) => one.field === field));
  const past =
    typeof values.validUntil === 'string' && values.validUntil < shanghaiDay(now)
      ? [{ field: 'validUntil', message: '有效期不能早于今天' }]
      : [];
  const text = (name: keyof typeof personFields): string | null => {
    const value = values[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    values: {
      name: text('name') ?? '',
      identityNo: text('identityNo'),
      phone: text('phone'),
      email: text('email'),
      post: text('post'),
      districtCode: text('districtCode'),
      validUntil: text('validUntil'),
    },
    problems: [...faults, ...missing, ...past].map(({ field, message }) => ({ path: field, message })),
  };
};

/** The columns of sealed values that are written, with the indexes they are found by. */
export const sealedColumns = async (
  crypto: Crypto,
  id: string,
  values: Readonly<Partial<Record<SealedField, string | null>>>,
): Promise<PersonDetails> => {
  const sealed = async (field: SealedField): Promise<string | null> => {
    const value = values[field] ?? null;
    return value === null ? null : sealValue(crypto, id, field, value);
  };
  const index = async (field: 'identityNo' | 'phone'): Promise<string | null> => {
    const value = values[field] ?? null;
    return value === null ? null : indexOf(crypto, field, value);
  };
  const written = (field: SealedField): boolean => Object.hasOwn(values, field);
  return {
    ...(written('identityNo')
      ? { identity_sealed: await sealed('identityNo'), identity_no_index: await index('identityNo') }
      : {}),
    ...(written('phone') ? { phone_sealed: await sealed('phone'), phone_index: await index('phone') } : {}),
    ...(written('email') ? { email_sealed: await sealed('email') } : {}),
  };
};

/** A person to be entered. */
export interface NewPerson {
  readonly id: string;
  readonly userName: string;
  readonly organisation: PersonOrganisation | null;
  readonly values: PersonValues;
  readonly passwordHash: string;
  /** One administrator alone knows the password it is opened with. */
  readonly setAlone: boolean;
}

/**
 * Opens an account with its details; false when the user name is taken. The government's sign-on is led to nobody by a number that one person typed: to people of
 * the platform when another has agreed to their first password, to an enterprise's never.
 */
export const openPerson = async (
  { crypto, accounts, access }: Pick<PersonParts, 'crypto' | 'accounts' | 'access'>,
  tx: Tx,
  person: NewPerson,
  by: Subject,
  now: Date,
): Promise<boolean> => {
  const { id, userName, organisation, values, passwordHash, setAlone } = person;
  const organisationId = organisation?.id ?? null;
  const account = {
    id,
    userName,
    name: values.name,
    organisationId,
    passwordHash,
    mustChange: true,
    setAlone,
    at: now,
  };
  if (!(await accounts.add(tx, account))) return false;
  const details = await sealedColumns(
    crypto,
    id,
    Object.fromEntries(sealedFields.map((field) => [field, values[field]])),
  );
  const district = values.districtCode ?? organisation?.districtCode ?? null;
  await writeDetails(tx, id, { ...details, post: values.post, district_code: district, opened_by: by.id }, false);
  if (values.validUntil !== null) {
    const until = endOfDay(values.validUntil);
    await accounts.setValidUntil(tx, id, until);
    if (grantedByPlatform(access, by, 'governance.person:create'))
      await writeDetails(tx, id, { validity_limit: until }, false);
  }
  return true;
};

/** Applies for the first password of somebody just opened. */
export const applyForFirst = async (
  { credentials }: Pick<PersonParts, 'credentials'>,
  tx: Tx,
  person: Pick<NewPerson, 'id' | 'userName' | 'organisation'> & { readonly name: string },
  password: NonNullable<FreshPassword['waiting']>,
  context: Pick<CallContext, 'subject' | 'ip' | 'now' | 'traceId'>,
): Promise<void> => {
  const { id, userName, name, organisation } = person;
  const asked = { kind: 'first-password', reason: '新增用户', password } as const;
  const about = { id, userName, name, organisationName: organisation?.name ?? null };
  if (!(await credentials.propose(tx, { ...asked, person: about }, context)))
    throw new Error('nothing waits for an account that was opened just now');
};

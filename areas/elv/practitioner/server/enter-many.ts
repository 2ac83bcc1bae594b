import type { CallContext } from '#kernel/contract/mount.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { Organisation } from '#practices/registry/server/organisations.ts';
import type { GoodPractitioner } from '../model/import-rows.ts';
import { certificateRow } from './certificate.handlers.ts';
import { addCertificates } from './certificate.store.ts';
import { rowOf } from './enter-practitioner.ts';
import { addIdentities, addPosts, addPractitioners, findIdentities, workingAmong } from './practitioner.store.ts';
import type { PractitionerDesk } from './practitioner-desk.ts';
import { numberIndex, numberIndexes, sealNumber } from './practitioner-seal.ts';

const atOnce = 500;

/** Whose these numbers are, as far as they are known, by number; some hundreds in one statement. */
export const knownPeople = async (
  db: Db | Tx,
  crypto: Crypto,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const known = new Map<string, string>();
  for (let from = 0; from < numbers.length; from += atOnce) {
    const part = numbers.slice(from, from + atOnce);
    const indexes = await Promise.all(part.map((number) => numberIndexes(crypto, number)));
    const found = await findIdentities(db, indexes.flat());
    part.forEach((number, place) => {
      const id = indexes[place]?.map((index) => found.get(index)).find((one) => one !== undefined);
      if (id !== undefined) known.set(number, id);
    });
  }
  return known;
};

/** Which of these people are at work at the enterprise, some hundreds in one statement. */
export const workingOf = async (
  db: Db | Tx,
  organisationId: string,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> => {
  const working = new Set<string>();
  for (let from = 0; from < personIds.length; from += atOnce)
    for (const id of await workingAmong(db, organisationId, personIds.slice(from, from + atOnce))) working.add(id);
  return working;
};

const peopleOf = async (
  tx: Tx,
  crypto: Crypto,
  rows: readonly GoodPractitioner[],
  now: Date,
): Promise<ReadonlyMap<string, string>> => {
  const numbers = rows.map(({ values }) => values.identityNo);
  const known = await knownPeople(tx, crypto, numbers);
  const fresh = numbers.filter((number) => !known.has(number));
  const made = await Promise.all(
    fresh.map(async (number) => {
      const id = uuidv7(now);
      return {
        id,
        number_index: await numberIndex(crypto, number),
        number_sealed: await sealNumber(crypto, id, number),
      };
    }),
  );
  if (made.length > 0) await addIdentities(tx, made);
  // Somebody else may have been faster with one of them: what stands in the database is whose number it is.
  return knownPeople(tx, crypto, numbers);
};

/** Enters the people of an import at an enterprise, all of them or none: false where one of them is at work there already. */
export const enterMany = async (
  { crypto }: PractitionerDesk,
  tx: Tx,
  rows: readonly GoodPractitioner[],
  organisation: Organisation,
  { subject, now }: CallContext,
): Promise<boolean> => {
  const people = await peopleOf(tx, crypto, rows, now);
  const by = { by: subject.id, at: now };
  const made = await Promise.all(
    rows.map(async ({ values, certificate }) => {
      const personId = people.get(values.identityNo) ?? '';
      return { row: await rowOf({ crypto }, { personId, values, organisation, ...by }), certificate };
    }),
  );
  if (
    (await addPractitioners(
      tx,
      made.map(({ row }) => row),
    )) < rows.length
  )
    return false;
  await addPosts(
    tx,
    made.map(({ row }) => ({
      id: uuidv7(now),
      practitioner_id: row.id,
      post: row.post,
      from_on: row.since,
      until_on: null,
      until_noted_at: null,
      entered_at: now,
    })),
  );
  const certificates = await Promise.all(
    made.flatMap(({ row, certificate }) =>
      certificate
        ? [certificateRow({ crypto }, { practitionerId: row.id, key: 'import', values: certificate, ...by })]
        : [],
    ),
  );
  if (certificates.length > 0) await addCertificates(tx, certificates);
  return true;
};

import type { Subject } from '#kernel/access/access.ts';
import type { StoredAccess } from '#kernel/access/stored-access.ts';
import { type Offering, offering } from '#kernel/area/offer.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db } from '#kernel/db/database.ts';
import { peopleOffer } from '#practices/notice/server/people.offer.ts';
import type { Reached } from '#practices/notice/server/recipients.ts';
import { sealPlace } from './person-seal.ts';
import { reachAmong, type Serving, servingAmong, servingOfOrganisation } from './recipient.store.ts';

/** People as other areas ask for them: whose account serves, with the roles held now. Source: tender R42, R44. */
export const peopleOffered = (db: Db, access: Pick<StoredAccess, 'rolesOf'>): Offering => {
  const withRoles = (one: Serving): Subject => ({ ...one, roles: access.rolesOf(one.id) });
  return offering(peopleOffer, {
    ofOrganisation: async ({ organisationId, at, most }, on = db) =>
      (await servingOfOrganisation(on, organisationId, new Date(at), most)).map(withRoles),
    ofIds: async ({ ids, at, most }, on = db) => (await servingAmong(on, ids, new Date(at), most)).map(withRoles),
  });
};

/** Where people are reached, and what they are called. Source: tender R42. */
export const reachedPeople = (crypto: Crypto): Reached => {
  const opened = async (id: string, field: 'phone' | 'email', sealed: string | null): Promise<string | null> =>
    sealed === null
      ? null
      : Buffer.from(await crypto.open('personal-data', sealed, sealPlace(id, field))).toString('utf8');
  return {
    addresses: async (db, ids) => {
      const found = await reachAmong(db, ids);
      const reached = found.map(
        async ({ id, phone, email }) =>
          [id, { phone: await opened(id, 'phone', phone), email: await opened(id, 'email', email) }] as const,
      );
      return new Map(await Promise.all(reached));
    },
    names: async (db, ids) =>
      new Map(
        (await reachAmong(db, ids)).map(({ id, name, organisationName }) => [id, { name, organisationName }] as const),
      ),
  };
};

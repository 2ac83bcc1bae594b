import { lineage, type Subject } from '#kernel/access/access.ts';
import type { AccessList } from '#kernel/access/access-list.ts';
import type { StoredAccess } from '#kernel/access/stored-access.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Recipients } from '#practices/notice/server/recipients.ts';
import { sealPlace } from './person-seal.ts';
import { reachAmong, type Serving, servingAmong, servingOfOrganisation } from './recipient.store.ts';

/** Everybody who holds a permission by a role, or was allowed it specially. */
const holdersOf = ({ roles, holdings, special }: AccessList, permission: string): readonly string[] => {
  const byId = new Map(roles.map((role) => [role.id, role]));
  const giving = new Set(
    roles
      .filter(({ id }) => lineage(byId, id).some(({ grants }) => grants.some((one) => one.permission === permission)))
      .map(({ id }) => id),
  );
  const allowed = special.filter((one) => one.permission === permission && one.effect === 'allow');
  return [
    ...new Set([
      ...holdings.filter(({ roleId }) => giving.has(roleId)).map(({ subjectId }) => subjectId),
      ...allowed.map(({ subjectId }) => subjectId),
    ]),
  ];
};

/** People as notices find them: whose account serves, with the roles held now. Source: tender R42, R44. */
export const noticeRecipients = (access: Pick<StoredAccess, 'list' | 'rolesOf'>, crypto: Crypto): Recipients => {
  const opened = async (id: string, field: 'phone' | 'email', sealed: string | null): Promise<string | null> =>
    sealed === null
      ? null
      : Buffer.from(await crypto.open('personal-data', sealed, sealPlace(id, field))).toString('utf8');
  const withRoles = (one: Serving): Subject => ({ ...one, roles: access.rolesOf(one.id) });
  return {
    ofOrganisation: async (db, organisationId, at, most) =>
      (await servingOfOrganisation(db, organisationId, at, most)).map(withRoles),
    ofIds: async (db, ids, at, most) => (await servingAmong(db, ids, at, most)).map(withRoles),
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
    holders: (permission) => holdersOf(access.list(), permission),
  };
};

import { canonical } from '#kernel/audit/canonical.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { SpecialGrant } from './access.ts';
import type { AccessList, Holding, ListedRole } from './access-list.ts';

type Tables = {
  'kernel.access_role': { id: string; definition: string };
  'kernel.access_holding': { subject_id: string; role_id: string; mac: string };
  'kernel.access_special': {
    id: string;
    subject_id: string;
    permission: string;
    target_id: string;
    effect: string;
    valid_from: Date;
    valid_until: Date;
    reason: string;
    approved_by: string;
  };
};

/** A row that nothing of ours has written. */
export class RowForged extends Error {}

const roleOf = (definition: string): ListedRole => {
  try {
    const role: unknown = JSON.parse(definition);
    // Written by `change` from this shape; whatever else looks like it breaks the seal.
    if (typeof role === 'object' && role !== null && 'id' in role && 'grants' in role) return role as ListedRole;
  } catch {
    // Not even JSON: the same verdict.
  }
  throw new RowForged('a role that is no role');
};

/** The rows of the list as they stand. Errors: throws {@link RowForged}. */
export const readRows = async (db: Db | Tx): Promise<Omit<AccessList, 'version'>> => {
  const tables = db.withTables<Tables>();
  const roles = await tables.selectFrom('kernel.access_role').selectAll().execute();
  const holdings = await tables.selectFrom('kernel.access_holding').selectAll().execute();
  const special = await tables.selectFrom('kernel.access_special').selectAll().execute();
  return {
    roles: roles.map(({ definition }) => roleOf(definition)),
    holdings: holdings.map(({ subject_id, role_id }) => ({ subjectId: subject_id, roleId: role_id })),
    special: special.map(
      (row): SpecialGrant => ({
        id: row.id,
        subjectId: row.subject_id,
        permission: row.permission,
        targetId: row.target_id,
        effect: row.effect as SpecialGrant['effect'],
        from: row.valid_from,
        until: row.valid_until,
        reason: row.reason,
        approvedBy: row.approved_by,
      }),
    ),
  };
};

/** A holding in one text: what its mark is made over. */
export const keyOfHolding = ({ subjectId, roleId }: Holding): string => `${subjectId} ${roleId}`;

/** Writes what differs of the roles. */
export const writeRoles = async (tx: Tx, before: AccessList, after: AccessList): Promise<void> => {
  const tables = tx.withTables<Tables>();
  const old = new Map(before.roles.map((role) => [role.id, canonical(role)]));
  for (const role of after.roles) {
    const definition = canonical(role);
    const was = old.get(role.id);
    old.delete(role.id);
    if (was === undefined) await tables.insertInto('kernel.access_role').values({ id: role.id, definition }).execute();
    else if (was !== definition)
      await tables.updateTable('kernel.access_role').set({ definition }).where('id', '=', role.id).execute();
  }
  if (old.size > 0)
    await tables
      .deleteFrom('kernel.access_role')
      .where('id', 'in', [...old.keys()])
      .execute();
};

/** Writes what differs of the special grants. */
export const writeSpecial = async (tx: Tx, before: AccessList, after: AccessList): Promise<void> => {
  const tables = tx.withTables<Tables>();
  const old = new Map(before.special.map((one) => [one.id, canonical(one)]));
  for (const one of after.special) {
    const same = old.get(one.id) === canonical(one);
    old.delete(one.id);
    if (same) continue;
    await tables.deleteFrom('kernel.access_special').where('id', '=', one.id).execute();
    await tables
      .insertInto('kernel.access_special')
      .values({
        id: one.id,
        subject_id: one.subjectId,
        permission: one.permission,
        target_id: one.targetId,
        effect: one.effect,
        valid_from: one.from,
        valid_until: one.until,
        reason: one.reason,
        approved_by: one.approvedBy,
      })
      .execute();
  }
  if (old.size > 0)
    await tables
      .deleteFrom('kernel.access_special')
      .where('id', 'in', [...old.keys()])
      .execute();
};

const markOf = (crypto: Crypto, holding: Holding): Promise<string> =>
  crypto.hmac('access-holding', keyOfHolding(holding));

/** Writes what differs of the holdings, each new one with our mark. */
export const writeHoldings = async (tx: Tx, crypto: Crypto, before: AccessList, after: AccessList): Promise<void> => {
  const tables = tx.withTables<Tables>();
  const kept = new Set(after.holdings.map(keyOfHolding));
  const there = new Set(before.holdings.map(keyOfHolding));
  for (const one of before.holdings.filter((each) => !kept.has(keyOfHolding(each)))) {
    await tables
      .deleteFrom('kernel.access_holding')
      .where('subject_id', '=', one.subjectId)
      .where('role_id', '=', one.roleId)
      .execute();
  }
  const added = after.holdings.filter((each) => !there.has(keyOfHolding(each)));
  for (const one of added) {
    await tables
      .insertInto('kernel.access_holding')
      .values({ subject_id: one.subjectId, role_id: one.roleId, mac: await markOf(crypto, one) })
      .execute();
  }
};

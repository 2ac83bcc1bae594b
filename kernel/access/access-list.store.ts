import { canonical } from '#kernel/audit/canonical.ts';
import { appendFact, lastFactOf } from '#kernel/audit/trail.store.ts';
import { type Crypto, SealBroken } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import type { SpecialGrant } from './access.ts';
import {
  type AccessList,
  emptyList,
  type Holding,
  inOrder,
  type ListedRole,
  listDigest,
  listText,
} from './access-list.ts';

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
  'kernel.access_head': { id: string; version: number };
  'kernel.access_seal': {
    version: number;
    list: string;
    digest: string;
    public_key: string;
    signature: string;
    sealed_at: Date;
    sealed_by: string;
  };
};

/** The name the list is signed under, and the chain its changes are told in. */
const service = 'service:access-list';
const chain = { type: 'kernel.access-list', id: 'list' } as const;

/** How the list was found. What is not intact is named, so that whoever restores it knows where to look. */
export type ListReport =
  | { readonly intact: true; readonly list: AccessList; readonly sealedAt: Date | null }
  | {
      readonly intact: false;
      /** `altered`: rows differ from what was sealed; `bad-seal`: the signature is wrong or not ours; `no-seal`: the seal is gone; `replayed`: an older list was put back. */
      readonly what: 'altered' | 'bad-seal' | 'no-seal' | 'replayed';
      readonly version: number;
    };

/** Who changes the list, and what for. */
export interface ListChange {
  readonly by: {
    readonly id: string;
    readonly name: string;
    readonly organisationId: string | null;
    readonly ip: string;
  };
  /** The change in a few open facts, for the log. */
  readonly what: Readonly<Record<string, unknown>>;
  readonly at: Date;
  readonly traceId: string;
}

/** The list is not what was sealed: nothing may be changed until it is restored. */
export class ListBroken extends Error {}

/** What the store works with. */
export interface AccessListParts {
  readonly crypto: Crypto;
  readonly signer: PersonalSigner;
}

/** The stored list. */
export interface AccessListStore {
  /** Reads the whole list and judges it against its seal. */
  verify(db: Db | Tx): Promise<ListReport>;
  /** The version that stands; cheap, to notice changes by other processes. */
  versionOf(db: Db): Promise<number>;
  /**
   * Changes the list in the caller's transaction, one change after another, and seals the outcome; the same value back changes nothing.
   * Errors: throws {@link ListBroken} when the list does not fit its seal.
   */
  change(tx: Tx, change: ListChange, next: (list: AccessList) => AccessList): Promise<AccessList>;
  /** Those who hold one of the roles by a row that carries our own mark; all that can be trusted of a broken list. */
  markedHolders(db: Db, roleIds: readonly string[]): Promise<readonly Holding[]>;
}

/** A row that nothing of ours has written. */
class RowForged extends Error {}

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

const readRows = async (db: Db | Tx): Promise<Omit<AccessList, 'version'>> => {
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

const keyOfHolding = ({ subjectId, roleId }: Holding): string => `${subjectId} ${roleId}`;

const writeRoles = async (tx: Tx, before: AccessList, after: AccessList): Promise<void> => {
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

const writeSpecial = async (tx: Tx, before: AccessList, after: AccessList): Promise<void> => {
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

const writeHoldings = async (tx: Tx, crypto: Crypto, before: AccessList, after: AccessList): Promise<void> => {
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

/** The stored list over the database. Source: tender R55 (3), T5.5. */
export const accessListStore = ({ crypto, signer }: AccessListParts): AccessListStore => {
  const versionOf = async (db: Db | Tx): Promise<number> =>
    (await db.withTables<Tables>().selectFrom('kernel.access_head').select('version').executeTakeFirstOrThrow())
      .version;

  /** A damaged signing key opens nothing, so nothing it has signed is ours. */
  const isOurs = async (db: Db | Tx, publicKey: string): Promise<boolean> => {
    try {
      return await signer.isOwn(db, service, publicKey);
    } catch (error) {
      if (error instanceof SealBroken) return false;
      throw error;
    }
  };

  const judge = async (db: Db | Tx, version: number): Promise<ListReport> => {
    const last = await lastFactOf(db, chain);
    // Whoever puts an older list back with its own good seal has the log against them.
    const told = Number(last?.detail.version ?? 0);
    const seal = await db
      .withTables<Tables>()
      .selectFrom('kernel.access_seal')
      .selectAll()
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!seal) {
      const rows = await readRows(db);
      const empty = version === 0 && told === 0 && listText({ version, ...rows }) === listText(emptyList);
      return empty ? { intact: true, list: emptyList, sealedAt: null } : { intact: false, what: 'no-seal', version };
    }
    if (seal.version !== told) return { intact: false, what: told > seal.version ? 'replayed' : 'bad-seal', version };
    const genuine =
      (await isOurs(db, seal.public_key)) &&
      (await crypto.verify(seal.public_key, Buffer.from(seal.digest, 'utf8'), seal.signature));
    if (!genuine || last?.detail.digest !== seal.digest) return { intact: false, what: 'bad-seal', version };
    const list: AccessList = { version, ...(await readRows(db)) };
    if (version !== seal.version || listDigest(list) !== seal.digest)
      return { intact: false, what: 'altered', version };
    return { intact: true, list: inOrder(list), sealedAt: seal.sealed_at };
  };

  const verify = async (db: Db | Tx): Promise<ListReport> => {
    const version = await versionOf(db);
    try {
      return await judge(db, version);
    } catch (error) {
      // Whatever was written by hand must shut the doors, never stop the program.
      if (error instanceof RowForged) return { intact: false, what: 'altered', version };
      throw error;
    }
  };

  return {
    verify,
    versionOf,
    change: async (tx, { by, what, at, traceId }, next) => {
      const tables = tx.withTables<Tables>();
      await tables.selectFrom('kernel.access_head').select('version').forUpdate().executeTakeFirstOrThrow();
      const report = await verify(tx);
      if (!report.intact) throw new ListBroken(`the access list is ${report.what}`);
      const before = report.list;
      const wanted = next(before);
      if (wanted === before) return before;
      const after = inOrder({ ...wanted, version: before.version + 1 });
      await writeRoles(tx, before, after);
      await writeHoldings(tx, crypto, before, after);
      await writeSpecial(tx, before, after);
      await tables.updateTable('kernel.access_head').set({ version: after.version }).execute();
      const digest = listDigest(after);
      const { publicKey, signature } = await signer.sign(tx, service, digest);
      await tables
        .insertInto('kernel.access_seal')
        .values({
          version: after.version,
          list: listText(after),
          digest,
          public_key: publicKey,
          signature,
          sealed_at: at,
          sealed_by: by.id,
        })
        .execute();
      await appendFact(tx, {
        at,
        kind: 'security',
        action: 'kernel.access-list.change',
        actor: by,
        object: chain,
        outcome: 'done',
        detail: { ...what, version: after.version, digest },
        traceId,
      });
      return after;
    },
    markedHolders: async (db, roleIds) => {
      if (roleIds.length === 0) return [];
      const rows = await db
        .withTables<Tables>()
        .selectFrom('kernel.access_holding')
        .selectAll()
        .where('role_id', 'in', [...roleIds])
        .execute();
      const judged = await Promise.all(
        rows.map(async ({ subject_id, role_id, mac }) => {
          const holding = { subjectId: subject_id, roleId: role_id };
          return (await crypto.hmacs('access-holding', keyOfHolding(holding))).includes(mac) ? [holding] : [];
        }),
      );
      return judged.flat();
    },
  };
};

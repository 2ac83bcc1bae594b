import { appendFact, lastFactOf } from '#kernel/audit/trail.store.ts';
import { type Crypto, SealBroken } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import { type AccessList, emptyList, type Holding, inOrder, listDigest, listText } from './access-list.ts';
import { keyOfHolding, RowForged, readRows, writeHoldings, writeRoles, writeSpecial } from './access-rows.store.ts';

type Tables = {
  'kernel.access_holding': { subject_id: string; role_id: string; mac: string };
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

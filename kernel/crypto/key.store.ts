import { createSecretKey, randomBytes } from 'node:crypto';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { indexPurpose, type KeyKeeper, type KeyState, keyPurposes, type RenewedPurpose } from './crypto.ts';
import { derive, firstKey, type KeyRing, type RingKey } from './key-ring.ts';
import { keyIdOf, openText, type PurposeKeys, sealMark, sealText } from './sealed-text.ts';

interface KeyTable {
  purpose: RenewedPurpose;
  id: string;
  version: number;
  state: KeyState['state'];
  /** Null: the first key, derived from the master key itself. */
  sealed_root: string | null;
  /** What it was made for: a rotation, or `first`. */
  cause: string;
  created_at: Date;
  superseded_at: Date | null;
  retired_at: Date | null;
}

type Tables = { 'kernel.data_key': KeyTable };

/** The data in the database were sealed under another master key than the one given. The message is for the operator. */
export class MasterKeyWrong extends Error {
  constructor() {
    super('主密钥与数据库中的数据不相符：数据是用另一把主密钥加密的，请换回原来的主密钥文件');
  }
}

const purposes: readonly RenewedPurpose[] = [...keyPurposes, indexPurpose];

/** How long a ring is served from memory before the database is asked again, in ms. */
const freshMs = 5_000;

const rows = (db: Db | Tx) => db.withTables<Tables>().selectFrom('kernel.data_key').selectAll();

const masterKeysOf = (master: Buffer): { readonly id: string; readonly keys: PurposeKeys } => ({
  // Not the id of the first keys: what is sealed under this one is never sealed anew.
  id: derive(master, 'data-key-id').subarray(0, 4).toString('hex'),
  keys: {
    cipher: createSecretKey(derive(master, 'cipher:data-key').subarray(0, 16)),
    mac: createSecretKey(derive(master, 'mac:data-key')),
  },
});

const placeOf = ({ purpose, id, version }: Pick<KeyTable, 'purpose' | 'id' | 'version'>): string =>
  `kernel.data_key:${purpose}:${id}:${version}`;

const openRoot = (master: Buffer, row: KeyTable): Buffer => {
  if (row.sealed_root === null) return master;
  const { id, keys } = masterKeysOf(master);
  return Buffer.from(openText(keys, { keyId: id, purpose: 'data-key', place: placeOf(row) }, row.sealed_root));
};

const ensureFirstKeys = async (db: Db, master: Buffer, now: Date): Promise<void> => {
  const { id, version } = firstKey(master);
  for (const purpose of purposes) {
    await insertIfAbsent(db, 'kernel.data_key', {
      purpose,
      id,
      version,
      state: 'current',
      sealed_root: null,
      cause: 'first',
      created_at: now,
      superseded_at: null,
      retired_at: null,
    });
  }
};

/** Whether data keys were ever made in this database. */
export const hasStoredKeys = async (db: Db): Promise<boolean> => (await rows(db).limit(1).execute()).length > 0;

/** A ring over the database and the keeper of its keys. */
export interface StoredKeys {
  readonly ring: KeyRing;
  readonly keeper: KeyKeeper;
}

const addVersions = async (tx: Tx, master: Buffer, cause: string, now: Date): Promise<void> => {
  const { id: masterId, keys } = masterKeysOf(master);
  const standing = await rows(tx).forUpdate().execute();
  for (const purpose of purposes) {
    const current = standing.find((row) => row.purpose === purpose && row.state === 'current');
    if (current?.cause === cause) continue;
    const id = randomBytes(4).toString('hex');
    const made = { purpose, id, version: (current?.version ?? 0) + 1 };
    await tx
      .withTables<Tables>()
      .updateTable('kernel.data_key')
      .set({ state: 'superseded', superseded_at: now })
      .where('purpose', '=', purpose)
      .where('state', '=', 'current')
      .execute();
    const sealed = sealText(keys, { keyId: masterId, purpose: 'data-key', place: placeOf(made) }, randomBytes(32));
    await tx
      .withTables<Tables>()
      .insertInto('kernel.data_key')
      .values({
        ...made,
        state: 'current',
        sealed_root: sealed,
        cause,
        created_at: now,
        superseded_at: null,
        retired_at: null,
      })
      .execute();
  }
};

interface Snapshot {
  readonly at: number;
  readonly rows: readonly KeyTable[];
  readonly byPurpose: ReadonlyMap<RenewedPurpose, readonly RingKey[]>;
}

const snapshotOf = (master: Buffer, found: readonly KeyTable[], at: number): Snapshot => ({
  at,
  rows: found,
  byPurpose: new Map(
    purposes.map((purpose) => [
      purpose,
      found
        .filter((row) => row.purpose === purpose)
        .sort((one, other) => other.version - one.version)
        .map((row) => ({ id: row.id, version: row.version, state: row.state, root: openRoot(master, row) })),
    ]),
  ),
});

/**
 * Data keys that lie in the database, sealed under the master key. They are read once and then every few seconds beside the work, never within it: asking
 * for a connection while holding one could starve the pool. A key id never seen before is looked up at once. Errors: what reads throws
 * {@link MasterKeyWrong} when the master key is not the one the keys were sealed under.
 */
export const storedKeys = (db: Db, masterKey: Buffer, clock: Clock): StoredKeys => {
  let kept: Snapshot | undefined;
  let reading: Promise<Snapshot> | undefined;
  const readNow = async (): Promise<Snapshot> => {
    const now = clock.now();
    let found = await rows(db).execute();
    if (!purposes.every((purpose) => found.some((row) => row.purpose === purpose))) {
      await ensureFirstKeys(db, masterKey, now);
      found = await rows(db).execute();
    }
    if (found.some(({ version, id }) => version === 1 && id !== firstKey(masterKey).id)) throw new MasterKeyWrong();
    kept = snapshotOf(masterKey, found, now.getTime());
    return kept;
  };
  const read = (): Promise<Snapshot> => {
    reading ??= readNow().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const snapshot = async (): Promise<Snapshot> => {
    if (!kept) return read();
    // A failure is met by whoever next needs what is not in memory.
    if (clock.now().getTime() - kept.at > freshMs) read().catch(() => undefined);
    return kept;
  };
  const of = async (purpose: RenewedPurpose): Promise<readonly RingKey[]> =>
    (await snapshot()).byPurpose.get(purpose) ?? [];
  const ring: KeyRing = {
    current: async (purpose) => {
      const key = (await of(purpose)).find(({ state }) => state === 'current');
      if (!key) throw new Error(`no current key for ${purpose}`);
      return key;
    },
    find: async (purpose, id) => {
      const known = (await of(purpose)).find((key) => key.id === id);
      return known ?? (await read()).byPurpose.get(purpose)?.find((key) => key.id === id);
    },
    readable: async (purpose) => (await of(purpose)).filter(({ state }) => state !== 'retired'),
  };
  return { ring, keeper: keeperOver({ db, masterKey, clock, ring, read }) };
};

const keeperOver = (parts: {
  readonly db: Db;
  readonly masterKey: Buffer;
  readonly clock: Clock;
  readonly ring: KeyRing;
  read(): Promise<Snapshot>;
}): KeyKeeper => {
  const { db, masterKey, clock, ring, read } = parts;
  return {
    list: async () =>
      (await read()).rows.map(({ purpose, id, version, state, created_at, superseded_at, retired_at }) => ({
        purpose,
        id,
        version,
        state,
        createdAt: created_at,
        supersededAt: superseded_at,
        retiredAt: retired_at,
      })),
    renew: async (cause) => {
      await read();
      await inTransaction(db, (tx) => addVersions(tx, masterKey, cause, clock.now()));
      await read();
    },
    retire: async () => {
      await db
        .withTables<Tables>()
        .updateTable('kernel.data_key')
        .set({ state: 'retired', retired_at: clock.now() })
        .where('state', '=', 'superseded')
        .execute();
      await read();
    },
    close: async () => {
      await read();
      await db
        .withTables<Tables>()
        .updateTable('kernel.data_key')
        .set({ state: 'superseded', superseded_at: clock.now() })
        .where('state', '=', 'current')
        .execute();
      await read();
    },
    isCurrent: async (purpose, sealed) => keyIdOf(sealed) === (await ring.current(purpose)).id,
    supersededMarks: async () => [
      ...new Set((await read()).rows.flatMap(({ id, state }) => (state === 'superseded' ? [sealMark(id)] : []))),
    ],
  };
};

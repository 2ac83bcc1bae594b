import { randomBytes } from 'node:crypto';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { indexPurpose, type KeyKeeper, keyPurposes, type RenewedPurpose } from './crypto.ts';
import {
  type DataKeyRow,
  holdKeys,
  keyTables,
  listDataKeys,
  MasterKeyWrong,
  masterIdOf,
  masterOf,
  openRoot,
  sealRoot,
} from './data-key.store.ts';
import { firstKey, type KeyRing, type RingKey } from './key-ring.ts';
import { fixedMasterKey, type MasterKeys } from './master-key.ts';
import { masterSince } from './master-renewal.store.ts';
import { keyIdOf, sealMark } from './sealed-text.ts';

const purposes: readonly RenewedPurpose[] = [...keyPurposes, indexPurpose];

/** How long a ring is served from memory before the database is asked again, in ms. */
const freshMs = 5_000;

const ensureFirstKeys = async (db: Db, master: Buffer, now: Date): Promise<void> => {
  const ensure = async (tx: Tx): Promise<void> => {
    await holdKeys(tx);
    const { id, version } = firstKey(master);
    const there = new Set((await listDataKeys(tx)).map(({ purpose }) => purpose));
    for (const purpose of purposes.filter((one) => !there.has(one))) {
      await insertIfAbsent(tx, 'kernel.data_key', {
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
  // A database that is being restored is one transaction to its end.
  await (db.isTransaction ? ensure(db as Tx) : inTransaction(db, ensure));
};

/** Whether data keys were ever made in this database. */
export const hasStoredKeys = async (db: Db): Promise<boolean> => (await listDataKeys(db)).length > 0;

/** A ring over the database and the keeper of its keys. */
export interface StoredKeys {
  readonly ring: KeyRing;
  readonly keeper: KeyKeeper;
}

const addVersions = async (tx: Tx, masters: MasterKeys, cause: string, now: Date): Promise<void> => {
  await holdKeys(tx);
  // Looked at only now: while this waited the master key may have been renewed.
  const present = masters.again();
  const standing = await listDataKeys(tx);
  for (const purpose of purposes) {
    const current = standing.find((row) => row.purpose === purpose && row.state === 'current');
    if (current?.cause === cause) continue;
    const newest = current ?? standing.find((row) => row.purpose === purpose);
    if (!newest) throw new Error(`no key for ${purpose} yet`);
    const master = masterOf(present, newest);
    const id = randomBytes(4).toString('hex');
    const made = { purpose, id, version: (current?.version ?? 0) + 1 };
    await keyTables(tx)
      .updateTable('kernel.data_key')
      .set({ state: 'superseded', superseded_at: now })
      .where('purpose', '=', purpose)
      .where('state', '=', 'current')
      .execute();
    await keyTables(tx)
      .insertInto('kernel.data_key')
      .values({
        ...made,
        state: 'current',
        sealed_root: sealRoot(master, made, randomBytes(32)),
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
  readonly rows: readonly DataKeyRow[];
  readonly byPurpose: ReadonlyMap<RenewedPurpose, readonly RingKey[]>;
}

const snapshotOf = (masters: readonly Buffer[], found: readonly DataKeyRow[], at: number): Snapshot => ({
  at,
  rows: found,
  byPurpose: new Map(
    purposes.map((purpose) => [
      purpose,
      found
        .filter((row) => row.purpose === purpose)
        .sort((one, other) => other.version - one.version)
        .map((row) => ({ id: row.id, version: row.version, state: row.state, root: openRoot(masters, row) })),
    ]),
  ),
});

/**
 * Data keys that lie in the database, sealed under the master key. They are read once and then every few seconds beside the work, never within it: asking
 * for a connection while holding one could starve the pool. A key id never seen before is looked up at once. Errors: what reads throws
 * {@link MasterKeyWrong} when the master key is not the one the keys were sealed under.
 */
export const storedKeys = (db: Db, master: Buffer | MasterKeys, clock: Clock): StoredKeys => {
  const masters = Buffer.isBuffer(master) ? fixedMasterKey(master) : master;
  /** The master key may be renewed by another process at any moment: what does not open is tried with what lies in the files now. */
  const opened = (found: readonly DataKeyRow[], at: number): Snapshot => {
    try {
      return snapshotOf(masters.known(), found, at);
    } catch (error) {
      if (!(error instanceof MasterKeyWrong)) throw error;
      return snapshotOf(masters.again(), found, at);
    }
  };
  let kept: Snapshot | undefined;
  let reading: Promise<Snapshot> | undefined;
  const readNow = async (): Promise<Snapshot> => {
    const now = clock.now();
    let found = await listDataKeys(db);
    if (!purposes.every((purpose) => found.some((row) => row.purpose === purpose))) {
      const [present] = masters.known();
      if (!present) throw new MasterKeyWrong();
      // What is there must lie under it already: a key of another master key beside the others would be unreadable one day.
      for (const row of found) masterOf(masters.known(), row);
      await ensureFirstKeys(db, present, now);
      found = await listDataKeys(db);
    }
    kept = opened(found, now.getTime());
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
    if (Math.abs(clock.now().getTime() - kept.at) > freshMs) read().catch(() => undefined);
    return kept;
  };
  const of = async (purpose: RenewedPurpose): Promise<readonly RingKey[]> =>
    (await snapshot()).byPurpose.get(purpose) ?? [];
  const ring: KeyRing = {
    first: async () => {
      const key = (await of(indexPurpose)).find(({ version }) => version === 1);
      if (!key) throw new Error('no first key');
      return key;
    },
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
  return { ring, keeper: keeperOver({ db, masters, clock, ring, read }) };
};

const keeperOver = (parts: {
  readonly db: Db;
  readonly masters: MasterKeys;
  readonly clock: Clock;
  readonly ring: KeyRing;
  read(): Promise<Snapshot>;
}): KeyKeeper => {
  const { db, masters, clock, ring, read } = parts;
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
      await inTransaction(db, (tx) => addVersions(tx, masters, cause, clock.now()));
      await read();
    },
    retire: async () => {
      await keyTables(db)
        .updateTable('kernel.data_key')
        .set({ state: 'retired', retired_at: clock.now() })
        .where('state', '=', 'superseded')
        .execute();
      await read();
    },
    close: async () => {
      await read();
      await keyTables(db)
        .updateTable('kernel.data_key')
        .set({ state: 'superseded', superseded_at: clock.now() })
        .where('state', '=', 'current')
        .execute();
      await read();
    },
    master: async () => {
      const { rows: found } = await read();
      const under = found.map((row) => masterOf(masters.known(), row));
      const [present, ...others] = [...new Set(under)];
      if (!present) throw new MasterKeyWrong();
      return {
        id: masterIdOf(present),
        since: await masterSince(db, present),
        renewing: others.length > 0 || masters.known().length > 1,
        first: found.filter(({ version, state }) => version === 1 && state !== 'retired').length,
      };
    },
    isCurrent: async (purpose, sealed) => keyIdOf(sealed) === (await ring.current(purpose)).id,
    supersededMarks: async () => [
      ...new Set((await read()).rows.flatMap(({ id, state }) => (state === 'superseded' ? [sealMark(id)] : []))),
    ],
  };
};

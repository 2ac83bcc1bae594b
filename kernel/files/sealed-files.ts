import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Crypto, SealBroken } from '#kernel/crypto/crypto.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { awaitFile, takeAwaited } from './awaited-file.store.ts';
import {
  addFileKey,
  dropFileKey,
  filePlace,
  findFileKey,
  listLeftovers,
  listPlainFiles,
  noteLeftoverGone,
  replacePlain,
} from './file-key.store.ts';
import type { FileStore } from './file-store.ts';
import { dataKeyBytes, FileBroken, openPieces, sealedFileMark, sealPieces } from './sealed-pieces.ts';

/** What sealing files works with; `store` is where the sealed bytes lie. */
export interface SealedFilesParts {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly store: FileStore;
  /** Told of a file that was found altered when it was read, before the reader is refused; `what` names nobody. */
  readonly onBroken?: (key: string, what: string) => Promise<void>;
  /** Told of a file whose key stands and whose bytes are gone, before the reader is refused. */
  readonly onMissing?: (key: string) => Promise<void>;
}

/** Whether a file, or the key it lies under, is not what was put there. */
const isBroken = (error: unknown): error is Error => error instanceof FileBroken || error instanceof SealBroken;

/** What is read, with somebody told when it turns out to have been altered half-way. */
const watched = async function* (
  pieces: AsyncIterable<Uint8Array>,
  tell: (error: Error) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    if (isBroken(error)) await tell(error);
    throw error;
  }
};

/** Refuses bytes that are sealed where a plain file should lie: somebody has taken its key away. */
const plainOnly = async function* (stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const bytes of stream) {
    if (first && Buffer.from(bytes).subarray(0, sealedFileMark.length).equals(sealedFileMark))
      throw new FileBroken('a sealed file is called plain');
    first = false;
    yield bytes;
  }
};

/** How long a deletion may take between the bytes and the key. */
const deletingMs = 500;

/** Whether the bytes of a file are gone whose key stands; not of one that is just being deleted, bytes first. */
const isMissing = async ({ db, store }: SealedFilesParts, key: string): Promise<boolean> => {
  if ((await store.exists(key)) || !(await findFileKey(db, key))) return false;
  await sleep(deletingMs);
  return (await findFileKey(db, key)) !== undefined && !(await store.exists(key));
};

/** What a file holds, piece by piece as it is found true. */
const opened = async ({ db, crypto, store }: SealedFilesParts, key: string): Promise<AsyncIterable<Uint8Array>> => {
  const row = await findFileKey(db, key);
  if (!row) throw new FileBroken(`file ${key} has no key`);
  const bytes = await store.get(key);
  if (row.scheme === 'plain') return plainOnly(bytes);
  if (row.scheme !== 'f1' || row.sealedKey === null) throw new FileBroken('a file of an unknown scheme');
  return openPieces(bytes, await crypto.open('file', row.sealedKey, filePlace(key)));
};

const forgetFile = (db: Db, key: string): Promise<unknown> =>
  inTransaction(db, (tx) => Promise.all([dropFileKey(tx, key), takeAwaited(tx, key)]));

/**
 * A file store whose files lie sealed, each under a data key of its own, which lies in the database sealed by the file key: renewing the file key touches no
 * file. Files from before are read as they are. Source: tender R55 (4), T5.6 (storage encryption of unstructured data).
 */
export const sealedFiles = (parts: SealedFilesParts): FileStore => ({
  put: async (key, stream, awaitedSince) => {
    const { db, crypto, store } = parts;
    const dataKey = randomBytes(dataKeyBytes);
    const sealedKey = await crypto.seal('file', dataKey, filePlace(key));
    // The key first: bytes without a key would be lost, a key without bytes is nothing.
    await inTransaction(db, async (tx) => {
      await Promise.all([addFileKey(tx, key, sealedKey), awaitedSince && awaitFile(tx, key, awaitedSince)]);
    });
    try {
      await store.put(key, Readable.from(sealPieces(stream, dataKey)));
    } catch (error) {
      await forgetFile(db, key);
      throw error;
    }
  },
  get: async (key) => {
    const tell = async (error: Error): Promise<void> => {
      await parts.onBroken?.(key, error.message || error.name);
    };
    try {
      return Readable.from(watched(await opened(parts, key), tell), { objectMode: false });
    } catch (error) {
      // A file that was deleted meanwhile has neither key nor bytes, and nobody has altered it.
      if (isBroken(error) && (await parts.store.exists(key))) await tell(error);
      if (await isMissing(parts, key)) await parts.onMissing?.(key);
      throw error;
    }
  },
  delete: async (key) => {
    await parts.store.delete(key);
    await forgetFile(parts.db, key);
  },
  exists: (key) => parts.store.exists(key),
});

const sealOne = async ({ db, crypto, clock, store }: SealedFilesParts, plain: string): Promise<void> => {
  const sealedKey = uuidv7(clock.now());
  const dataKey = randomBytes(dataKeyBytes);
  await store.put(sealedKey, Readable.from(sealPieces(plainOnly(await store.get(plain)), dataKey)));
  const envelope = await crypto.seal('file', dataKey, filePlace(sealedKey));
  const replaced = await inTransaction(db, (tx) => replacePlain(tx, plain, sealedKey, envelope));
  if (!replaced) await store.delete(sealedKey);
};

const sweepLeftovers = async ({ db, store }: SealedFilesParts): Promise<void> => {
  for (const leftover of await listLeftovers(db)) {
    await store.delete(leftover);
    await noteLeftoverGone(db, leftover);
  }
};

/**
 * Seals the files that still lie plain, one by one: a sealed copy first, then the change of names in one transaction, then the plain file is deleted. Killed at
 * any moment every file stays readable, and the next run takes up what is left. Answers how many were sealed; those that cannot be read are told and left.
 */
export const sealPlainFiles = async (
  parts: SealedFilesParts,
  onFailure: (error: unknown) => void,
  stopping: () => boolean = () => false,
): Promise<number> => {
  const failed = new Set<string>();
  let done = 0;
  await sweepLeftovers(parts);
  while (!stopping()) {
    const some = (await listPlainFiles(parts.db, 50 + failed.size)).filter((key) => !failed.has(key));
    if (some.length === 0) break;
    for (const plain of some) {
      if (stopping()) return done;
      try {
        await sealOne(parts, plain);
        done += 1;
      } catch (error) {
        failed.add(plain);
        onFailure(error);
      }
    }
    await sweepLeftovers(parts);
  }
  return done;
};

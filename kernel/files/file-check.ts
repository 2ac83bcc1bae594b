import { SealBroken } from '#kernel/crypto/crypto.ts';
import { sm3Stream } from '#kernel/crypto/sm3.ts';
import type { Db } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { countChecked, type FileToCheck, takeFilesToCheck } from './file-check.store.ts';
import { findFileKey } from './file-key.store.ts';
import type { FileStore } from './file-store.ts';
import { FileBroken } from './sealed-pieces.ts';

/** What reading all files again works with. */
export interface FileCheckParts {
  readonly db: Db;
  readonly clock: Clock;
  /** As the product reads them: what is altered or gone is told there. */
  readonly files: FileStore;
  /** Told of a file that opens and is yet another than was uploaded. */
  readonly onBroken: (key: string, what: string) => Promise<void>;
}

/** Files read again in one go; with a go every ten seconds some 170,000 a day, for less than a hundredth of a processor. */
const filesAtOnce = 20;
/** A round begins no sooner than a week after the one before began. Assumption. */
const restMs = 7 * 86_400_000;

const digestOf = async ({ files }: FileCheckParts, key: string): Promise<string> => {
  const hash = sm3Stream();
  for await (const piece of await files.get(key)) hash.update(piece as Uint8Array);
  return hash.digest('hex');
};

/** Whether a file is as it was uploaded, or was taken away in good order meanwhile. */
const isWhole = async (parts: FileCheckParts, { storeKey, sm3 }: FileToCheck): Promise<boolean> => {
  let found: string;
  try {
    found = await digestOf(parts, storeKey);
  } catch (error) {
    // Without a key it was deleted meanwhile.
    if (!(await findFileKey(parts.db, storeKey))) return true;
    const altered = error instanceof FileBroken || error instanceof SealBroken;
    // A store or database that does not answer is no fault of the file.
    if (!altered && (await parts.files.exists(storeKey))) throw error;
    return false;
  }
  if (found === sm3) return true;
  await parts.onBroken(storeKey, 'another digest than when it was uploaded');
  return false;
};

/** Reads the next files of the round again, to their end. Answers how many, and how many of them are not as they were. Source: tender R45, T2.2, T5.6. */
export const checkNextFiles = async (
  parts: FileCheckParts,
  most = filesAtOnce,
): Promise<{ readonly checked: number; readonly bad: number }> => {
  const files = await takeFilesToCheck(parts.db, parts.clock.now(), most, restMs);
  let bad = 0;
  for (const file of files) if (!(await isWhole(parts, file))) bad += 1;
  if (files.length > 0) await countChecked(parts.db, files.length, bad);
  return { checked: files.length, bad };
};

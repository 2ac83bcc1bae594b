import { serverFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { masterIdOf } from '#kernel/crypto/data-key.store.ts';
import { ensureNextMaster, readMasterKey, takeNextMaster } from '#kernel/crypto/master-key.ts';
import { openAllKeys, rewrapKeys } from '#kernel/crypto/master-renewal.store.ts';
import type { Db } from '#kernel/db/database.ts';

/** How far a renewal of the master key has come; whoever dies at any point does it again from the beginning. */
export type RenewalStage = 'prepared' | 'rewrapped' | 'taken';

/** What a renewal works with. */
export interface MasterRenewalParts {
  readonly db: Db;
  /** The master key's file. */
  readonly file: string;
  readonly now: Date;
  readonly onStage: (stage: RenewalStage) => void;
}

/** What a renewal came to. */
export interface MasterRenewed {
  readonly id: string;
  /** Data keys that were not under the new one before. */
  readonly rewrapped: number;
  readonly keys: number;
  /** Where the old master key lies now. */
  readonly old: string;
}

/** Makes the next master key and stops, so that it can be brought to every machine before data lie under it. Answers what it is known by. */
export const prepareMasterKey = async (file: string): Promise<string> => {
  // A file that is not there must not be taken for a beginning.
  await readMasterKey(file, false);
  return masterIdOf(await ensureNextMaster(file));
};

/**
 * Renews the master key while the system runs: the next one is put beside it, so that every process accepts both; the data keys are sealed anew under it; only when
 * each of them opens with it alone does it take the place of the old one, which stays beside. Done again after a death at any point, it comes to its end; nothing is
 * unreadable in between. Errors: throws MasterKeyWrong. Source: tender R55 (4), domain 10.1.
 */
export const renewMasterKey = async ({ db, file, now, onStage }: MasterRenewalParts): Promise<MasterRenewed> => {
  const present = await readMasterKey(file, false);
  const next = await ensureNextMaster(file);
  onStage('prepared');
  const ids = { from: masterIdOf(present), to: masterIdOf(next) };
  const rewrapped = await rewrapKeys(db, { known: [present], next }, now, async (tx, keys) => {
    await appendFact(tx, { ...serverFact(now, 'kernel.master-key.renewed', { ...ids, keys }), kind: 'security' });
  });
  onStage('rewrapped');
  const keys = await openAllKeys(db, next);
  const old = takeNextMaster(file, ids.from);
  onStage('taken');
  return { id: ids.to, rewrapped, keys, old };
};

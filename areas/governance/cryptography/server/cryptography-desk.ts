import type { AuditFact } from '#kernel/audit/fact.ts';
import { serverActor } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { type KeyRotation, keyRotation } from '#kernel/crypto/rotation.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { sealPlainFiles } from '#kernel/files/sealed-files.ts';
import type { CryptographyParts } from './cryptography.parts.ts';
import { type SelfCheck, selfCheckOf } from './self-check.ts';

/** The work on keys and files that goes on beside everything else, and the self-check. */
export interface CryptographyDesk {
  readonly rotation: KeyRotation;
  readonly selfCheck: SelfCheck;
  /** Takes up a renewal and the sealing of plain files that an earlier process left unfinished. */
  start(): void;
  /** Stops after the row or file at hand. */
  stop(): Promise<void>;
}

/** Puts the desk together. */
export const cryptographyDesk = (parts: CryptographyParts): CryptographyDesk => {
  const { db, crypto, keeper, clock, tables, store, quietMs, onFailure } = parts;
  let stopping = false;
  let sealing: Promise<unknown> | undefined;
  const tell = (action: string, detail: AuditFact['detail'], outcome: AuditFact['outcome']): Promise<unknown> =>
    inTransaction(db, (tx) =>
      appendFact(tx, {
        at: clock.now(),
        kind: 'security',
        action,
        actor: serverActor,
        object: null,
        outcome,
        detail,
        traceId: 'cryptography',
      }),
    );
  const rotation = keyRotation({
    db,
    crypto,
    keeper,
    clock,
    tables,
    quietMs,
    onEnd: async ({ id, state, done, broken, remark }) => {
      const outcome = state === 'done' ? 'done' : 'failed';
      await tell(
        'governance.cryptography.renewalEnded',
        { id, state, rows: done, broken: broken.length, remark },
        outcome,
      );
    },
    onFailure,
  });
  return {
    rotation,
    selfCheck: selfCheckOf(parts),
    start: () => {
      rotation.resume();
      sealing = sealPlainFiles({ db, crypto, clock, store }, onFailure, () => stopping)
        .then((count) => count > 0 && tell('governance.cryptography.filesSealed', { files: count }, 'done'))
        .catch(onFailure);
    },
    stop: async () => {
      stopping = true;
      await Promise.all([rotation.stop(), sealing]);
    },
  };
};

import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';

type Tables = {
  'governance.waiting_credential': {
    proposal_id: string;
    person_id: string;
    slot: string;
    password_hash: string | null;
    half_sealed: string | null;
  };
};

/** What is set by an application; of each there is one that waits for a person at most. */
export type Slot = 'password' | 'second-factor';

/** What waits with an application. */
export interface WaitingCredential {
  readonly proposalId: string;
  readonly personId: string;
  readonly slot: Slot;
  /** The new password as it will be stored, and its second half, sealed; null where none is set. */
  readonly password: { readonly hash: string; readonly halfSealed: string } | null;
}

/** Keeps what waits; false where one waits for this person already. */
export const addWaiting = (tx: Tx, one: WaitingCredential): Promise<boolean> =>
  insertIfAbsent(tx, 'governance.waiting_credential', {
    proposal_id: one.proposalId,
    person_id: one.personId,
    slot: one.slot,
    password_hash: one.password?.hash ?? null,
    half_sealed: one.password?.halfSealed ?? null,
  });

/** What waits with an application; undefined once it is decided. */
export const findWaiting = async (db: Db | Tx, proposalId: string): Promise<WaitingCredential | undefined> => {
  const row = await db
    .withTables<Tables>()
    .selectFrom('governance.waiting_credential')
    .selectAll()
    .where('proposal_id', '=', proposalId)
    .executeTakeFirst();
  return (
    row && {
      proposalId: row.proposal_id,
      personId: row.person_id,
      // Written by addWaiting only.
      slot: row.slot as Slot,
      password:
        row.password_hash === null || row.half_sealed === null
          ? null
          : { hash: row.password_hash, halfSealed: row.half_sealed },
    }
  );
};

/** What waits for a person. */
export const waitingFor = async (db: Db | Tx, personId: string): Promise<readonly Slot[]> => {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('governance.waiting_credential')
    .select('slot')
    .where('person_id', '=', personId)
    .orderBy('slot')
    .execute();
  return rows.map(({ slot }) => slot as Slot);
};

/** Forgets what waited with an application. */
export const dropWaiting = async (tx: Tx, proposalId: string): Promise<void> => {
  await tx
    .withTables<Tables>()
    .deleteFrom('governance.waiting_credential')
    .where('proposal_id', '=', proposalId)
    .execute();
};

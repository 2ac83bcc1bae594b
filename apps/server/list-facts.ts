import type { ListState } from '#kernel/access/stored-access.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';

/** Puts down that the access list was found broken, or whole again. Source: tender R45, T5.5. */
export const leaveListFact = async (db: Db, state: ListState): Promise<void> => {
  await inTransaction(db, (tx) =>
    appendFact(tx, {
      at: state.checkedAt,
      kind: 'security',
      action: state.intact ? 'kernel.access-list.restored' : 'kernel.access-list.broken',
      actor: { id: 'system', name: '系统', organisationId: null, ip: '' },
      // A chain of its own: the chain of the list tells its versions only.
      object: { type: 'kernel.access-list', id: 'state' },
      outcome: state.intact ? 'done' : 'failed',
      detail: { version: state.version, ...(state.intact ? {} : { what: state.what }) },
      traceId: 'access-list',
    }),
  );
};

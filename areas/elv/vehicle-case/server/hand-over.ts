import type { HandOver } from '#kernel/area/hand-over.ts';
import { appendFacts } from '#kernel/audit/trail.store.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { openStates } from './case-line.ts';
import { countCasesOf, moveCases } from './hand-over.store.ts';

/** How the log calls it. */
export const transferWorkTitle = { id: 'elv.vehicle-case.transferWork', title: '移交案卷' } as const;

const title = '在办报废案卷';

/** Cases in hand go from one clerk to another of the same enterprise; steps and signatures stay with whoever took them. Source: tender R42. */
export const caseHandOver: HandOver = {
  openWork: async (db, personId) => [{ title, count: await countCasesOf(db, personId, openStates) }],
  move: async (tx, { fromId, receiver, by, reason, at, traceId }) => {
    const moved = await moveCases(tx, fromId, receiver.id, openStates);
    await appendFacts(
      tx,
      moved.map((id) => ({
        at,
        kind: 'operation',
        // No step of the case: `handOver` of the lifecycle is the vehicle's, signed by whoever brings it.
        action: transferWorkTitle.id,
        actor: by,
        object: { type: vehicleCase.id, id },
        outcome: 'done',
        detail: { reason, changes: { owner: { was: fromId, now: receiver.id } } },
        traceId,
      })),
    );
    return [{ title, count: moved.length }];
  },
};

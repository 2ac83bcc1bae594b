import { serverActor } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { FindingTable } from '#practices/photo-evidence/server/evidence.tables.ts';
import { vehicleCase } from '../../vehicle-case/model/vehicle-case.lifecycle.ts';
import { photoEvidenceNotices } from '../model/photo-evidence.notices.ts';
import type { EvidenceDesk } from './evidence-desk.ts';

/** What the log calls repeats that were found. */
export const reusedTitle = { id: 'elv.photo-evidence.found', title: '发现照片重复' } as const;

const otherOf = (finding: FindingTable, caseId: string): string =>
  finding.matter_a === caseId ? finding.matter_b : finding.matter_a;

/** The log has the repeats, and the commission is told, once for each other case. */
export const tellReused =
  ({ cases, notices, clock }: Pick<EvidenceDesk, 'cases' | 'notices' | 'clock'>) =>
  async (tx: Tx, caseId: string, findings: readonly FindingTable[]): Promise<void> => {
    const at = clock.now();
    await appendFact(tx, {
      at,
      kind: 'system',
      action: reusedTitle.id,
      actor: serverActor,
      object: { type: vehicleCase.id, id: caseId },
      outcome: 'done',
      detail: { findings: findings.map(({ id, kind, distance }) => ({ id, kind, distance })) },
      traceId: '',
    });
    for (const other of new Set(findings.map((one) => otherOf(one, caseId)))) {
      // The case that was opened later, whichever was looked at last: so two cases are told of once, however many of their photographs are alike.
      const [earlier = '', later = ''] = [caseId, other].sort();
      const target = await cases.target(tx, later);
      if (!target) continue;
      await notices.raise(tx, {
        kind: photoEvidenceNotices.reused,
        values: { caseNo: target.caseNo },
        matter: { type: vehicleCase.id, id: later, row: target.row },
        occasion: `reused ${earlier}`,
        organisationId: null,
        at,
      });
    }
  };

import type { Subject } from '#kernel/access/access.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { notFound } from '#kernel/contract/failure.ts';
import type { Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { findFinding, setFindingAside } from '#practices/photo-evidence/server/finding.store.ts';
import { vehicleCase } from '../../vehicle-case/model/vehicle-case.lifecycle.ts';
import { photoEvidenceContract } from '../model/photo-evidence.contract.ts';
import { evidenceOfCases } from '../model/repeat-rules.ts';
import { caseEvidenceOf } from './case-evidence.ts';
import type { EvidenceDesk } from './evidence-desk.ts';

/** Handlers of photographs as evidence. A case that is not the reader's is not there. Source: tender R03, R04. */
export const evidenceHandlers = (desk: EvidenceDesk): Handlers<typeof photoEvidenceContract> => {
  const { db, access, cases } = desk;
  const maySetAside = async (subject: Subject, id: string): Promise<boolean> =>
    (await cases.named(db, [id], access.rowFilter(subject, photoEvidenceContract.setAside.permission))).length > 0;
  return {
    ofCase: async ({ id }, { subject }) => {
      const found = await caseEvidenceOf(desk, db, id, subject);
      if (!found) throw notFound();
      return { ...found, maySetAside: await maySetAside(subject, id) };
    },
    setAside: async ({ id, findingId, reason }, context) => {
      const { subject, now } = context;
      if (!(await maySetAside(subject, id))) throw notFound();
      await inTransaction(db, async (tx) => {
        const finding = await findFinding(tx, evidenceOfCases.schema, id, findingId);
        if (!finding) throw notFound();
        const by = { id: subject.id, name: subject.name, reason, at: now };
        if (!(await setFindingAside(tx, evidenceOfCases.schema, findingId, by))) context.fail('SET_ASIDE');
        await appendFact(tx, {
          at: now,
          kind: 'operation',
          action: photoEvidenceContract.setAside.id,
          actor: { id: subject.id, name: subject.name, organisationId: subject.organisationId, ip: context.ip },
          object: { type: vehicleCase.id, id },
          outcome: 'done',
          detail: { findingId, photoIds: [finding.photo_a, finding.photo_b], kind: finding.kind, reason },
          traceId: context.traceId,
        });
      });
      return { id: findingId };
    },
  };
};

import { appendFact } from '#kernel/audit/trail.store.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { StepActor } from '#kernel/lifecycle/step.store.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { emptyRecord, type VehicleCaseRecord } from '../model/vehicle-case.record.ts';
import { askQuestions } from './asking.ts';
import type { FlowParts } from './flow.ts';
import { type Opener, openCarriedCase } from './open-case.store.ts';
import type { PhotoTable } from './vehicle-case.tables.ts';

/** What a case begins with that somebody has entered elsewhere. */
export type EnteredSections = Pick<VehicleCaseRecord['sections'], 'papers' | 'owner' | 'agent'>;

/** A case to be opened with what is there already. `openKey` is unique: it opens one case, ever. */
export interface OpeningWithPhotos {
  readonly openKey: string;
  /** What the case it goes on from was opened for; left out where there was none. */
  readonly originKey?: string;
  readonly sections: EnteredSections;
  readonly by: Opener;
  readonly actor: StepActor;
  /** What the case's log says of where it comes from. */
  readonly told: Readonly<Record<string, unknown>>;
  readonly now: Date;
  readonly traceId: string;
}

type Placed = Pick<PhotoTable, 'part' | 'uploaded_at' | 'sm3'>;

/** Opens a case in the caller's transaction with its sections and photographs, which `place` puts into it, and asks outside what they give rise to. */
export const openWithPhotos = async (
  parts: FlowParts,
  tx: Tx,
  { openKey, originKey, sections, by, actor, told, now, traceId }: OpeningWithPhotos,
  place: (caseId: string) => Promise<readonly Placed[]>,
): Promise<{ readonly id: string; readonly caseNo: string }> => {
  const { crypto, outbox, statistics } = parts;
  const empty = emptyRecord(sections.papers.registeredWithPolice !== false);
  const record: VehicleCaseRecord = { ...empty, sections: { ...empty.sections, ...sections } };
  const opened = await openCarriedCase(tx, crypto, {
    openKey,
    ...(originKey === undefined ? {} : { originKey }),
    record,
    by,
    now,
  });
  const photos = await place(opened.id);
  await appendFact(tx, {
    at: now,
    kind: 'operation',
    action: `${vehicleCase.id}.open`,
    actor: { id: actor.id, name: actor.name, organisationId: actor.organisationId, ip: actor.ip },
    object: { type: vehicleCase.id, id: opened.id },
    outcome: 'done',
    detail: { caseNo: opened.caseNo, ...told, photographs: photos.length },
    traceId,
  });
  const { organisationId: enterpriseId, districtCode } = by;
  await statistics.count(tx, { caseId: opened.id, version: 1, enterpriseId, districtCode }, now, []);
  const facts = photos.map(({ part, uploaded_at: at, sm3 }) => ({ part, uploadedAt: at.toISOString(), sm3 }));
  const scene = { tx, crypto, caseId: opened.id, caseNo: opened.caseNo, checks: [], now, traceId };
  const enterpriseCode = by.organisationCode;
  await askQuestions(outbox, { ...scene, record: { ...record, photos: facts, checks: {} }, enterpriseCode }, 'new');
  return opened;
};

import type { OutboxView } from '#kernel/connector/outbox.store.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { listMoves, type StepActor } from '#kernel/lifecycle/step.store.ts';
import { findPhotoPart } from '../model/photo-parts.ts';
import { isReadablePart } from '../model/readable-part.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { ExchangeView } from '../model/vehicle-case.views.ts';
import { stateOfCase } from './case-trail.store.ts';
import { exchangeViews } from './check-view.ts';
import { lockClaim } from './claim.store.ts';
import type { FlowParts } from './flow.ts';
import type { Opener } from './open-case.store.ts';
import { type EnteredSections, openWithPhotos } from './open-with-photos.ts';
import { casesInHand } from './opening-many.ts';
import { addPhoto, listPhotos } from './photo.store.ts';
import type { ReadingRoom } from './reading-room.ts';
import type { PhotoTable } from './vehicle-case.tables.ts';

/** A photograph that was taken before there was a case. */
type TakenPhoto = Pick<
  PhotoTable,
  'id' | 'part' | 'file_id' | 'file_name' | 'media_type' | 'size_bytes' | 'sm3' | 'uploaded_at' | 'device_time'
>;

/** A case somebody outside has applied for, to be opened by the enterprise that takes it. */
interface Applied {
  readonly openKey: string;
  readonly applicationNo: string;
  readonly sections: EnteredSections;
  readonly photos: readonly TakenPhoto[];
  readonly uploader: { readonly id: string; readonly name: string };
  readonly by: Opener;
  readonly actor: StepActor;
  readonly now: Date;
  readonly traceId: string;
}

/** The photograph in its place of the case: the same file and upload time, since both are evidence; its reading begins anew. */
const placed = (photo: TakenPhoto, caseId: string, { uploader, now }: Applied): PhotoTable => {
  const part = findPhotoPart(photo.part);
  const readable = part !== undefined && isReadablePart(part) && photo.media_type !== 'application/pdf';
  const { file_id, file_name, media_type, size_bytes, sm3, uploaded_at, device_time } = photo;
  return {
    id: uuidv7(now),
    case_id: caseId,
    part: photo.part,
    upload_key: photo.id,
    file_id,
    file_name,
    media_type,
    size_bytes,
    sm3,
    uploaded_at,
    operator_id: uploader.id,
    operator_name: uploader.name,
    device_time,
    place: null,
    removed_at: null,
    removed_by: null,
    ocr_status: readable ? 'waiting' : 'none',
    ocr_message: null,
    ocr_fields: null,
  };
};

/** Cases opened for people who applied outside. Source: tender R62. */
export const appliedCases = (parts: FlowParts, readings: ReadingRoom) => ({
  open: async (tx: Tx, applied: Applied): Promise<{ readonly id: string; readonly caseNo: string }> => {
    const { openKey, applicationNo, sections, photos, by, actor, now, traceId } = applied;
    const told = { appliedFor: applicationNo };
    return openWithPhotos(parts, tx, { openKey, sections, by, actor, told, now, traceId }, async (caseId) => {
      const rows = photos.map((photo) => placed(photo, caseId, applied));
      for (const row of rows) await addPhoto(tx, row);
      return rows;
    });
  },
  inHand: async (tx: Tx, enterpriseId: string, vin: string): Promise<string | undefined> =>
    (await casesInHand(tx, enterpriseId, [vin])).get(vin),
  accepted: async (tx: Tx, vin: string): Promise<boolean> => (await lockClaim(tx, vin)) !== undefined,
  readPapers: async (caseId: string): Promise<void> => {
    for (const { id, ocr_status: status } of await listPhotos(parts.db, parts.crypto, caseId))
      if (status === 'waiting') readings.start(caseId, id);
  },
  trail: async (db: Db, caseId: string) => {
    const found = await stateOfCase(db, caseId);
    const steps = (await listMoves(db, vehicleCase.id, [caseId])).get(caseId) ?? [];
    return found && { ...found, steps };
  },
  exchangeViews: (sent: readonly OutboxView[]): ExchangeView[] => [...exchangeViews(sent, [], false)],
});

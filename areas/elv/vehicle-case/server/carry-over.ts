import { everyRow } from '#kernel/access/predicate.ts';
import type { Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { StepActor } from '#kernel/lifecycle/step.store.ts';
import { findPhotoPart } from '../model/photo-parts.ts';
import type { SectionId } from '../model/vehicle-case.views.ts';
import { claimInWords, lockClaim } from './claim.store.ts';
import type { FlowParts } from './flow.ts';
import type { Opener } from './open-case.store.ts';
import { openWithPhotos } from './open-with-photos.ts';
import { addPhoto, keepReading, listPhotos, type PhotoRow } from './photo.store.ts';
import { findCase, originOf } from './vehicle-case.store.ts';

/** What goes from a withdrawn case into a new one: what the papers say, owner and agent. Tow and yard entry happen anew. Source: tender R08. */
const carried: readonly SectionId[] = ['papers', 'owner', 'agent'];

/** Who takes a vehicle over, and for what. `reference` is unique: it opens one case, ever. */
export interface CarryOver {
  readonly fromId: string;
  readonly reference: string;
  readonly by: Opener;
  readonly actor: StepActor;
  readonly now: Date;
  readonly traceId: string;
}

/** The photograph in its new place: the same file, upload time and uploader, since all of these are evidence; what was read is sealed anew. */
const carryPhoto = async (
  tx: Tx,
  { crypto }: FlowParts,
  { reading, ...photo }: PhotoRow,
  to: { readonly caseId: string; readonly now: Date },
): Promise<PhotoRow> => {
  const unread = photo.ocr_status === 'waiting' || photo.ocr_status === 'reading';
  const row = {
    ...photo,
    id: uuidv7(to.now),
    case_id: to.caseId,
    upload_key: photo.id,
    ...(unread ? { ocr_status: 'failed', ocr_message: '转入时还没有识别完，可重新识别' } : {}),
  };
  await addPhoto(tx, { ...row, ocr_fields: null });
  if (reading) await keepReading(tx, crypto, row.id, row.ocr_status, row.ocr_message, reading);
  return { ...row, reading };
};

/**
 * Why an enterprise may not take the vehicle of a withdrawn case over, in a sentence, where another case has accepted that vehicle meanwhile;
 * null while it is free. Its papers and its owner's data go to nobody who cannot have it. Source: tender R08.
 */
export const obstacleToCarryingOver = async (
  { crypto }: Pick<FlowParts, 'crypto'>,
  tx: Tx,
  { fromId, organisationId }: { readonly fromId: string; readonly organisationId: string },
): Promise<string | null> => {
  const from = await findCase(tx, crypto, fromId, everyRow);
  if (!from) throw new Error(`there is no case ${fromId}`);
  const standing = await lockClaim(tx, String(from.snapshot.record.sections.papers.vin ?? ''));
  if (!standing) return null;
  return `${claimInWords(standing, organisationId)}，不能再接收；如确定不接收，请办理“不接收”`;
};

/** Opens the case of the enterprise that takes the vehicle over, with everything that need not be entered again, and asks outside anew. */
export const carryOver = async (
  parts: FlowParts,
  tx: Tx,
  { fromId, reference, by, actor, now, traceId }: CarryOver,
): Promise<{ readonly id: string; readonly caseNo: string }> => {
  const { crypto } = parts;
  const from = await findCase(tx, crypto, fromId, everyRow);
  if (!from) throw new Error(`there is no case ${fromId}`);
  const { papers, owner, agent } = from.snapshot.record.sections;
  const told = { carriedFrom: from.row.case_no };
  const originKey = originOf(from.row);
  const opening = { openKey: reference, originKey, sections: { papers, owner, agent }, by, actor, told, now, traceId };
  const opened = await openWithPhotos(parts, tx, opening, async (caseId) => {
    const photos: PhotoRow[] = [];
    for (const photo of await listPhotos(tx, crypto, fromId)) {
      const section = findPhotoPart(photo.part)?.section;
      if (section && carried.includes(section)) photos.push(await carryPhoto(tx, parts, photo, { caseId, now }));
    }
    return photos;
  });
  const { organisationId, organisationName } = by;
  await parts.waiting.wentOn(tx, {
    originKey,
    from: { version: from.snapshot.version },
    to: { ...opened, enterpriseId: organisationId, enterpriseName: organisationName },
    at: now,
    traceId,
  });
  return opened;
};

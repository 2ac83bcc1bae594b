import { reachHead } from '#kernel/audit/trail.store.ts';
import { Failure, notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction, type Tx, uniqueViolation } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { addFile, findFile } from '#kernel/files/file.store.ts';
import { receiveUpload, smallReply, storedReply } from '#kernel/files/over-calls.ts';
import type { ReceivedFile } from '#kernel/files/receive.ts';
import { shanghaiMinute } from '#kernel/time/shanghai.ts';
import { coordinatesText } from '#practices/place/model/coordinates.ts';
import { findPhotoPart, showsPerson } from '../model/photo-parts.ts';
import { isReadablePart } from '../model/readable-part.ts';
import type { vehicleCaseContract } from '../model/vehicle-case.contract.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { PhotoView, SectionId } from '../model/vehicle-case.views.ts';
import { accessRowOf } from './case-access.ts';
import type { CaseDesk } from './case-desk.ts';
import { photoFactsOf } from './case-facts.ts';
import { mayEdit, mayView, photoViewOf } from './case-view.ts';
import {
  addPhoto,
  findNewer,
  findPhoto,
  findPhotoByKey,
  type NewerPhoto,
  noteReading,
  type PhotoRow,
  removePhoto,
  retirePart,
} from './photo.store.ts';
import { awaitReading } from './reading-queue.store.ts';
import { leaveChangeFact } from './save-section.ts';
import { findStanding, growVersion, standsAt } from './vehicle-case.store.ts';
import type { PhotoTable } from './vehicle-case.tables.ts';

type PhotoContract = Pick<typeof vehicleCaseContract, 'addPhoto' | 'removePhoto' | 'photoContent' | 'readPhoto'>;

/** Looks again, in the transaction that keeps a photograph, whether its sender may still come in. Errors: throws the refusal. */
export type LookAgain = (tx: Tx, sender: Pick<CallContext, 'subject' | 'ip'>) => Promise<void>;

const nothingRead: ReadonlyMap<string, number> = new Map();

const placeText = (received: ReceivedFile, told: string | undefined): string | null =>
  told ?? (received.place ? coordinatesText(received.place) : null);

const notedOf = (row: PhotoTable) => ({
  id: row.id,
  matterId: row.case_id,
  part: row.part,
  fileId: row.file_id,
  sm3: row.sm3,
  mediaType: row.media_type,
  receivedAt: row.uploaded_at,
});

const newerWords = ({ operator_name: name, device_time: taken, uploaded_at: uploaded }: NewerPhoto): string =>
  `这个位置已有${name}于 ${shanghaiMinute(taken ?? uploaded)} 拍的照片，比这张晚；请确认用哪一张`;

/** Handlers of photographs: upload, view, take out, read. Source: tender R01, R03, R04, R07. */
export const photoHandlers = (desk: CaseDesk, lookAgain?: LookAgain): Handlers<PhotoContract> => {
  const { db, crypto, access, files, thumbnails, readings, evidence } = desk;
  // Whoever may upload may look at what they have uploaded.
  const viewOf = (row: PhotoRow, editable: (section: SectionId) => boolean): PhotoView =>
    photoViewOf(photoFactsOf(row), editable, () => true, nothingRead);

  return {
    addPhoto: async (input, context) => {
      const part = findPhotoPart(input.part);
      const rows = access.rowFilter(context.subject, 'elv.vehicle-case:edit');
      const standing = await findStanding(db, input.id, rows);
      const drain = (): void => {
        context.file?.stream.resume();
      };
      if (!standing) {
        drain();
        throw notFound();
      }
      const editable = (section: SectionId): boolean =>
        mayEdit(access, context.subject, standsAt(standing), accessRowOf(standing), section);
      if (input.takenBy !== undefined && input.takenBy !== context.subject.id) {
        drain();
        return context.fail('SOMEBODY_ELSE');
      }
      if (!part) {
        drain();
        return context.fail('UNKNOWN_PART');
      }
      // A phone whose line broke sends again what has long arrived, when the case may have gone on.
      const arrivedBefore = async (): Promise<PhotoView | undefined> => {
        const first = await findPhotoByKey(db, crypto, input.id, input.key);
        return first && viewOf(first, editable);
      };
      if (!editable(part.section)) {
        drain();
        return (await arrivedBefore()) ?? context.fail('NOT_EDITABLE');
      }
      const received = await receiveUpload(files, context);
      const readable = isReadablePart(part) && received.mediaType !== 'application/pdf';
      const row: PhotoTable = {
        id: uuidv7(context.now),
        case_id: input.id,
        part: part.part,
        upload_key: input.key,
        file_id: uuidv7(context.now),
        file_name: received.name,
        media_type: received.mediaType,
        size_bytes: String(received.sizeBytes),
        sm3: received.sm3,
        uploaded_at: context.now,
        operator_id: context.subject.id,
        operator_name: context.subject.name,
        device_time: input.deviceTime ? new Date(input.deviceTime) : received.takenAt,
        place: placeText(received, input.place),
        removed_at: null,
        removed_by: null,
        ocr_status: readable ? 'waiting' : 'none',
        ocr_message: null,
        ocr_fields: null,
      };
      try {
        await inTransaction(db, async (tx) => {
          // So may the trust in whoever sends it.
          await lookAgain?.(tx, context);
          const locking = growVersion(tx, input.id, rows);
          reachHead(tx, { type: vehicleCase.id, id: input.id });
          const locked = await locking;
          // The state may have moved while the file was arriving.
          if (!locked || !mayEdit(access, context.subject, standsAt(locked), accessRowOf(locked), part.section))
            return context.fail('NOT_EDITABLE');
          const newer =
            input.unlessNewer && row.device_time && !part.many
              ? await findNewer(tx, input.id, part.part, row.device_time)
              : undefined;
          if (newer) return context.fail('NEWER_THERE', { message: newerWords(newer) });
          await Promise.all([
            addFile(tx, received, { id: row.file_id, uploadedBy: context.subject.id, at: context.now }),
            part.many ? undefined : retirePart(tx, input.id, part.part, context.subject.id, context.now),
            addPhoto(tx, row),
            evidence.note(tx, notedOf(row)),
            leaveChangeFact(tx, context, input.id, 'elv.vehicle-case.addPhoto', {
              part: part.part,
              photoId: row.id,
              sm3: received.sm3,
            }),
          ]);
        });
      } catch (error) {
        // Where it is not certain that nothing was kept, the bytes stay: a row may speak of them.
        if (!(error instanceof Failure || uniqueViolation(error))) throw error;
        await files.delete(received.storeKey);
        const first = await arrivedBefore();
        if (first) return first;
        throw error;
      }
      if (readable) readings.start(input.id, row.id);
      return viewOf({ ...row, reading: null }, editable);
    },

    removePhoto: async (input, context) =>
      inTransaction(db, async (tx) => {
        const locked = await growVersion(tx, input.id, access.rowFilter(context.subject, 'elv.vehicle-case:edit'));
        const photo = locked && (await findPhoto(tx, crypto, input.id, input.photoId));
        const part = photo && findPhotoPart(photo.part);
        if (!locked || !photo || !part) throw notFound();
        if (!mayEdit(access, context.subject, standsAt(locked), accessRowOf(locked), part.section))
          return context.fail('NOT_EDITABLE');
        await removePhoto(tx, photo.id, context.subject.id, context.now);
        await leaveChangeFact(tx, context, input.id, 'elv.vehicle-case.removePhoto', {
          part: photo.part,
          photoId: photo.id,
          sm3: photo.sm3,
        });
        return { version: locked.version };
      }),

    photoContent: async (input, context) => {
      const standing = await findStanding(db, input.id, access.rowFilter(context.subject, 'elv.vehicle-case:read'));
      const photo = standing && (await findPhoto(db, crypto, input.id, input.photoId));
      const file = photo && (await findFile(db, photo.file_id));
      if (!standing || !file) throw notFound();
      if (!mayView(access, context.subject, accessRowOf(standing), photo.part)) return context.fail('MASKED');
      const part = findPhotoPart(photo.part);
      const personal = part === undefined || showsPerson(part);
      if (part && personal) await context.leaveRead({ part: photo.part, photoId: photo.id });
      const small = input.small ? await thumbnails.of(file) : null;
      return small ? smallReply(file, small, !personal) : storedReply(files, file, !personal);
    },

    readPhoto: async (input, context) => {
      const standing = await findStanding(db, input.id, access.rowFilter(context.subject, 'elv.vehicle-case:edit'));
      const photo = standing && (await findPhoto(db, crypto, input.id, input.photoId));
      const part = photo && findPhotoPart(photo.part);
      if (!standing || !photo || !part) throw notFound();
      if (!isReadablePart(part) || photo.media_type === 'application/pdf') return context.fail('NOT_READABLE');
      if (!mayEdit(access, context.subject, standsAt(standing), accessRowOf(standing), part.section))
        return context.fail('NOT_EDITABLE');
      await inTransaction(db, async (tx) => {
        await noteReading(tx, photo.id, 'waiting', null);
        await awaitReading(tx, { photoId: photo.id, caseId: input.id });
        await leaveChangeFact(tx, context, input.id, 'elv.vehicle-case.readPhoto', { photoId: photo.id });
      });
      readings.start(input.id, photo.id);
      return { status: 'waiting', progress: 0, message: null };
    },
  };
};

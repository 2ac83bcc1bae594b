import { buffer } from 'node:stream/consumers';
import { Failure, notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction, type Tx, uniqueViolation } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { AnyDraft, Field } from '#kernel/fields/field.ts';
import { addFile, findFile } from '#kernel/files/file.store.ts';
import { receiveUpload, storedReply } from '#kernel/files/over-calls.ts';
import type { ReceivedFile } from '#kernel/files/receive.ts';
import type { PaperReading, PaperResult } from '#practices/paper-reading/model/paper-reading.ts';
import { papersFields } from '../../vehicle-case/model/papers.fields.ts';
import { findPhotoPart } from '../../vehicle-case/model/photo-parts.ts';
import type { citizenContract } from '../model/citizen.contract.ts';
import { materialsOf } from '../model/citizen-application.guards.ts';
import type { CitizenApplication } from '../model/citizen-application.record.ts';
import { consentBefore, isAgreed } from '../model/consents.ts';
import { findApplication, lockApplication } from './application.store.ts';
import type { CitizenPhotoTable } from './citizen-application.tables.ts';
import type { CitizenDesk } from './citizen-parts.ts';
import {
  addPhoto,
  countPhotos,
  findPhoto,
  findPhotoByKey,
  keepReading,
  readingOf,
  takeOut,
} from './citizen-photo.store.ts';
import { saveFilled } from './drafts.ts';
import { leaveFact, ownRows, ownView } from './own.handlers.ts';
import { isEditable } from './own-view.ts';

type PhotoOperations = Pick<typeof citizenContract, 'addPhoto' | 'removePhoto' | 'photoContent' | 'readPhoto'>;

/** So many photographs one application may ever have, those taken out among them: eight places, each taken several times. Source: assumption, adr/0044. */
export const mostPhotos = 60;
/** What was read less surely is left for the person to type. */
const surely = 0.6;

const rowOf = (
  received: ReceivedFile,
  now: Date,
  place: { readonly applicationId: string; readonly part: string; readonly key: string },
): CitizenPhotoTable => ({
  id: uuidv7(now),
  application_id: place.applicationId,
  part: place.part,
  upload_key: place.key,
  file_id: uuidv7(now),
  file_name: received.name,
  media_type: received.mediaType,
  size_bytes: String(received.sizeBytes),
  sm3: received.sm3,
  uploaded_at: now,
  device_time: received.takenAt,
  removed_at: null,
  reading: null,
});

const addOne =
  (desk: CitizenDesk): Handlers<PhotoOperations>['addPhoto'] =>
  async ({ id, part, key }, context) => {
    const { db, crypto, files } = desk;
    const rows = ownRows(desk, context);
    const found = await findApplication(db, crypto, id, rows);
    const place = found && materialsOf(found.record).find((one) => one.part === part);
    const before = found && (await findPhotoByKey(db, id, key));
    const room = found !== undefined && (await countPhotos(db, id)) < mostPhotos;
    const consent = consentBefore(part);
    const agreed = found !== undefined && (!consent || isAgreed(found.record.agreed, consent));
    const wanted = found && place && isEditable(found.state) && agreed && room;
    if (!wanted || before) context.file?.stream.resume();
    if (!found) throw notFound();
    if (before) return ownView(desk, context, id);
    if (!isEditable(found.state)) return context.fail('NOT_EDITABLE');
    if (!place) return context.fail('UNKNOWN_PART');
    if (!agreed) return context.fail('CONSENT_FIRST', { message: `请先阅读并同意“${consent?.title}”，再拍摄上传` });
    if (!wanted) return context.fail('TOO_MANY');
    const received = await receiveUpload(desk.files, context);
    const row = rowOf(received, context.now, { applicationId: id, part, key });
    try {
      await inTransaction(db, async (tx) => {
        const locked = await lockApplication(tx, crypto, id, rows);
        // It may have been handed in while the file was arriving.
        if (!locked || !isEditable(locked.state)) return context.fail('NOT_EDITABLE');
        // So may others have been added.
        if ((await countPhotos(tx, id)) >= mostPhotos) return context.fail('TOO_MANY');
        await addFile(tx, received, { id: row.file_id, uploadedBy: context.subject.id, at: context.now });
        if (!place.many) await takeOut(tx, id, { parts: [part] }, context.now);
        await addPhoto(tx, row);
        await saveFilled(desk, tx, locked, locked.record, context.now);
        await leaveFact(tx, context, id, 'elv.citizen.addPhoto', { part, photoId: row.id, sm3: received.sm3 });
      });
    } catch (error) {
      // Where it is not certain that nothing was kept, the bytes stay: a row may speak of them.
      if (error instanceof Failure || uniqueViolation(error)) await files.delete(received.storeKey);
      if (!uniqueViolation(error)) throw error;
    }
    return ownView(desk, context, id);
  };

/** What was read of a licence or certificate, for the fields of the vehicle's papers that are still empty. */
const filledFrom = (record: CitizenApplication, paper: string, reading: PaperReading): CitizenApplication => {
  const papers: Record<string, unknown> = { ...record.sections.papers };
  for (const [name, field] of Object.entries<Field>(papersFields)) {
    const key = field.readFrom?.find((one) => one.paper === paper)?.key;
    const read = key === undefined ? undefined : reading[key];
    const parsed = read && field.schema.safeParse(read.value);
    if (read && read.confidence >= surely && parsed?.success && !isGiven(papers[name])) papers[name] = parsed.data;
  }
  const owner = paper === 'vehicle-licence-main' ? reading.ownerName : undefined;
  const licenceOwner = owner && owner.confidence >= surely ? String(owner.value) : record.licenceOwner;
  return { ...record, licenceOwner, sections: { ...record.sections, papers } };
};

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';
const countGiven = (draft: AnyDraft): number => Object.values(draft).filter(isGiven).length;

/** What is read of a photograph: what was read before, or what the reader finds now. Each citizen has one photograph with the reader at a time, so that nobody keeps it from others. */
const readingBy = (desk: CitizenDesk) => {
  const busy = new Set<string>();
  return async (
    photo: CitizenPhotoTable,
    { paper, storeKey }: { readonly paper: string; readonly storeKey: string },
    context: CallContext<'READING'>,
  ): Promise<PaperResult | undefined> => {
    const { crypto, files, reader } = desk;
    const before = await readingOf(crypto, photo);
    if (before) return before;
    const { id } = context.subject;
    if (busy.has(id)) return context.fail('READING');
    busy.add(id);
    try {
      return await reader.read(
        paper,
        async () => buffer(await files.get(storeKey)),
        () => undefined,
      );
    } catch {
      // Whatever it was, the citizen photographs anew or types.
      return undefined;
    } finally {
      busy.delete(id);
    }
  };
};

const readOne = (desk: CitizenDesk): Handlers<PhotoOperations>['readPhoto'] => {
  const readingFor = readingBy(desk);
  return async ({ id, photoId }, context) => {
    const { db, crypto } = desk;
    const rows = ownRows(desk, context);
    const found = await findApplication(db, crypto, id, rows);
    const photo = found && (await findPhoto(db, id, photoId));
    const file = photo && (await findFile(db, photo.file_id));
    if (!found || !photo || !file) throw notFound();
    if (!isEditable(found.state)) return context.fail('NOT_EDITABLE');
    const part = findPhotoPart(photo.part);
    if (part?.section !== 'papers' || part.paper === undefined || photo.media_type === 'application/pdf')
      return context.fail('NOT_READABLE');
    const { paper } = part;
    const consent = consentBefore(part.part);
    if (consent && !isAgreed(found.record.agreed, consent))
      return context.fail('CONSENT_FIRST', { message: `请先阅读并同意“${consent.title}”，再识别` });
    const result = await readingFor(photo, { paper, storeKey: file.storeKey }, context);
    if (!result) return { ...(await ownView(desk, context, id)), read: 0, message: '没有识别成功，请重拍或直接填写' };
    const fill = async (tx: Tx): Promise<number> => {
      const locked = await lockApplication(tx, crypto, id, rows);
      if (!locked || !isEditable(locked.state)) return context.fail('NOT_EDITABLE');
      const record = filledFrom(locked.record, paper, result.fields);
      const count = countGiven(record.sections.papers) - countGiven(locked.record.sections.papers);
      await saveFilled(desk, tx, locked, record, context.now);
      if (photo.reading === null) await keepReading(tx, crypto, photoId, result);
      await leaveFact(tx, context, id, 'elv.citizen.readPhoto', { photoId, fields: count });
      return count;
    };
    const read = await inTransaction(db, fill).catch((error: unknown) => {
      if (uniqueViolation(error) !== undefined) return context.fail('ALREADY_APPLIED');
      throw error;
    });
    return { ...(await ownView(desk, context, id)), read, message: result.message };
  };
};

/** Handlers of the photographs of one's own application. Source: tender R01, R62. */
export const ownPhotoHandlers = (desk: CitizenDesk): Handlers<PhotoOperations> => {
  const { db, crypto, files } = desk;
  return {
    addPhoto: addOne(desk),
    readPhoto: readOne(desk),
    removePhoto: async ({ id, photoId }, context) => {
      await inTransaction(db, async (tx) => {
        const locked = await lockApplication(tx, crypto, id, ownRows(desk, context));
        const photo = locked && (await findPhoto(tx, id, photoId));
        if (!locked || !photo) throw notFound();
        if (!isEditable(locked.state)) return context.fail('NOT_EDITABLE');
        await takeOut(tx, id, { id: photoId }, context.now);
        await saveFilled(desk, tx, locked, locked.record, context.now);
        await leaveFact(tx, context, id, 'elv.citizen.removePhoto', { part: photo.part, photoId, sm3: photo.sm3 });
      });
      return ownView(desk, context, id);
    },
    photoContent: async ({ id, photoId }, context) => {
      const found = await findApplication(db, crypto, id, ownRows(desk, context));
      const photo = found && (await findPhoto(db, id, photoId));
      const file = photo && (await findFile(db, photo.file_id));
      if (!file) throw notFound();
      return storedReply(files, file, false);
    },
  };
};

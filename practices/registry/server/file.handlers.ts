import { Failure, notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction, type Tx, uniqueViolation } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { addFile, findFile } from '#kernel/files/file.store.ts';
import { receiveUpload, storedReply } from '#kernel/files/over-calls.ts';
import type { ReceivedFile } from '#kernel/files/receive.ts';
import { findPlace } from '../model/profile.ts';
import type { RegistryContract } from '../model/registry.contract.ts';
import { bumpVersion, findStanding, lockStanding, type Standing } from './entry.store.ts';
import { accessRowOf } from './entry-access.ts';
import { leaveEntryFact } from './entry-facts.ts';
import { addFileRow, findFileByKey, findFileRow, takeOut } from './entry-file.store.ts';
import { rowsFor } from './entry-rows.ts';
import { fileViewOf, mayEdit, mayView } from './entry-view.ts';
import type { FileTable } from './registry.tables.ts';
import type { RegistryDesk } from './registry-desk.ts';

type FileContract = Pick<RegistryContract, 'addFile' | 'removeFile' | 'fileContent'>;

const rowOf = (
  received: ReceivedFile,
  { subject, now }: CallContext,
  place: { readonly entryId: string; readonly part: string; readonly key: string },
): FileTable => ({
  id: uuidv7(now),
  entry_id: place.entryId,
  part: place.part,
  upload_key: place.key,
  file_id: uuidv7(now),
  file_name: received.name,
  media_type: received.mediaType,
  size_bytes: String(received.sizeBytes),
  sm3: received.sm3,
  uploaded_at: now,
  operator_id: subject.id,
  operator_name: subject.name,
  removed_at: null,
  removed_by: null,
});

const editableBy = async (desk: RegistryDesk, tx: Tx | RegistryDesk['db'], row: Standing, context: CallContext) =>
  mayEdit(
    desk.access,
    desk.profile,
    context.subject,
    accessRowOf(row, await desk.organisations.find(tx, row.organisation_id)),
  );

const addOne =
  (desk: RegistryDesk): Handlers<FileContract>['addFile'] =>
  async ({ id, part, key }, context) => {
    const { profile, db } = desk;
    const { schema } = profile;
    const rows = await rowsFor(desk, context, 'edit');
    const standing = await findStanding(db, profile, id, rows);
    const place = findPlace(profile, part);
    const before = standing && (await findFileByKey(db, schema, id, key));
    // Whoever may upload may look at what they have uploaded.
    const viewOf = (row: FileTable) => fileViewOf(profile, row, { removable: true, viewable: true, fresh: true });
    const editable = standing && (await editableBy(desk, db, standing, context));
    if (!editable || !place || before) context.file?.stream.resume();
    if (!standing) throw notFound();
    if (!place) return context.fail('UNKNOWN_PART');
    if (!editable) return context.fail('NOT_EDITABLE');
    if (before) return viewOf(before);
    const received = await receiveUpload(desk.files, context);
    const row = rowOf(received, context, { entryId: id, part, key });
    try {
      await inTransaction(db, async (tx) => {
        const locked = await lockStanding(tx, profile, id, rows);
        // The state may have moved while the file was arriving.
        if (!locked || !(await editableBy(desk, tx, locked, context))) return context.fail('NOT_EDITABLE');
        await addFile(tx, received, { id: row.file_id, uploadedBy: context.subject.id, at: context.now });
        if (!place.many) await takeOut(tx, schema, id, { part }, context.subject.id, context.now);
        await addFileRow(tx, schema, row);
        await bumpVersion(tx, profile, id, locked.version + 1);
        await leaveEntryFact(tx, context, profile, id, 'addFile', { part, fileId: row.id, sm3: received.sm3 });
      });
    } catch (error) {
      // Where it is not certain that nothing was kept, the bytes stay: a row may speak of them.
      if (error instanceof Failure || uniqueViolation(error)) await desk.files.delete(received.storeKey);
      const first = uniqueViolation(error) ? await findFileByKey(db, schema, id, key) : undefined;
      if (first) return viewOf(first);
      throw error;
    }
    return viewOf(row);
  };

/** Handlers of attachments: upload, take out, look at. Source: tender R49. */
export const fileHandlers = (desk: RegistryDesk): Handlers<FileContract> => {
  const { profile, db, access, files, organisations } = desk;
  return {
    addFile: addOne(desk),
    removeFile: async ({ id, fileId }, context) => {
      const rows = await rowsFor(desk, context, 'edit');
      return inTransaction(db, async (tx) => {
        const locked = await lockStanding(tx, profile, id, rows);
        const file = locked && (await findFileRow(tx, profile.schema, id, fileId));
        if (!locked || !file) throw notFound();
        if (!(await editableBy(desk, tx, locked, context))) return context.fail('NOT_EDITABLE');
        await takeOut(tx, profile.schema, id, { id: fileId }, context.subject.id, context.now);
        const version = locked.version + 1;
        await bumpVersion(tx, profile, id, version);
        await leaveEntryFact(tx, context, profile, id, 'removeFile', { part: file.part, fileId, sm3: file.sm3 });
        return { version };
      });
    },
    fileContent: async ({ id, fileId }, context) => {
      const standing = await findStanding(db, profile, id, await rowsFor(desk, context, 'read'));
      const row = standing && (await findFileRow(db, profile.schema, id, fileId));
      const file = row && (await findFile(db, row.file_id));
      if (!standing || !row || !file) throw notFound();
      const organisation = await organisations.find(db, standing.organisation_id);
      const seen = accessRowOf(standing, organisation);
      if (!mayView(access, profile, context.subject, seen, row.part)) return context.fail('MASKED');
      const personal = findPlace(profile, row.part)?.personal !== false;
      if (personal) await context.leaveRead({ part: row.part, fileId });
      return storedReply(files, file, !personal);
    },
  };
};

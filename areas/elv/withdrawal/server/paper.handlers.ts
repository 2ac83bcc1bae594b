import { Failure, notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction, uniqueViolation } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { addFile, findFile } from '#kernel/files/file.store.ts';
import { receiveUpload, storedReply } from '#kernel/files/over-calls.ts';
import type { ReceivedFile } from '#kernel/files/receive.ts';
import type { withdrawalContract } from '../model/withdrawal.contract.ts';
import { paperPlaces } from '../model/withdrawal.fields.ts';
import { addPaperRow, findPaper, findPaperByKey, takeOut } from './paper.store.ts';
import { bumpVersion, findWithdrawal, lockWithdrawal } from './withdrawal.store.ts';
import type { PaperTable } from './withdrawal.tables.ts';
import { accessRowOf, mayViewPapers, rowsFor } from './withdrawal-access.ts';
import type { WithdrawalDesk } from './withdrawal-desk.ts';
import { leaveFact } from './withdrawal-facts.ts';
import { mayEdit, paperViewOf } from './withdrawal-view.ts';

type PaperContract = Pick<typeof withdrawalContract, 'addPaper' | 'removePaper' | 'paperContent'>;

const rowOf = (
  received: ReceivedFile,
  { subject, now }: CallContext,
  place: { readonly withdrawalId: string; readonly part: string; readonly key: string },
): PaperTable => ({
  id: uuidv7(now),
  withdrawal_id: place.withdrawalId,
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

// Whoever may upload may look at what they have uploaded.
const own = { removable: true, viewable: true } as const;

const addOne =
  (desk: WithdrawalDesk): Handlers<PaperContract>['addPaper'] =>
  async ({ id, part, key }, context) => {
    const { db, access } = desk;
    const { subject, now } = context;
    const rows = rowsFor(access, subject, 'edit');
    const found = await findWithdrawal(db, desk, id, rows);
    const place = paperPlaces.find((one) => one.part === part);
    const before = found && (await findPaperByKey(db, id, key));
    const editable = found && mayEdit(access, subject, accessRowOf(found.row));
    if (!editable || !place || before) context.file?.stream.resume();
    if (!found) throw notFound();
    if (!place) return context.fail('UNKNOWN_PART');
    if (!editable) return context.fail('NOT_EDITABLE');
    if (before) return paperViewOf(before, own);
    const received = await receiveUpload(desk.files, context);
    const row = rowOf(received, context, { withdrawalId: id, part, key });
    try {
      await inTransaction(db, async (tx) => {
        const locked = await lockWithdrawal(tx, desk, id, rows);
        // The state may have moved while the file was arriving.
        if (!locked || !mayEdit(access, subject, accessRowOf(locked.row))) return context.fail('NOT_EDITABLE');
        await addFile(tx, received, { id: row.file_id, uploadedBy: subject.id, at: now });
        if (!place.many) await takeOut(tx, id, { part }, subject.id, now);
        await addPaperRow(tx, row);
        await bumpVersion(tx, id, locked.version + 1);
        await leaveFact(tx, context, id, 'addPaper', { part, paperId: row.id, sm3: received.sm3 });
      });
    } catch (error) {
      // Where it is not certain that nothing was kept, the bytes stay: a row may speak of them.
      if (error instanceof Failure || uniqueViolation(error)) await desk.files.delete(received.storeKey);
      const first = uniqueViolation(error) ? await findPaperByKey(db, id, key) : undefined;
      if (first) return paperViewOf(first, own);
      throw error;
    }
    return paperViewOf(row, own);
  };

/** Handlers of the papers of an application: upload, take out, look at. Source: tender R08. */
export const paperHandlers = (desk: WithdrawalDesk): Handlers<PaperContract> => {
  const { db, access, files } = desk;
  return {
    addPaper: addOne(desk),
    removePaper: ({ id, paperId }, context) =>
      inTransaction(db, async (tx) => {
        const locked = await lockWithdrawal(tx, desk, id, rowsFor(access, context.subject, 'edit'));
        const paper = locked && (await findPaper(tx, id, paperId));
        if (!locked || !paper) throw notFound();
        if (!mayEdit(access, context.subject, accessRowOf(locked.row))) return context.fail('NOT_EDITABLE');
        await takeOut(tx, id, { id: paperId }, context.subject.id, context.now);
        const version = locked.version + 1;
        await bumpVersion(tx, id, version);
        await leaveFact(tx, context, id, 'removePaper', { part: paper.part, paperId, sm3: paper.sm3 });
        return { version };
      }),
    paperContent: async ({ id, paperId }, context) => {
      const found = await findWithdrawal(db, desk, id, rowsFor(access, context.subject, 'read'));
      const paper = found && (await findPaper(db, id, paperId));
      const file = paper && (await findFile(db, paper.file_id));
      if (!found || !paper || !file) throw notFound();
      if (!mayViewPapers(access, context.subject, accessRowOf(found.row))) return context.fail('MASKED');
      await context.leaveRead({ part: paper.part, paperId });
      return storedReply(files, file, false);
    },
  };
};

import { Failure, notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { addFile, findFile } from '#kernel/files/file.store.ts';
import { receiveUpload, storedReply } from '#kernel/files/over-calls.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { practitionerContract } from '../model/practitioner.contract.ts';
import { certificateDayFaults, certificateFields, trainingFields } from '../model/practitioner.fields.ts';
import { type CertificateValues, readTyped, type TrainingValues } from '../model/practitioner.values.ts';
import {
  addCertificate,
  addTraining,
  changeCertificate,
  listCertificates,
  markLatest,
  removeTraining,
} from './certificate.store.ts';
import {
  changePractitioner,
  type FoundPractitioner,
  findPractitioner,
  lockPractitioner,
} from './practitioner.store.ts';
import type { CertificateTable } from './practitioner.tables.ts';
import { accessRowOf, mayDo, rowsFor, viewsOf } from './practitioner-access.ts';
import type { PractitionerDesk } from './practitioner-desk.ts';
import { leaveFact } from './practitioner-facts.ts';
import { sealCertificateNo } from './practitioner-seal.ts';
import { readPractitioner } from './read-practitioner.ts';

type CertificateContract = Pick<
  typeof practitionerContract,
  'addCertificate' | 'removeCertificate' | 'attachCertificate' | 'certificateFile' | 'addTraining' | 'removeTraining'
>;

/** The person under lock while at work. Errors: throws what the caller is told otherwise. */
const atWork = async (
  { access }: PractitionerDesk,
  tx: Tx,
  context: CallContext<'LEFT'>,
  id: string,
): Promise<FoundPractitioner> => {
  const found = await lockPractitioner(tx, id, rowsFor(access, context.subject, 'edit'));
  if (!found) throw notFound();
  return found.left_on === null ? found : context.fail('LEFT');
};

const shortestReason = 4;

/** The row of a certificate entered now; which of its kind lapses last is said afterwards. */
export const certificateRow = async (
  { crypto }: Pick<PractitionerDesk, 'crypto'>,
  one: {
    readonly practitionerId: string;
    readonly key: string;
    readonly values: CertificateValues;
    readonly by: string;
    readonly at: Date;
  },
): Promise<CertificateTable> => {
  const id = uuidv7(one.at);
  const { kind, number, issuedOn, validUntil, issuer } = one.values;
  return {
    id,
    practitioner_id: one.practitionerId,
    entry_key: one.key,
    kind,
    number_sealed: await sealCertificateNo(crypto, id, number),
    issued_on: issuedOn,
    valid_until: validUntil,
    issuer,
    latest: true,
    warned_at: null,
    file_id: null,
    file_name: null,
    file_sm3: null,
    entered_by: one.by,
    entered_at: one.at,
    removed_at: null,
    removed_by: null,
  };
};

const enter =
  (desk: PractitionerDesk): Handlers<CertificateContract>['addCertificate'] =>
  async ({ id, key, values: typed }, context) => {
    const { subject, now } = context;
    await inTransaction(desk.db, async (tx) => {
      const found = await atWork(desk, tx, context, id);
      const { values, problems } = readTyped(certificateFields, typed);
      const days = certificateDayFaults(values, shanghaiDay(now)).map(({ field: path, message }) => ({
        path,
        message,
      }));
      if (problems.length + days.length > 0) return context.fail('FAULTY', { problems: [...problems, ...days] });
      // Every field was judged just above.
      const checked = { validUntil: null, ...values } as unknown as CertificateValues;
      const row = await certificateRow(desk, { practitionerId: id, key, values: checked, by: subject.id, at: now });
      // The same click twice is one certificate.
      if (!(await addCertificate(tx, row))) return;
      await markLatest(tx, id);
      await changePractitioner(tx, id);
      const { kind, issued_on: issuedOn, valid_until: validUntil } = row;
      await leaveFact(tx, context, found, 'addCertificate', { certificateId: row.id, kind, issuedOn, validUntil });
    });
    return readPractitioner(desk, context, id);
  };

const ownCertificate = async (tx: Tx, id: string, certificateId: string): Promise<CertificateTable> => {
  const one = (await listCertificates(tx, id)).find((certificate) => certificate.id === certificateId);
  if (!one) throw notFound();
  return one;
};

const attach =
  (desk: PractitionerDesk): Handlers<CertificateContract>['attachCertificate'] =>
  async ({ id, certificateId }, context) => {
    const { db, access } = desk;
    const there = await findPractitioner(db, id, rowsFor(access, context.subject, 'edit'));
    if (!there) {
      context.file?.stream.resume();
      throw notFound();
    }
    const received = await receiveUpload(desk.files, context);
    try {
      await inTransaction(db, async (tx) => {
        const found = await atWork(desk, tx, context, id);
        const before = await ownCertificate(tx, id, certificateId);
        const fileId = uuidv7(context.now);
        await addFile(tx, received, { id: fileId, uploadedBy: context.subject.id, at: context.now });
        await changeCertificate(tx, certificateId, {
          file_id: fileId,
          file_name: received.name,
          file_sm3: received.sm3,
        });
        await changePractitioner(tx, id);
        const replaced = before.file_sm3;
        await leaveFact(tx, context, found, 'attachCertificate', { certificateId, sm3: received.sm3, replaced });
      });
    } catch (error) {
      // Where it is not certain that nothing was kept, the bytes stay: a row may speak of them.
      if (error instanceof Failure) await desk.files.delete(received.storeKey);
      throw error;
    }
    return readPractitioner(desk, context, id);
  };

const look =
  (desk: PractitionerDesk): Handlers<CertificateContract>['certificateFile'] =>
  async ({ id, certificateId, reason }, context) => {
    const { db, access, files } = desk;
    const { subject } = context;
    const found = await findPractitioner(db, id, rowsFor(access, subject, 'read'));
    const one = found && (await listCertificates(db, id)).find((certificate) => certificate.id === certificateId);
    const file = one?.file_id ? await findFile(db, one.file_id) : undefined;
    if (!found || !file) throw notFound();
    const row = accessRowOf(found);
    const plain = viewsOf(access, subject, row)('certificateFile') === 'plain';
    const asked = mayDo(access, subject, 'reveal', row) && (reason ?? '').length >= shortestReason;
    if (!plain && !asked) return context.fail('MASKED');
    await context.leaveRead({ certificateId, ...(plain ? {} : { reason }) });
    return storedReply(files, file, false);
  };

const train =
  (desk: PractitionerDesk): Handlers<CertificateContract>['addTraining'] =>
  async ({ id, key, values: typed }, context) => {
    const { subject, now } = context;
    await inTransaction(desk.db, async (tx) => {
      const found = await atWork(desk, tx, context, id);
      const { values, problems } = readTyped(trainingFields, typed);
      const future =
        typeof values.heldOn === 'string' && values.heldOn > shanghaiDay(now)
          ? [{ path: 'heldOn', message: '培训日期不能晚于今天' }]
          : [];
      if (problems.length + future.length > 0) return context.fail('FAULTY', { problems: [...problems, ...future] });
      // Every field was judged just above.
      const { title, hours, heldOn, result } = values as unknown as TrainingValues;
      const made = { id: uuidv7(now), practitioner_id: id, entry_key: key, title, hours, held_on: heldOn, result };
      const by = { entered_by: subject.id, entered_at: now, removed_at: null, removed_by: null };
      if (!(await addTraining(tx, { ...made, ...by }))) return;
      await changePractitioner(tx, id);
      await leaveFact(tx, context, found, 'addTraining', { trainingId: made.id, title, hours, heldOn, result });
    });
    return readPractitioner(desk, context, id);
  };

/** Handlers of certificates and trainings. What is taken out stays in the database. Source: tender T2.10. */
export const certificateHandlers = (desk: PractitionerDesk): Handlers<CertificateContract> => ({
  addCertificate: enter(desk),
  attachCertificate: attach(desk),
  certificateFile: look(desk),
  removeCertificate: async ({ id, certificateId }, context) => {
    await inTransaction(desk.db, async (tx) => {
      const found = await atWork(desk, tx, context, id);
      const { kind } = await ownCertificate(tx, id, certificateId);
      await changeCertificate(tx, certificateId, { removed_at: context.now, removed_by: context.subject.id });
      await markLatest(tx, id);
      await changePractitioner(tx, id);
      await leaveFact(tx, context, found, 'removeCertificate', { certificateId, kind });
    });
    return readPractitioner(desk, context, id);
  },
  addTraining: train(desk),
  removeTraining: async ({ id, trainingId }, context) => {
    await inTransaction(desk.db, async (tx) => {
      const found = await atWork(desk, tx, context, id);
      const title = await removeTraining(tx, id, trainingId, { at: context.now, id: context.subject.id });
      if (title === undefined) throw notFound();
      await changePractitioner(tx, id);
      await leaveFact(tx, context, found, 'removeTraining', { trainingId, title });
    });
    return readPractitioner(desk, context, id);
  },
});

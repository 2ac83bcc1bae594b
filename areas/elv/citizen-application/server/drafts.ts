import { appendFact } from '#kernel/audit/trail.store.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { releaseFile } from '#kernel/files/file.store.ts';
import { citizenApplication } from '../model/citizen-application.lifecycle.ts';
import { citizenApplicationPeriods } from '../model/citizen-application.periods.ts';
import type { CitizenApplication } from '../model/citizen-application.record.ts';
import { type FoundApplication, saveRecord } from './application.store.ts';
import type { CitizenDesk, CitizenParts } from './citizen-parts.ts';
import { dropDraft, dropPhotos, giveTime, listLapsed, listResting, lockLapsed, lockResting } from './draft.store.ts';

const atOnce = 50;

/** Until when a draft is kept that somebody fills in now. Source: assumption, adr/0044. */
export const draftKeptUntil = ({ settings }: Pick<CitizenParts, 'settings'>, now: Date, tx?: Tx): Promise<Date> =>
  settings.deadline(citizenApplicationPeriods.draft, now, tx);

/** Writes what was filled in; the application is kept for the time of a draft from then on. Errors: a unique violation where the citizen has another living application for the vehicle. */
export const saveFilled = async (
  desk: Pick<CitizenParts, 'crypto' | 'settings'>,
  tx: Tx,
  { id, version }: Pick<FoundApplication, 'id' | 'version'>,
  record: CitizenApplication,
  now: Date,
): Promise<void> => {
  await saveRecord(tx, desk.crypto, id, record, version + 1, await draftKeptUntil(desk, now, tx));
};

/** What is erased, and of how much: told to the log without a word of whom it was about. */
const leaveErased = async (
  tx: Tx,
  now: Date,
  {
    id,
    applicationNo,
    verb,
    files,
  }: Readonly<Record<'id' | 'applicationNo' | 'verb', string>> & { readonly files: readonly string[] },
): Promise<void> => {
  for (const file of files) await releaseFile(tx, file, now);
  await appendFact(tx, {
    at: now,
    kind: 'operation',
    action: `${citizenApplication.id}.${verb}`,
    actor: { id: 'system:erasing', name: '系统', organisationId: null, ip: '' },
    object: { type: citizenApplication.id, id },
    outcome: 'done',
    detail: { applicationNo, photographs: files.length },
    traceId: uuidv7(now),
  });
};

const eraseDraft = ({ db, clock }: CitizenDesk, id: string): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    const now = clock.now();
    const draft = await lockLapsed(tx, id, now);
    if (!draft) return false;
    const files = await dropDraft(tx, id);
    await leaveErased(tx, now, { id, applicationNo: draft.application_no, verb: 'eraseDraft', files });
    return true;
  });

const erasePhotographs = ({ db, clock }: CitizenDesk, id: string, before: Date): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    const now = clock.now();
    const found = await lockResting(tx, id, before, now);
    if (!found) return false;
    const files = await dropPhotos(tx, id);
    await leaveErased(tx, now, { id, applicationNo: found.application_no, verb: 'erasePhotographs', files });
    return true;
  });

/** Erases one after the other, part by part; one that cannot be erased keeps no other. Answers how many were. */
const eraseEach = async (
  { onFailure }: CitizenDesk,
  list: (after: string) => Promise<readonly string[]>,
  erase: (id: string) => Promise<boolean>,
): Promise<number> => {
  let erased = 0;
  for (let some = await list(''); some.length > 0; some = some.length < atOnce ? [] : await list(some.at(-1) ?? ''))
    for (const id of some)
      try {
        if (await erase(id)) erased += 1;
      } catch (error) {
        onFailure(error, { application: id });
      }
  return erased;
};

/**
 * Erases the drafts nobody went on with for their time, photographs and all, and the photographs of applications that were taken back, or not taken and not gone on
 * with for as long: those keep their row, steps and log. The bytes go within a day, as those of uploads that nobody took. Answers how many. Source: 个人信息保护法
 * 第四十七条; assumption, adr/0044.
 */
export const eraseDrafts = async (desk: CitizenDesk): Promise<number> => {
  const { db, clock } = desk;
  const now = clock.now();
  const keptUntil = await draftKeptUntil(desk, now);
  await giveTime(db, keptUntil);
  const before = new Date(2 * now.getTime() - keptUntil.getTime());
  const drafts = await eraseEach(
    desk,
    (after) => listLapsed(db, now, after, atOnce),
    (id) => eraseDraft(desk, id),
  );
  const photographs = await eraseEach(
    desk,
    (after) => listResting(db, before, now, after, atOnce),
    (id) => erasePhotographs(desk, id, before),
  );
  return drafts + photographs;
};

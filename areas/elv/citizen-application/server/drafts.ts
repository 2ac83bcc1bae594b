import { appendFact } from '#kernel/audit/trail.store.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { releaseFile } from '#kernel/files/file.store.ts';
import { citizenApplication } from '../model/citizen-application.lifecycle.ts';
import { citizenApplicationPeriods } from '../model/citizen-application.periods.ts';
import type { CitizenApplication } from '../model/citizen-application.record.ts';
import { type FoundApplication, saveRecord } from './application.store.ts';
import type { CitizenDesk, CitizenParts } from './citizen-parts.ts';
import { dropDraft, giveTime, listLapsed, lockLapsed } from './draft.store.ts';

const atOnce = 50;

/** Until when a draft is kept that somebody fills in now. Source: assumption, adr/0044. */
export const draftKeptUntil = ({ settings }: Pick<CitizenParts, 'settings'>, now: Date, tx?: Tx): Promise<Date> =>
  settings.deadline(citizenApplicationPeriods.draft, now, tx);

/** Writes what was filled in; a draft is kept for its time from then on. Errors: a unique violation where the citizen has another living application for the vehicle. */
export const saveFilled = async (
  desk: Pick<CitizenParts, 'crypto' | 'settings'>,
  tx: Tx,
  { id, state, version }: Pick<FoundApplication, 'id' | 'state' | 'version'>,
  record: CitizenApplication,
  now: Date,
): Promise<void> => {
  const keptUntil = state === citizenApplication.initial ? await draftKeptUntil(desk, now, tx) : undefined;
  await saveRecord(tx, desk.crypto, id, record, version + 1, keptUntil);
};

const eraseOne = ({ db, clock }: CitizenDesk, id: string): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    const now = clock.now();
    const draft = await lockLapsed(tx, id, now);
    if (!draft) return false;
    const files = await dropDraft(tx, id);
    for (const file of files) await releaseFile(tx, file, now);
    await appendFact(tx, {
      at: now,
      kind: 'operation',
      action: `${citizenApplication.id}.eraseDraft`,
      actor: { id: 'system:erasing', name: '系统', organisationId: null, ip: '' },
      object: { type: citizenApplication.id, id },
      outcome: 'done',
      detail: { applicationNo: draft.application_no, photographs: files.length },
      traceId: uuidv7(now),
    });
    return true;
  });

/**
 * Erases the drafts nobody went on with for their time, photographs and all; the bytes go within a day, as those of uploads that nobody took. One that cannot be
 * erased keeps no other. Answers how many were. Source: 个人信息保护法 第四十七条; assumption, adr/0044.
 */
export const eraseDrafts = async (desk: CitizenDesk): Promise<number> => {
  const { db, clock, onFailure } = desk;
  await giveTime(db, await draftKeptUntil(desk, clock.now()));
  let erased = 0;
  for (const id of await listLapsed(db, clock.now(), atOnce)) {
    try {
      if (await eraseOne(desk, id)) erased += 1;
    } catch (error) {
      onFailure(error, { application: id });
    }
  }
  return erased;
};

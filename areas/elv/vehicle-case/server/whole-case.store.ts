import type { Predicate } from '#kernel/access/predicate.ts';
import type { Inbox, InboxView } from '#kernel/connector/inbox.store.ts';
import type { Outbox, OutboxView } from '#kernel/connector/outbox.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { type Part, partOf, type RowsOf, readParts, type Told, tellParts } from '#kernel/db/parts.ts';
import { type Step, stepsPart } from '#kernel/lifecycle/step.store.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { referencePart } from './case-reference.store.ts';
import { type CheckRow, checkFactsPart, checksPart, openChecks } from './check.store.ts';
import { openPhotos, type PhotoRow, photosPart, readingStatesPart } from './photo.store.ts';
import { assembled, type Beside, type LoadedCase, rowWithin } from './vehicle-case.store.ts';
import type { CaseTable, PhotoTable } from './vehicle-case.tables.ts';

const rowPart = (db: Db | Tx, id: string, rows: Predicate): Part<CaseTable> =>
  partOf(
    rowWithin(db, id, rows).selectAll(),
    { opened_at: 'time', state_since: 'time', deadline_at: 'time', held_since: 'time', held_deadline: 'time' },
    (row) => row,
  );

/** All there is to see of a case. */
export interface WholeCase {
  readonly loaded: LoadedCase;
  readonly photos: readonly PhotoRow[];
  readonly checks: readonly CheckRow[];
  readonly steps: readonly Step[];
  readonly sent: readonly OutboxView[];
  readonly received: readonly InboxView[];
  /** The enterprise's own number, where its system opened the case. */
  readonly reference: string | null;
}

/** What is read with a case of the messages about it. */
export interface CaseMessages {
  readonly outbox: Pick<Outbox, 'ofCase'>;
  readonly inbox: Pick<Inbox, 'ofCase'>;
}

const wholeParts = (db: Db, { outbox, inbox }: CaseMessages, id: string, rows: Predicate) => ({
  rows: rowPart(db, id, rows),
  photos: photosPart(db, id),
  checks: checksPart(db, id),
  steps: stepsPart(db, vehicleCase.id, id),
  sent: outbox.ofCase(db, vehicleCase.id, id),
  received: inbox.ofCase(db, vehicleCase.id, id),
  references: referencePart(db, id),
});

/** All rows of a case as of one moment; none of the case itself where it is not within the rows the asker may see. */
export const tellWholeCase = (
  db: Db,
  messages: CaseMessages,
  id: string,
  rows: Predicate,
): Promise<Told<ReturnType<typeof wholeParts>>> => tellParts(db, wholeParts(db, messages, id, rows));

/** Opens what was told of a case; undefined where there was none. */
export const openWholeCase = async (
  crypto: Crypto,
  all: RowsOf<ReturnType<typeof wholeParts>>,
): Promise<WholeCase | undefined> => {
  const [row] = all.rows;
  if (!row) return undefined;
  const [photos, checks, loaded] = await Promise.all([
    openPhotos(crypto, all.photos),
    openChecks(crypto, all.checks),
    assembled(crypto, row, all),
  ]);
  return {
    loaded,
    photos,
    checks,
    steps: all.steps,
    sent: all.sent,
    received: all.received,
    reference: all.references[0]?.reference ?? null,
  };
};

/** What a page asks for again and again: where the case stands, and how everything does that comes by itself. */
export const findPulse = async (
  db: Db,
  { outbox, inbox }: CaseMessages,
  id: string,
  rows: Predicate,
): Promise<
  | {
      readonly standing: Pick<CaseTable, 'version' | 'state' | 'holds'>;
      readonly photos: readonly Pick<PhotoTable, 'id' | 'ocr_status'>[];
      readonly checks: Beside['checks'];
      readonly sent: readonly OutboxView[];
      readonly received: readonly InboxView[];
    }
  | undefined
> => {
  const { standings, ...rest } = await readParts(db, {
    standings: partOf(rowWithin(db, id, rows).select(['version', 'state', 'holds']), {}, (row) => row),
    photos: readingStatesPart(db, id),
    checks: checkFactsPart(db, id),
    sent: outbox.ofCase(db, vehicleCase.id, id),
    received: inbox.ofCase(db, vehicleCase.id, id),
  });
  const [standing] = standings;
  return standing && { standing, ...rest };
};

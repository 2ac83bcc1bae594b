import { buffer } from 'node:stream/consumers';
import { everyRow } from '#kernel/access/predicate.ts';
import type { Outbox } from '#kernel/connector/outbox.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { findFile } from '#kernel/files/file.store.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import { editableIn, widened } from '#kernel/lifecycle/lifecycle.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { PaperReader, PaperResult } from '#practices/paper-reading/model/paper-reading.ts';
import { PaperUnreadable } from '#practices/paper-reading/server/paper-reader.ts';
import { findPhotoPart } from '../model/photo-parts.ts';
import { sections } from '../model/vehicle-case.fields.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { VehicleCase } from '../model/vehicle-case.record.ts';
import { askQuestions } from './asking.ts';
import { findPhoto, keepReading, listPhotos, noteReading } from './photo.store.ts';
import { endReading, giveBackReadings, holdReadings, looseReadings, takeReading } from './reading-queue.store.ts';
import { readingsOf } from './readings.ts';
import { lockCase, saveRecord } from './vehicle-case.store.ts';

/** What reading needs. */
export interface ReadingParts {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly files: FileStore;
  readonly reader: PaperReader;
  readonly onFailure: (error: unknown) => void;
}

/** Reads papers one after another in the background and fills what nobody has typed. */
export interface ReadingRoom {
  /** Starts reading a photograph that waits for it, unless another process was faster. */
  start(caseId: string, photoId: string): void;
  /** How far each reading of this process is. */
  progress(): ReadonlyMap<string, number>;
  /** Keeps in hand what is being read, and starts what nobody has in hand, such as what a killed process was at. */
  round(): Promise<void>;
  /** Begins nothing any more and gives back what is being read or waits for its turn: another process, or the next one, begins it anew at once. */
  stop(): Promise<void>;
  /** Resolves when nothing is being read, or what was has been given back. */
  idle(): Promise<void>;
}

const surely = 0.6;

/** So long a reading stays in hand without a word. Longer than several rounds. */
const heldMs = 40_000;
/** So many left ones are started in a round. */
const mostStarted = 50;

/** Fills empty fields of editable sections with what was read; what a person typed is never touched. Source: domain 9.8. */
const filledFrom = (
  record: VehicleCase,
  photos: Parameters<typeof readingsOf>[1],
  editable: readonly string[],
): VehicleCase => {
  const changed = { ...record.sections };
  for (const id of ['papers', 'owner', 'agent', 'collection'] as const) {
    if (!editable.includes(id)) continue;
    const draft = { ...changed[id] };
    for (const [name, { value, confidence }] of Object.entries(readingsOf(id, photos))) {
      const field = sections[id].fields[name];
      const empty = draft[name] === undefined || draft[name] === null || draft[name] === '';
      const parsed = field?.schema.safeParse(value);
      if (empty && confidence >= surely && parsed?.success) draft[name] = parsed.data;
    }
    changed[id] = draft;
  }
  return { ...record, sections: changed };
};

const keep = async (
  tx: Tx,
  parts: ReadingParts,
  caseId: string,
  photoId: string,
  result: PaperResult,
): Promise<void> => {
  const loaded = await lockCase(tx, parts.crypto, caseId, everyRow);
  await endReading(tx, photoId);
  if (!loaded) return;
  await keepReading(tx, parts.crypto, photoId, result.enough ? 'done' : 'too-few', result.message, result.fields);
  const editable = editableIn(widened(vehicleCase), loaded.snapshot);
  const record = filledFrom(loaded.snapshot.record, await listPhotos(tx, parts.crypto, caseId), editable);
  if (JSON.stringify(record.sections) === JSON.stringify(loaded.snapshot.record.sections)) return;
  await saveRecord(tx, parts.crypto, caseId, record, loaded.snapshot.version + 1);
  const { case_no: caseNo, enterprise_code: enterpriseCode } = loaded.row;
  const { checks } = loaded.beside;
  await askQuestions(
    parts.outbox,
    {
      tx,
      crypto: parts.crypto,
      caseId,
      caseNo,
      record,
      checks,
      enterpriseCode,
      now: parts.clock.now(),
      traceId: photoId,
    },
    'new',
  );
};

const readOne = async (
  parts: ReadingParts,
  caseId: string,
  photoId: string,
  onProgress: (fraction: number) => void,
): Promise<void> => {
  const { db, crypto, files, reader } = parts;
  const photo = await findPhoto(db, crypto, caseId, photoId);
  const paper = photo && findPhotoPart(photo.part)?.paper;
  const file = photo && (await findFile(db, photo.file_id));
  if (!photo || !paper || !file) return endReading(db, photoId);
  await noteReading(db, photoId, 'reading', null);
  const result = await reader.read(paper, async () => buffer(await files.get(file.storeKey)), onProgress);
  await inTransaction(db, (tx) => keep(tx, parts, caseId, photoId, result));
};

/** Opens the reading room. Readings run side by side here; the reader itself takes one at a time. */
export const readingRoom = (parts: ReadingParts): ReadingRoom => {
  const progress = new Map<string, number>();
  const running = new Set<Promise<void>>();
  let stopping = false;
  const until = (): Date => new Date(parts.clock.now().getTime() + heldMs);
  const run = async (caseId: string, photoId: string): Promise<void> => {
    progress.set(photoId, 0);
    let taken = false;
    try {
      taken = await takeReading(parts.db, photoId, parts.clock.now(), until());
      if (taken) await readOne(parts, caseId, photoId, (fraction) => progress.set(photoId, fraction));
    } catch (error) {
      // Given back already; the reader was taken away from it.
      if (stopping) return;
      parts.onFailure(error);
      // What could not even be taken in hand waits for the next round, or is with somebody else.
      if (!taken) return;
      const why = error instanceof PaperUnreadable ? error.message : '没有识别成功，可以重新识别，或直接手工填写';
      await inTransaction(parts.db, async (tx) => {
        await noteReading(tx, photoId, 'failed', why);
        await endReading(tx, photoId);
      }).catch(parts.onFailure);
    } finally {
      progress.delete(photoId);
    }
  };
  const start = (caseId: string, photoId: string): void => {
    if (stopping || progress.has(photoId)) return;
    const one = run(caseId, photoId).finally(() => running.delete(one));
    running.add(one);
  };
  return {
    start,
    progress: () => progress,
    round: async () => {
      await holdReadings(parts.db, [...progress.keys()], until());
      for (const { photoId, caseId } of await looseReadings(parts.db, parts.clock.now(), mostStarted))
        start(caseId, photoId);
    },
    stop: async () => {
      stopping = true;
      await giveBackReadings(parts.db, [...progress.keys()]);
    },
    idle: async () => {
      while (running.size > 0 && !stopping) await Promise.all(running);
    },
  };
};

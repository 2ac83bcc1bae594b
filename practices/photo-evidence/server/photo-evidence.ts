import { buffer } from 'node:stream/consumers';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { findFile } from '#kernel/files/file.store.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { EvidenceProfile } from '../model/evidence-profile.ts';
import { mostFindings } from '../model/finding.ts';
import type { Fingerprint } from '../model/fingerprint.ts';
import { PictureBroken, type PictureLooker, type PictureSeen } from '../model/picture-seen.ts';
import {
  keepSeen,
  listAtStage,
  type NotedPhoto,
  noteCompared,
  noteLook,
  notePhoto,
  noteTry,
  takePhoto,
} from './evidence.store.ts';
import type { EvidenceTable, FindingTable } from './evidence.tables.ts';
import { addFinding } from './finding.store.ts';
import { findNear, findSame, findTurned, type Repeat } from './near-search.store.ts';

/** What photographs as evidence work with. */
export interface EvidenceParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly files: FileStore;
  readonly looker: PictureLooker;
  readonly profile: EvidenceProfile;
  /** What follows from repeats of a matter's photograph that were not known before, in the transaction that keeps them. */
  readonly onFound: (tx: Tx, matterId: string, findings: readonly FindingTable[]) => Promise<void>;
  readonly onFailure: (error: unknown, about?: object) => void;
}

/** Photographs as evidence: looked at after they have arrived, and compared with all others. */
export interface PhotoEvidence {
  /** Notes a photograph, in the transaction it arrives in; one that no rule is for is passed over. */
  note(tx: Tx, photo: NotedPhoto): Promise<void>;
  /** Looks at what waits until nothing does, or the signal says to stop. Several processes may do so side by side. */
  round(stopping?: AbortSignal): Promise<void>;
}

const atOnce = 25;
/** So long a photograph stays in hand; a looker is given up after a minute. */
const heldMs = 180_000;
/** A picture over which the looker was lost so often is not tried again: it would be lost over it for ever. */
const mostLosses = 3;

/** Null for what is no picture, or none that can be looked at. Errors: rejects when the file cannot be had now, or the looker was lost. */
const seenOf = async (
  { db, files, looker, profile }: EvidenceParts,
  row: EvidenceTable,
): Promise<PictureSeen | null> => {
  const file = await findFile(db, row.file_id);
  if (!file?.mediaType.startsWith('image/')) return null;
  if (row.losses >= mostLosses) return null;
  const bytes = await buffer(await files.get(file.storeKey));
  await noteLook(db, profile.schema, row.id);
  try {
    const seen = await looker.look(bytes);
    return profile.repeatRule(row.part) === 'alike' ? seen : { ...seen, fingerprint: null, turned: [] };
  } catch (error) {
    if (error instanceof PictureBroken) return null;
    throw error;
  }
};

/**
 * Does something with each photograph at a stage that is free, taking it in hand first; answers with how many it was done. What fails waits behind the others, what
 * a lost process was at until its time in hand is over.
 */
const eachAt = async (
  { db, clock, profile, onFailure }: EvidenceParts,
  stage: 'waiting' | 'seen',
  work: (row: EvidenceTable) => Promise<void>,
): Promise<number> => {
  let done = 0;
  for (const row of await listAtStage(db, profile.schema, stage, { now: clock.now(), most: atOnce })) {
    const now = clock.now();
    if (!(await takePhoto(db, profile.schema, row, { now, held: new Date(now.getTime() + heldMs) }))) continue;
    try {
      await work(row);
      done += 1;
    } catch (error) {
      onFailure(error, { photo: row.id });
      await noteTry(db, profile.schema, row.id);
    }
  }
  return done;
};

const fingerprintIn = ({ band0, band1, band2, band3, fine }: EvidenceTable) =>
  band0 === null || band1 === null || band2 === null || band3 === null || fine === null
    ? null
    : { bands: [band0, band1, band2, band3] as const, fine };

/** Its prints as they would be turned, kept until it has been compared. */
const turnedIn = ({ turned }: EvidenceTable): readonly Fingerprint[] =>
  // Written by this program only.
  turned === null ? [] : (JSON.parse(turned) as readonly Fingerprint[]);

/** The repeats of a photograph in other matters: the very same file first, then what stands in the same place, as it lies or turned, then the rest, each the nearest first. */
const repeatsOf = async ({ db, profile }: EvidenceParts, row: EvidenceTable): Promise<readonly Repeat[]> => {
  const same = await findSame(db, profile.schema, row.matter_id, row.sm3);
  const fingerprint = fingerprintIn(row);
  const near = fingerprint ? await findNear(db, profile.schema, row.matter_id, fingerprint) : [];
  const turned = await findTurned(db, profile.schema, row.matter_id, turnedIn(row));
  const rank = ({ kind, part }: Repeat): number =>
    kind === 'same' ? 0 : (part === row.part ? 1_000 : 3_000) + (kind === 'turned' ? 1_000 : 0);
  // Of one photograph the surest is kept: what is near as it lies may be near mirrored too.
  return [...new Map([...turned, ...near, ...same].map((one) => [one.id, one])).values()]
    .sort((one, other) => rank(one) + (one.distance ?? 0) - rank(other) - (other.distance ?? 0))
    .slice(0, mostFindings);
};

const findingOf = (row: EvidenceTable, repeat: Repeat, now: Date): FindingTable => {
  const own = { photo: row.id, matter: row.matter_id, part: row.part };
  const other = { photo: repeat.id, matter: repeat.matterId, part: repeat.part };
  const [a, b] = own.photo < other.photo ? [own, other] : [other, own];
  return {
    id: uuidv7(now),
    kind: repeat.kind,
    distance: repeat.distance,
    photo_a: a.photo,
    matter_a: a.matter,
    part_a: a.part,
    photo_b: b.photo,
    matter_b: b.matter,
    part_b: b.part,
    found_at: now,
    set_aside_at: null,
    set_aside_by: null,
    set_aside_name: null,
    set_aside_reason: null,
  };
};

/**
 * Compares a photograph whose own print is kept and seen by others already: of two that are compared at the same time, the one whose print was kept later finds
 * the other, and the key of the pair lets both find it once.
 */
const compare = async (parts: EvidenceParts, row: EvidenceTable): Promise<void> => {
  const { db, clock, profile, onFound } = parts;
  const now = clock.now();
  const found = (await repeatsOf(parts, row)).map((repeat) => findingOf(row, repeat, now));
  // Everybody keeps pairs in one order, so that nobody waits for somebody who waits for them.
  const inOrder = found.sort((one, other) =>
    `${one.photo_a}${one.photo_b}` < `${other.photo_a}${other.photo_b}` ? -1 : 1,
  );
  await inTransaction(db, async (tx) => {
    const fresh: FindingTable[] = [];
    for (const finding of inOrder) if (await addFinding(tx, profile.schema, finding)) fresh.push(finding);
    if (fresh.length > 0) await onFound(tx, row.matter_id, fresh);
    await noteCompared(tx, profile.schema, row.id);
  });
};

/** See {@link PhotoEvidence}. Source: domain 2.6 (PHOTO_REUSE); tender R03, R04. */
export const photoEvidenceOf = (parts: EvidenceParts): PhotoEvidence => {
  let going: Promise<void> | undefined;
  const work = async (stopping?: AbortSignal): Promise<void> => {
    while (!stopping?.aborted) {
      const looked = await eachAt(parts, 'waiting', async (row) =>
        keepSeen(parts.db, parts.profile.schema, row.id, await seenOf(parts, row)),
      );
      const compared = await eachAt(parts, 'seen', (row) => compare(parts, row));
      if (looked + compared === 0) return;
    }
  };
  return {
    note: async (tx, photo) => {
      if (parts.profile.repeatRule(photo.part) !== 'none') await notePhoto(tx, parts.profile.schema, photo);
    },
    round: (stopping) => {
      going ??= work(stopping).finally(() => {
        going = undefined;
      });
      return going;
    },
  };
};

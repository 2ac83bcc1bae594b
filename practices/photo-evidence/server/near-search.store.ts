import type { Db } from '#kernel/db/database.ts';
import {
  coarseAtMost,
  coarseDistance,
  type Fingerprint,
  fineAtMost,
  fineDistance,
  probesOf,
} from '../model/fingerprint.ts';
import { tablesOf } from './evidence.store.ts';
import type { EvidenceTable } from './evidence.tables.ts';

/** A photograph that is the same or nearly so; `turned`: nearly so where one of them is mirrored or turned. `distance`: differing bits of 256, null for the same file. */
export interface Repeat {
  readonly id: string;
  readonly kind: 'same' | 'near' | 'turned';
  readonly matterId: string;
  readonly part: string;
  readonly distance: number | null;
}

/** The bands of a print, as they stand in an index. */
type BandRow = Pick<EvidenceTable, 'band0' | 'band1' | 'band2' | 'band3'>;

const columns = ['band0', 'band1', 'band2', 'band3'] as const;

/** More different prints than these are not followed up for one photograph: the nearest are. */
const mostPrints = 200;
/** More different prints than these are not read of one band, in the order of its index: where pictures are any, ten million of them bring 2,600. */
const mostOfBand = 20_000;
/** More photographs of one print, or of one file, are not looked at. */
const mostOfOne = 50;

const bandsOf = (row: BandRow): Fingerprint['bands'] => [
  row.band0 ?? 0,
  row.band1 ?? 0,
  row.band2 ?? 0,
  row.band3 ?? 0,
];

/** The different prints within the distance, from the indexes of the bands alone; the nearest first. */
const nearPrints = async (
  db: Db,
  schema: string,
  bands: Fingerprint['bands'],
): Promise<readonly Fingerprint['bands'][]> => {
  const found = new Map<string, Fingerprint['bands']>();
  for (const [at, column] of columns.entries()) {
    const rows = await tablesOf(db, schema)
      .selectFrom('photo_evidence')
      .select(columns)
      .distinct()
      .where(column, 'in', probesOf(bands[at] ?? 0))
      .orderBy(column)
      .orderBy('band0')
      .orderBy('band1')
      .orderBy('band2')
      .orderBy('band3')
      .limit(mostOfBand)
      .execute();
    for (const row of rows) {
      const other = bandsOf(row);
      if (coarseDistance(bands, other) <= coarseAtMost) found.set(other.join(), other);
    }
  }
  return [...found.values()]
    .sort((one, other) => coarseDistance(bands, one) - coarseDistance(bands, other))
    .slice(0, mostPrints);
};

/**
 * Photographs of other matters that look nearly the same, the nearest first. Every print within {@link coarseAtMost} is found (see {@link probesOf}), and of those each is kept whose fine print is within
 * {@link fineAtMost}.
 */
export const findNear = async (
  db: Db,
  schema: string,
  matterId: string,
  { bands, fine }: Fingerprint,
): Promise<readonly Repeat[]> => {
  const repeats: Repeat[] = [];
  for (const [band0, band1, band2, band3] of await nearPrints(db, schema, bands)) {
    const rows = await tablesOf(db, schema)
      .selectFrom('photo_evidence')
      .select(['id', 'matter_id', 'part', 'fine'])
      .where('band0', '=', band0)
      .where('band1', '=', band1)
      .where('band2', '=', band2)
      .where('band3', '=', band3)
      .where('matter_id', '<>', matterId)
      .limit(mostOfOne)
      .execute();
    for (const row of rows) {
      const distance = fineDistance(fine, row.fine ?? '');
      if (distance <= fineAtMost)
        repeats.push({ id: row.id, kind: 'near', matterId: row.matter_id, part: row.part, distance });
    }
  }
  return repeats.sort((one, other) => (one.distance ?? 0) - (other.distance ?? 0));
};

/** Photographs of other matters that look nearly the same as a picture would, mirrored or turned; `turned`: the prints it would have. See {@link findNear}. */
export const findTurned = async (
  db: Db,
  schema: string,
  matterId: string,
  turned: readonly Fingerprint[],
): Promise<readonly Repeat[]> => {
  const nearest = new Map<string, Repeat>();
  for (const print of turned)
    for (const one of await findNear(db, schema, matterId, print)) {
      const known = nearest.get(one.id);
      if (!known || (one.distance ?? 0) < (known.distance ?? 0)) nearest.set(one.id, { ...one, kind: 'turned' });
    }
  return [...nearest.values()];
};

/** Photographs of other matters that are the very same file. */
export const findSame = async (db: Db, schema: string, matterId: string, sm3: string): Promise<readonly Repeat[]> => {
  const rows = await tablesOf(db, schema)
    .selectFrom('photo_evidence')
    .select(['id', 'matter_id', 'part'])
    .where('sm3', '=', sm3)
    .where('matter_id', '<>', matterId)
    .limit(mostOfOne)
    .execute();
  return rows.map((row) => ({ id: row.id, kind: 'same', matterId: row.matter_id, part: row.part, distance: null }));
};

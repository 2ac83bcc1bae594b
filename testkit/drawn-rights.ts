import type { RowScope } from '#kernel/access/access.ts';
import type { Predicate } from '#kernel/access/predicate.ts';
import { Failure } from '#kernel/contract/failure.ts';

/** The yards whose rows are reached or not, and their districts. */
export const yardDistricts = { 'yard-1': '310115', 'yard-2': '310112', 'yard-3': '310114' } as const;

/** Whose rights are drawn anew: two people of yards in different districts, one of none. */
export const drawnPeople = [
  { userName: 'clerk1b', yard: 'yard-1', district: '310115' },
  { userName: 'clerk3', yard: 'yard-3', district: '310114' },
  { userName: 'observer1', yard: null, district: null },
] as const;

/** Somebody whose rights are drawn. */
export interface DrawnPerson {
  readonly userName: string;
  readonly yard: string | null;
  readonly district: string | null;
}

/** A row as a test knows it, from who made it. */
export interface KnownRow {
  readonly organisation: string;
  readonly district: string;
  readonly owner: string;
  readonly state?: string;
}

/** A row that a demo person of the yard made. */
export const rowOfYard = (userName: string, organisation: keyof typeof yardDistricts): KnownRow => ({
  organisation,
  district: yardDistricts[organisation],
  owner: `demo-${userName}`,
});

const fits = (where: Predicate, row: KnownRow): boolean => {
  if ('all' in where) return where.all.every((part) => fits(part, row));
  if ('any' in where) return where.any.some((part) => fits(part, row));
  if ('not' in where) return !fits(where.not, row);
  return Object.entries(row).some(([field, value]) => field === where.field && where.in.includes(value));
};

/** Whether a grant of these rows reaches the row: worked out from what was drawn and from nothing of the product. */
export const reaches = (rows: RowScope, person: DrawnPerson, row: KnownRow): boolean => {
  if (rows === 'all') return true;
  if (rows === 'own') return row.owner === `demo-${person.userName}`;
  if (rows === 'own-organisation') return row.organisation === person.yard;
  if (rows === 'own-district') return row.district === person.district;
  // Nobody is assigned to anything in these tests.
  if (rows === 'assigned') return false;
  return 'districts' in rows ? rows.districts.includes(row.district) : fits(rows.where, row);
};

/** The status a call was answered with. Errors: throws what is no answer. */
export const statusOf = async (work: Promise<unknown>): Promise<number> => {
  try {
    await work;
    return 200;
  } catch (error) {
    if (error instanceof Failure) return error.status;
    throw error;
  }
};

/** Whether an answer tells that the row was reached; 403 stands where not even the permission is held. */
export const reached = (status: number): boolean => status !== 404 && status !== 403;

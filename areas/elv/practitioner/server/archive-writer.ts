import { canonical } from '#kernel/audit/canonical.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { inTransaction, type Tx } from '#kernel/db/database.ts';
import { listMoves } from '#kernel/lifecycle/step.store.ts';
import { endOfShanghaiDay, shanghaiDay } from '#kernel/time/shanghai.ts';
import type { ArchiveContent, ArchivePart } from '../model/archive.ts';
import { natureOf } from '../model/conduct.fields.ts';
import { type ConductRecord, conduct, standingStates } from '../model/conduct.lifecycle.ts';
import {
  type ArchiveMatter,
  addArchives,
  firstEntered,
  lockYear,
  matterOf,
  noteWritten,
  peopleWithout,
  type YearSpan,
  yearsDone,
} from './archive.store.ts';
import type { ArchiveTable, PractitionerTable } from './practitioner.tables.ts';
import type { PractitionerParts } from './practitioner-desk.ts';
import { openConduct } from './practitioner-seal.ts';

/** So many people's archives are one transaction. */
const atOnce = 500;

/** What the log calls the writing of a year's archives. */
export const archiveTitle = { id: 'elv.practitioner.archive', title: '建立从业人员年度诚信档案' };

const spanOf = (year: number): YearSpan => ({
  year,
  first: `${year}-01-01`,
  last: `${year}-12-31`,
  begins: new Date(endOfShanghaiDay(`${year - 1}-12-31`).getTime() + 1),
  ends: endOfShanghaiDay(`${year}-12-31`),
});

/** A conduct record as it stood at an instant. */
interface StoodConduct {
  readonly practitionerId: string;
  readonly kind: string;
  readonly state: string;
}

/** Told by its steps, because it may have been decided since. */
const stoodAt = async (
  tx: Tx,
  crypto: Crypto,
  { conducts }: ArchiveMatter,
  { ends }: YearSpan,
): Promise<readonly StoodConduct[]> => {
  const moves = await listMoves(
    tx,
    conduct.id,
    conducts.map(({ id }) => id),
  );
  const stood = async ({ id, practitioner_id: practitionerId, record }: ArchiveMatter['conducts'][number]) => {
    // Written by the conduct's store from this shape.
    const { facts, original } = JSON.parse(await openConduct(crypto, id, record)) as ConductRecord;
    const taken = moves.get(id) ?? [];
    const before = taken.filter(({ at }) => at <= ends);
    const correctedSince = taken.some(({ action, at }) => action === 'correct' && at > ends);
    const { kind } = correctedSince && original ? original : facts;
    return { practitionerId, kind, state: before.at(-1)?.toState ?? conduct.initial };
  };
  return Promise.all(conducts.map(stood));
};

const partOf = (
  person: PractitionerTable,
  matter: ArchiveMatter,
  conducts: readonly StoodConduct[],
  { ends, first }: YearSpan,
): ArchivePart => {
  const left = person.left_noted_at !== null && person.left_noted_at <= ends ? person.left_on : null;
  const standing = conducts.filter(({ state }) => standingStates.some((one) => one === state)).map(({ kind }) => kind);
  return {
    organisationId: person.organisation_id,
    organisationName: person.organisation_name,
    since: person.since,
    leftOn: left,
    posts: matter.posts
      .map(({ post, from_on: from, until_on: until, until_noted_at: noted }) => ({
        post,
        from,
        until: noted !== null && noted <= ends ? until : null,
      }))
      .filter(({ from, until }) => until === null || (until >= first && until >= from)),
    certificates: matter.certificates.map(({ kind, valid_until: validUntil }) => ({ kind, validUntil })),
    trainingHours: matter.trainings.reduce((sum, { hours }) => sum + hours, 0),
    good: standing.filter((kind) => natureOf(kind) === 'good').sort(),
    bad: standing.filter((kind) => natureOf(kind) === 'bad').sort(),
    disputed: conducts.filter(({ state }) => state === 'objected').length,
  };
};

const contentsOf = (
  personIds: readonly string[],
  matter: ArchiveMatter,
  conducts: readonly StoodConduct[],
  span: YearSpan,
): readonly ArchiveContent[] => {
  const byPerson = Map.groupBy(matter.people, ({ person_id }) => person_id);
  const of = <T extends { readonly practitioner_id: string }>(rows: readonly T[]) =>
    Map.groupBy(rows, ({ practitioner_id }) => practitioner_id);
  const [posts, certificates, trainings] = [of(matter.posts), of(matter.certificates), of(matter.trainings)];
  const conductsOf = Map.groupBy(conducts, ({ practitionerId }) => practitionerId);
  return personIds.map((personId) => ({
    form: 1,
    personId,
    year: span.year,
    parts: (byPerson.get(personId) ?? []).map((person) => {
      const own = {
        ...matter,
        posts: posts.get(person.id) ?? [],
        certificates: certificates.get(person.id) ?? [],
        trainings: trainings.get(person.id) ?? [],
      };
      return partOf(person, own, conductsOf.get(person.id) ?? [], span);
    }),
  }));
};

const writeSome = async ({ db, clock, crypto }: PractitionerParts, span: YearSpan): Promise<number> =>
  inTransaction(db, async (tx) => {
    if (!(await lockYear(tx, span.year))) return 0;
    const now = clock.now();
    const personIds = await peopleWithout(tx, span, atOnce);
    const matter = personIds.length === 0 ? undefined : await matterOf(tx, personIds, span);
    const contents = matter ? contentsOf(personIds, matter, await stoodAt(tx, crypto, matter, span), span) : [];
    const rows = contents.map((content): ArchiveTable => {
      const text = canonical(content);
      return { person_id: content.personId, year: span.year, written_at: now, content: text, sm3: sm3Hex(text) };
    });
    if (rows.length > 0) await addArchives(tx, rows);
    await noteWritten(tx, span.year, rows.length, rows.length < atOnce ? now : null);
    if (rows.length > 0)
      await appendFact(tx, {
        at: now,
        kind: 'operation',
        action: archiveTitle.id,
        actor: { id: 'system', name: '系统', organisationId: null, ip: '' },
        object: { type: 'elv.practitioner-archive', id: String(span.year) },
        outcome: 'done',
        // By the digest of all digests an archive that was altered or taken away is found.
        detail: { year: span.year, people: rows.length, sm3: sm3Hex(rows.map(({ sm3 }) => sm3).join('\n')) },
        traceId: `practitioner-archive-${span.year}`,
      });
    return rows.length;
  });

/**
 * Writes the archives of every year that has ended in Shanghai and is not written yet, part by part; answers how many. Years missed by an outage are written as they
 * stood when they ended, and what is written is never written again. Source: tender T2.10.
 */
export const writeArchives = async (parts: PractitionerParts, stopping?: AbortSignal): Promise<number> => {
  const entered = await firstEntered(parts.db);
  if (entered === null) return 0;
  const thisYear = Number(shanghaiDay(parts.clock.now()).slice(0, 4));
  const done = await yearsDone(parts.db);
  let written = 0;
  for (let year = Number(shanghaiDay(entered).slice(0, 4)); year < thisYear; year += 1) {
    for (let some = done.has(year) ? 0 : atOnce; some === atOnce && stopping?.aborted !== true; written += some)
      some = await writeSome(parts, spanOf(year));
  }
  return written;
};

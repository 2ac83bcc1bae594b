import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { shownValue } from '#kernel/fields/mask.ts';
import type { ArchiveContent } from '../model/archive.ts';
import { practitionerFields, sealedFields } from '../model/practitioner.fields.ts';
import type { ArchiveView, PractitionerView } from '../model/practitioner.views.ts';
import { listArchives } from './archive.store.ts';
import { listCertificates, listTrainings } from './certificate.store.ts';
import { conductViewsOf } from './conduct-view.ts';
import { type FoundPractitioner, findPractitioner, listPosts, workingElsewhere } from './practitioner.store.ts';
import type { ArchiveTable } from './practitioner.tables.ts';
import { accessRowOf, mayDo, mayToConduct, rowsFor, viewsOf } from './practitioner-access.ts';
import { type Days, daysOf, type PractitionerDesk } from './practitioner-desk.ts';
import { openNumber, openPerson } from './practitioner-seal.ts';
import { certificateViewOf, postViewsOf, trainingViewsOf } from './practitioner-view.ts';

/** What is entered of a person, in plain. */
export const plainOf = async (
  { crypto }: Pick<PractitionerDesk, 'crypto'>,
  found: FoundPractitioner,
): Promise<Readonly<Record<'name' | 'identityNo' | 'phone' | 'since', string>>> => ({
  ...(await openPerson(crypto, found.id, found.person_sealed)),
  identityNo: await openNumber(crypto, found.person_id, found.number_sealed),
  since: found.since,
});

/** An archive as its reader may see it; undefined where no part of it is theirs. */
const archiveViewOf = (
  { year, written_at, content, sm3 }: ArchiveTable,
  sees: (organisationId: string) => boolean,
  { usedSince }: Days,
): ArchiveView | undefined => {
  // Written by the archive writer from this shape; whether anybody else has written there since is told beside it.
  const { parts } = JSON.parse(content) as ArchiveContent;
  const own = parts.filter(({ organisationId }) => sees(organisationId));
  if (own.length === 0) return undefined;
  const conductShown = `${year}-12-31` >= usedSince;
  return {
    year,
    writtenAt: written_at.toISOString(),
    sm3,
    intact: sm3Hex(content) === sm3,
    conductShown,
    parts: conductShown ? own : own.map((part) => ({ ...part, good: [], bad: [], disputed: 0 })),
  };
};

/** Builds the page of a person for one reader. Errors: throws `notFound` for one whom the reader may not see. */
export const readPractitioner = async (
  desk: PractitionerDesk,
  context: Pick<CallContext, 'subject' | 'now'>,
  id: string,
): Promise<PractitionerView> => {
  const { db, access } = desk;
  const { subject, now } = context;
  const rows = rowsFor(access, subject, 'read');
  const found = await findPractitioner(db, id, rows);
  if (!found) throw notFound();
  const row = accessRowOf(found);
  const days = await daysOf(desk, now);
  const [plain, posts, certificates, trainings, conducts, archives, elsewhere] = await Promise.all([
    plainOf(desk, found),
    listPosts(db, id),
    listCertificates(db, id),
    listTrainings(db, id),
    conductViewsOf(desk, context, found, days),
    listArchives(db, found.person_id),
    workingElsewhere(db, found, rows),
  ]);
  const views = viewsOf(access, subject, row);
  const may = (verb: string): boolean => mayDo(access, subject, verb, row);
  // What a person was elsewhere is seen by whoever would see them there.
  const sees = (organisation: string): boolean => mayDo(access, subject, 'read', { ...row, id: null, organisation });
  return {
    id,
    version: found.version,
    organisationName: found.organisation_name,
    values: Object.fromEntries(
      sealedFields.map((field) => {
        const value = shownValue(practitionerFields[field], plain[field], views(field));
        return [field, typeof value === 'string' ? value : null];
      }),
    ),
    masked: sealedFields.filter((field) => views(field) !== 'plain'),
    post: found.post,
    since: found.since,
    leftOn: found.left_on,
    posts: postViewsOf(posts),
    certificates: await Promise.all(certificates.map((one) => certificateViewOf(desk, one, views, days))),
    trainings: trainingViewsOf(trainings),
    conducts,
    archives: archives.flatMap((one) => archiveViewOf(one, sees, days) ?? []),
    elsewhere:
      found.left_on === null
        ? elsewhere.map(({ organisation_name: organisationName, ...one }) => ({ ...one, organisationName }))
        : [],
    abilities: [
      ...(found.left_on === null && may('edit') ? (['edit'] as const) : []),
      ...(may('reveal') ? (['reveal'] as const) : []),
      ...(mayToConduct(access, subject, 'record', row) ? (['record'] as const) : []),
    ],
  };
};

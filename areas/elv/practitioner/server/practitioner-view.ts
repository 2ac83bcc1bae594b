import type { FieldView } from '#kernel/access/access.ts';
import { shownValue } from '#kernel/fields/mask.ts';
import {
  certificateFields,
  certificateKinds,
  posts,
  practitionerFields,
  titleIn,
  trainingResults,
} from '../model/practitioner.fields.ts';
import type { CertificateView, PractitionerRow, PractitionerView, Validity } from '../model/practitioner.views.ts';
import type { CertificateTable, PostTable, TrainingTable } from './practitioner.tables.ts';
import type { Days, PractitionerDesk } from './practitioner-desk.ts';
import type { ListedPractitioner } from './practitioner-list.store.ts';
import { openCertificateNo, openNumber, openPerson } from './practitioner-seal.ts';

type Views = (field: string) => FieldView;

const shown = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Numbers are never plain in lists: whoever needs one opens the person. */
const atMostMasked = (view: FieldView): FieldView => (view === 'plain' ? 'masked' : view);

/** A line of the list for one reader. */
export const rowViewOf = async (
  { crypto }: Pick<PractitionerDesk, 'crypto'>,
  row: ListedPractitioner,
  views: Views,
): Promise<PractitionerRow> => {
  const [person, number] = await Promise.all([
    openPerson(crypto, row.id, row.person_sealed),
    openNumber(crypto, row.person_id, row.number_sealed),
  ]);
  return {
    id: row.id,
    name: shown(shownValue(practitionerFields.name, person.name, views('name'))),
    identityNo: shown(shownValue(practitionerFields.identityNo, number, atMostMasked(views('identityNo')))),
    organisationName: row.organisation_name,
    postTitle: titleIn(posts, row.post),
    since: row.since,
    leftOn: row.left_on,
    lapsing: Number(row.lapsing),
    lapsed: Number(row.lapsed),
    good: Number(row.good),
    bad: Number(row.bad),
    disputed: Number(row.disputed),
  };
};

/** How a certificate stands on a day. */
export const validityOf = (
  { latest, valid_until: until }: Pick<CertificateTable, 'latest' | 'valid_until'>,
  { today, warnUntil }: Days,
): Validity => {
  if (!latest) return 'replaced';
  if (until === null || until > warnUntil) return 'valid';
  return until < today ? 'lapsed' : 'lapsing';
};

/** A certificate for one reader. */
export const certificateViewOf = async (
  { crypto }: Pick<PractitionerDesk, 'crypto'>,
  row: CertificateTable,
  views: Views,
  days: Days,
): Promise<CertificateView> => ({
  id: row.id,
  kindTitle: titleIn(certificateKinds, row.kind),
  number: shown(
    shownValue(
      certificateFields.number,
      await openCertificateNo(crypto, row.id, row.number_sealed),
      views('certificateNo'),
    ),
  ),
  issuedOn: row.issued_on,
  validUntil: row.valid_until,
  issuer: row.issuer,
  validity: validityOf(row, days),
  file:
    row.file_id === null
      ? null
      : { name: row.file_name ?? '', sm3: row.file_sm3 ?? '', viewable: views('certificateFile') === 'plain' },
});

/** Posts as the page lists them. */
export const postViewsOf = (rows: readonly PostTable[]): PractitionerView['posts'] =>
  rows
    // One that was replaced on its very first day was never held.
    .filter(({ from_on, until_on }) => until_on === null || until_on >= from_on)
    .map(({ id, post, from_on, until_on }) => ({ id, title: titleIn(posts, post), from: from_on, until: until_on }));

/** Trainings as the page lists them. */
export const trainingViewsOf = (rows: readonly TrainingTable[]): PractitionerView['trainings'] =>
  rows.map(({ id, title, hours, held_on, result }) => ({
    id,
    title,
    hours,
    heldOn: held_on,
    resultTitle: titleIn(trainingResults, result),
  }));

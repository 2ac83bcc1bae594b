import type { CaseView, ComparisonRow, FieldReading, SectionId } from '../../model/vehicle-case.views.ts';

const judgedAt: Readonly<Record<string, readonly SectionId[]>> = {
  deskReview: ['papers', 'owner', 'agent'],
  confirming: ['papers', 'owner', 'agent'],
  correctionReview: ['papers', 'owner', 'agent'],
  identityReview: ['papers', 'owner', 'agent'],
  identityConfirming: ['papers', 'owner', 'agent'],
  entryReview: ['tow', 'entry'],
  dismantleReview: ['dismantling', 'entry'],
};

/** The sections a review is about; their photographs come first. */
export const judgedSections = (state: string): readonly SectionId[] => judgedAt[state] ?? [];

/** Whether the review compares the papers with police data. */
export const comparesPapers = (state: string): boolean => judgedSections(state).includes('papers');

/** Compared fields, those that need a look first; the equal ones are folded away. */
export interface SortedRows {
  readonly open: readonly ComparisonRow[];
  readonly equal: readonly ComparisonRow[];
}

/** Sorts compared fields: differing before missing, equal apart. */
export const sortedRows = (rows: readonly ComparisonRow[]): SortedRows => {
  const rank = { different: 0, 'missing-entered': 1, 'missing-outside': 2, equal: 3 } as const;
  const open = rows.filter(({ verdict }) => verdict !== 'equal');
  return {
    open: [...open].sort((a, b) => rank[a.verdict] - rank[b.verdict]),
    equal: rows.filter(({ verdict }) => verdict === 'equal'),
  };
};

/** Where a compared field was read from, if OCR read it. */
export const readingOf = (
  view: Pick<CaseView, 'sections'>,
  row: Pick<ComparisonRow, 'section' | 'field'>,
): FieldReading | undefined => view.sections.find(({ id }) => id === row.section)?.readings[row.field];

/** What a reviewer should look at first, where papers are judged: the newest proof of another identity, else the first open row whose place on a photograph is known. */
export const firstToLookAt = (
  view: Pick<CaseView, 'state' | 'identity' | 'photos' | 'comparison' | 'sections'>,
): { readonly photoId: string; readonly box: FieldReading['box'] } | undefined => {
  const proof = view.identity && view.photos.findLast(({ part }) => part === 'identity-proof');
  if (proof) return { photoId: proof.id, box: null };
  const rows = view.comparison && comparesPapers(view.state) ? sortedRows(view.comparison.rows).open : [];
  for (const row of rows) {
    const reading = readingOf(view, row);
    if (reading) return { photoId: reading.photoId, box: reading.box };
  }
  return undefined;
};

/** What the yard put right in the round a review is about. */
export interface Revision {
  readonly changes: CaseView['timeline'][number]['changes'];
  /** Titles of the places whose photographs came in this round. */
  readonly photographs: readonly string[];
}

const handingIn: ReadonlySet<string> = new Set([
  'submit',
  'enter',
  'submitDismantling',
  'submitCorrection',
  'submitIdentity',
]);

/** What was put right since the case was returned; undefined where what is reviewed was handed in for the first time, and is looked at whole. */
export const revisionOf = ({
  timeline,
  photos,
  slots,
}: Pick<CaseView, 'timeline' | 'photos' | 'slots'>): Revision | undefined => {
  const moves = timeline.filter((step) => step.fromTitle !== step.toTitle).sort((a, b) => a.seq - b.seq);
  const at = moves.findLastIndex(({ action }) => handingIn.has(action));
  const [returned, handedIn] = [moves[at - 1], moves[at]];
  if (!handedIn || !(returned?.action.startsWith('return') || returned?.action === 'requestIdentity')) return undefined;
  const fresh = new Set(photos.filter(({ uploadedAt }) => uploadedAt > returned.at).map(({ part }) => part));
  return {
    changes: handedIn.changes,
    photographs: slots.filter(({ part }) => fresh.has(part)).map(({ title }) => title),
  };
};

import { placeMissedLabels } from './form-fit.ts';
import { findLabels } from './label-search.ts';
import { type Fragment, fragmentsOf, type LabelValue, readingsOf, valuesOf } from './label-values.ts';
import { combined, type LikelyValue, likelyValue } from './likely-value.ts';
import { type Run, runsOf, smudgesOf } from './page.ts';
import type { FormField, PaperForm } from './paper-form.ts';
import { readablePapers } from './paper-forms.ts';
import type { PaperResult, ReadingBox, ReadValue } from './paper-reading.ts';
import type { Sighting } from './text-piece.ts';

const boxOf = (fragments: readonly Fragment[], { width, height }: Sighting): ReadingBox | null => {
  const corners = fragments.flatMap(({ left, right, run }) => {
    const [a, b, c, d] = run.piece.corners;
    // A fragment is a part of its run: the corners are moved along the run's edges.
    const along = (from: typeof a, to: typeof a, x: number) => {
      const part = (x - run.left) / (run.right - run.left || 1);
      return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
    };
    return [along(a, b, left), along(a, b, right), along(d, c, left), along(d, c, right)];
  });
  if (corners.length === 0) return null;
  const within = (at: number): number => Math.min(1, Math.max(0, at));
  const [xs, ys] = [corners.map(({ x }) => within(x / width)), corners.map(({ y }) => within(y / height))];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
};

/** A value with the order in which it would be chosen among several of one field. */
interface Candidate extends ReadValue {
  readonly y: number;
}

const rounded = (confidence: number): number => Math.round(confidence * 1000) / 1000;

const candidateOf = (
  { value, sureness, share, proven }: LikelyValue,
  fragments: readonly Fragment[],
  likeness: number,
  sighting: Sighting,
): Candidate => {
  const confidence = proven ? share : share * sureness * (0.5 + 0.5 * likeness);
  return {
    value,
    confidence: rounded(Math.min(confidence, 0.999)),
    box: boxOf(fragments, sighting),
    y: fragments[0]?.y ?? 0,
  };
};

/** So many texts of one field are weighed against one another. */
const mostTexts = 60;

/** Of a label spread over its column (名　　称) only the last letters may have been seen, at the head of the value. */
const withoutLabelTail = (text: string, { label }: LabelValue, form: PaperForm): string => {
  if (!label.placed) return text;
  const texts = form.labels.find(({ id }) => id === label.id)?.texts ?? [];
  const tails = texts.flatMap((one) => [...one].map((_, at) => one.slice(at)));
  return text.slice(Math.max(0, ...tails.filter((tail) => text.startsWith(tail)).map((tail) => tail.length)));
};

/** The fields' texts may stand behind several labels; with every place of the first, the best of the others. */
const candidatesOf = (
  field: FormField,
  form: PaperForm,
  values: readonly LabelValue[],
  sighting: Sighting,
): readonly Candidate[] => {
  const [first, ...others] = field.labels;
  const behind = (id: string) => values.filter(({ label, fragments }) => label.id === id && fragments.length > 0);
  const rest = others.map((id) => behind(id)[0]);
  if (rest.includes(undefined)) return [];
  return behind(first).flatMap((value) => {
    const all = [value, ...rest.filter((one) => one !== undefined)];
    const fragments = all.flatMap((one) => one.fragments);
    const likeness = Math.min(...all.map(({ label }) => label.likeness));
    const parts = all.map((one) => {
      const texts = combined(one.fragments.map(readingsOf), mostTexts);
      return texts.map(({ text, share }) => ({ text: withoutLabelTail(text, one, form), share }));
    });
    const likely = likelyValue(field.understand, combined(parts, mostTexts));
    return likely ? [candidateOf(likely, fragments, likeness, sighting)] : [];
  });
};

const chosen = (field: FormField, candidates: readonly Candidate[]): Candidate | undefined => {
  const better = (one: Candidate, other: Candidate): boolean => {
    if (field.which === 'uppermost') return one.y < other.y;
    if (field.which === 'lowest') return one.y > other.y;
    return one.confidence > other.confidence;
  };
  return candidates.reduce<Candidate | undefined>((best, one) => (best && !better(one, best) ? best : one), undefined);
};

/** How far a value found without its label is believed. */
const withoutLabel = 0.6;

const anywhere = (field: FormField, fragments: readonly Fragment[], sighting: Sighting): Candidate | undefined => {
  if (!field.anywhere) return undefined;
  const candidates = fragments.flatMap((fragment) => {
    const likely = likelyValue(field.understand, readingsOf(fragment));
    const sound = likely && (likely.proven || likely.sureness === 1);
    return sound ? [candidateOf(likely, [fragment], withoutLabel, sighting)] : [];
  });
  return chosen(field, candidates);
};

/** How many different labels of a form are seen. */
const labelsSeen = (runs: readonly Run[], form: PaperForm): ReadonlySet<string> =>
  new Set(findLabels(runs, form.labels).map(({ id }) => id));

const otherForm = (runs: readonly Run[], form: PaperForm): PaperForm | undefined =>
  [...new Set(Object.values(readablePapers))].find(
    (other) => other !== form && labelsSeen(runs, other).size >= other.enoughLabels,
  );

const askAgain = (runs: readonly Run[], form: PaperForm, missed: readonly string[]): PaperResult => {
  const other = otherForm(runs, form);
  const message = other
    ? `这张照片像是${other.title}，没有认出${form.title}，请核对后重拍`
    : `没有认出${form.title}上的${missed.slice(0, 4).join('、')}${missed.length > 4 ? '等' : ''}，请重拍：四角入镜，文字清楚，不反光`;
  return { enough: false, message, fields: {} };
};

const fieldsOf = (form: PaperForm, runs: readonly Run[], sighting: Sighting): Readonly<Record<string, ReadValue>> => {
  const found = findLabels(runs, form.labels);
  const lengths = Object.fromEntries(form.labels.map(({ id, texts }) => [id, [...(texts[0] ?? '')].length]));
  const labels = [...found, ...placeMissedLabels(found, form.printings, lengths, runs)];
  const fragments = fragmentsOf(runs, labels, form.decor ?? []);
  const values = valuesOf(labels, fragments, form.labels);
  // What a smudge says counts only where nothing else stands.
  const smudged = valuesOf(labels, fragmentsOf(smudgesOf(sighting), [], []), form.labels).filter(
    ({ label }) => !values.some((value) => value.label.id === label.id && value.fragments.length > 0),
  );
  return Object.fromEntries(
    form.fields.flatMap((field) => {
      const best =
        chosen(field, candidatesOf(field, form, values, sighting)) ??
        (field.oneOfFew ? chosen(field, candidatesOf(field, form, smudged, sighting)) : undefined) ??
        anywhere(field, fragments, sighting);
      if (!best) return [];
      const { value, confidence, box } = best;
      return [[field.key, { value, confidence, box }]];
    }),
  );
};

/**
 * Makes a form's values of the text seen in a photograph: labels are anchors, what stands beside them are the values, the printed form
 * places labels that were not seen. With too few labels nothing is believed and another photograph is asked for.
 */
export const readPaper = (form: PaperForm, sighting: Sighting): PaperResult => {
  const runs = runsOf(sighting);
  const seen = labelsSeen(runs, form);
  if (seen.size < form.enoughLabels) {
    const missed = form.fields.filter(({ labels }) => !labels.every((id) => seen.has(id))).map(({ title }) => title);
    return askAgain(runs, form, missed);
  }
  return { enough: true, message: null, fields: fieldsOf(form, runs, sighting) };
};

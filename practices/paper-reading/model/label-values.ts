import type { FoundLabel } from './label-search.ts';
import type { Letter, Run } from './page.ts';
import type { FormLabel } from './paper-form.ts';
import type { Reading } from './text-piece.ts';

/** A part of a run that is no label: a value or a piece of one. */
export interface Fragment {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly height: number;
  readonly confidence: number;
  readonly run: Run;
  /** Which of the run's letters is its first. */
  readonly start: number;
}

/** The text that belongs to a label, in reading order. */
export interface LabelValue {
  readonly label: FoundLabel;
  readonly fragments: readonly Fragment[];
}

/** Latin words in small letters are the form's translation; values are written large but for their units. */
const isTranslation = (text: string): boolean => /^[A-Za-z' .]+$/.test(text) && /[a-z]{3}/.test(text);
const speaks = (text: string): boolean => /[\p{L}\p{N}-]/u.test(text);

const fragmentOf = (run: Run, letters: readonly Letter[]): Fragment => ({
  text: letters.map(({ text }) => text).join(''),
  left: letters[0]?.left ?? run.left,
  right: letters.at(-1)?.right ?? run.right,
  y: run.y,
  height: run.height,
  confidence: run.confidence,
  run,
  start: letters[0] ? run.letters.indexOf(letters[0]) : 0,
});

/** The chance that every letter of a run is right, from the mean certainty of its letters. */
export const allRight = ({ confidence, letters }: Run): number => Math.max(0, 1 - (1 - confidence) * letters.length);

/** The ways a fragment may be read: those of its run that agree in what stands before and behind it. */
export const readingsOf = ({ text, run, start }: Fragment): readonly Reading[] => {
  const written = (from: number, to?: number): string =>
    run.letters
      .slice(from, to)
      .map((letter) => letter.text)
      .join('');
  const [before, behind] = [written(0, start), written(start + [...text].length)];
  const readings = (run.piece.readings ?? [])
    .filter((one) => one.text.startsWith(before) && one.text.endsWith(behind))
    .map(({ text: all, share }) => ({ text: all.slice(before.length, all.length - behind.length), share }));
  return readings.length > 0 ? readings : [{ text, share: allRight(run) }];
};

/** The share of a fragment another run must reach over to have seen its letters too; of the very letters at that run's edge less will do. */
const reachedOver = { any: 0.45, same: 0.15 };

/** Text boxes may reach over one another; letters seen twice belong to the run they are not at the edge of. */
const isEcho = (fragment: Fragment, runs: readonly Run[]): boolean =>
  [...fragment.text].length <= 2 &&
  runs.some((run) => {
    if (run === fragment.run || Math.abs(run.y - fragment.y) >= 0.5 * run.height) return false;
    const shared = Math.min(run.right, fragment.right) - Math.max(run.left, fragment.left);
    const text = run.letters.map((letter) => letter.text).join('');
    const isSame = text.startsWith(fragment.text) || text.endsWith(fragment.text);
    return shared > (isSame ? reachedOver.same : reachedOver.any) * (fragment.right - fragment.left);
  });

/** What the labels leave over of every run. */
export const fragmentsOf = (
  runs: readonly Run[],
  labels: readonly FoundLabel[],
  decor: readonly string[],
): readonly Fragment[] => {
  const taken = new Set(labels.flatMap(({ letters }) => [...letters]));
  return runs.flatMap((run) => {
    const parts: Letter[][] = [[]];
    for (const letter of run.letters) {
      if (taken.has(letter)) parts.push([]);
      else parts.at(-1)?.push(letter);
    }
    return parts
      .map((letters) => fragmentOf(run, letters))
      .filter(({ text }) => speaks(text) && !isTranslation(text) && !decor.some((one) => text.includes(one)))
      .filter((fragment) => !isEcho(fragment, runs));
  });
};

/** How far the printer's lines stand off the form's, as a share of a letter, by what stands beside labels. */
const usualOffset = (pairs: readonly { readonly label: FoundLabel; readonly fragment: Fragment }[]): number => {
  const offsets = pairs.map(({ label, fragment }) => (fragment.y - label.y) / label.height).sort((a, b) => a - b);
  return offsets.length < 3 ? 0 : (offsets[Math.floor(offsets.length / 2)] ?? 0);
};

/** Whether something stands wholly to the right of something else, overlapping a little at most. */
const isRightOf = (fragment: Fragment, label: FoundLabel): boolean => fragment.left > label.right - 0.7 * label.height;

/** The label a fragment stands beside: the nearest to its left on its line. */
const labelBeside = (fragment: Fragment, labels: readonly FoundLabel[], offset: number): FoundLabel | undefined => {
  const cost = (label: FoundLabel): number =>
    1.6 * Math.abs((fragment.y - label.y) / label.height - offset) +
    Math.max(0, fragment.left - label.right) / (9 * label.height);
  const near = (label: FoundLabel): boolean =>
    isRightOf(fragment, label) &&
    Math.abs(fragment.y - label.y - offset * label.height) < 0.95 * Math.max(label.height, fragment.height);
  return labels
    .filter(near)
    .reduce<FoundLabel | undefined>((best, one) => (best && cost(best) <= cost(one) ? best : one), undefined);
};

/** Letters that follow the label in its own run are its value, whatever stands nearer. */
const labelBefore = (fragment: Fragment, labels: readonly FoundLabel[]): FoundLabel | undefined =>
  labels
    .filter(({ letters }) => fragment.run.letters.some((letter) => letters.has(letter)))
    .filter((label) => label.right <= fragment.left + 0.2 * label.height)
    .sort((one, other) => other.right - one.right)[0];

const isContinuation = (fragment: Fragment, above: Fragment): boolean => {
  const step = fragment.y - above.y;
  return (
    step > 0.6 * above.height && step < 2.3 * above.height && Math.abs(fragment.left - above.left) < 2.2 * above.height
  );
};

const inReadingOrder = (fragments: readonly Fragment[]): readonly Fragment[] => {
  const lines: Fragment[][] = [];
  for (const fragment of [...fragments].sort((one, other) => one.y - other.y)) {
    const line = lines.at(-1);
    if (line?.[0] && fragment.y - line[0].y < 0.6 * fragment.height) line.push(fragment);
    else lines.push([fragment]);
  }
  return lines.flatMap((line) => line.sort((one, other) => one.left - other.left));
};

/** Gives every fragment to the label it belongs to: beside it, in the lines after that, or under it where the form prints so. */
export const valuesOf = (
  labels: readonly FoundLabel[],
  fragments: readonly Fragment[],
  kinds: readonly FormLabel[],
): readonly LabelValue[] => {
  const beside = (offset: number) =>
    fragments.flatMap((fragment) => {
      const label = labelBefore(fragment, labels) ?? labelBeside(fragment, labels, offset);
      return label ? [{ label, fragment }] : [];
    });
  const pairs = [...beside(usualOffset(beside(0)))];
  const free = new Set(fragments.filter((fragment) => !pairs.some((pair) => pair.fragment === fragment)));
  const kindOf = ({ id }: FoundLabel): FormLabel | undefined => kinds.find((kind) => kind.id === id);
  for (const fragment of [...free].sort((one, other) => one.y - other.y)) {
    const above = pairs.find((pair) => kindOf(pair.label)?.lines && isContinuation(fragment, pair.fragment));
    const over = labels.find(
      (label) =>
        kindOf(label)?.beneath &&
        fragment.y - label.y > 0.7 * label.height &&
        fragment.y - label.y < 2.6 * label.height &&
        Math.abs(fragment.left - label.left) < 2 * label.height,
    );
    const label = above?.label ?? over;
    if (label) pairs.push({ label, fragment });
  }
  return labels.map((label) => ({
    label,
    fragments: inReadingOrder(pairs.filter((pair) => pair.label === label).map((pair) => pair.fragment)),
  }));
};

import type { FoundLabel } from './label-search.ts';
import type { Letter, Run } from './page.ts';
import type { Printing } from './paper-form.ts';

/** Where a form's millimetres lie on the page: `x' = a x + b y + c`, `y' = d x + e y + f`. */
interface Placing {
  readonly across: readonly [number, number, number];
  readonly down: readonly [number, number, number];
}

interface Pair {
  readonly form: readonly [number, number];
  readonly page: readonly [number, number];
}

const determinant = (m: readonly (readonly number[])[]): number => {
  const [[a = 0, b = 0, c = 0] = [], [d = 0, e = 0, f = 0] = [], [g = 0, h = 0, i = 0] = []] = m;
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
};

/** Least squares of `target ≈ p x + q y + r` by Cramer's rule; undefined when the points lie on one line. */
const fitted = (pairs: readonly Pair[], target: 0 | 1): readonly [number, number, number] | undefined => {
  const rows = pairs.map(({ form: [x, y] }) => [x, y, 1]);
  const sum = (pick: (row: readonly number[], order: number) => number): number =>
    rows.reduce((total, row, order) => total + pick(row, order), 0);
  const normal = [0, 1, 2].map((i) => [0, 1, 2].map((j) => sum((row) => (row[i] ?? 0) * (row[j] ?? 0))));
  const right = [0, 1, 2].map((i) => sum((row, order) => (row[i] ?? 0) * (pairs[order]?.page[target] ?? 0)));
  const whole = determinant(normal);
  if (Math.abs(whole) < 1e-3) return undefined;
  const [p = 0, q = 0, r = 0] = [0, 1, 2].map(
    (column) =>
      determinant(normal.map((row, i) => row.map((cell, j) => (j === column ? (right[i] ?? 0) : cell)))) / whole,
  );
  return [p, q, r];
};

const placed = ({ across, down }: Placing, [x, y]: readonly [number, number]): readonly [number, number] => [
  across[0] * x + across[1] * y + across[2],
  down[0] * x + down[1] * y + down[2],
];

const placingOf = (pairs: readonly Pair[]): Placing | undefined => {
  const [across, down] = [fitted(pairs, 0), fitted(pairs, 1)];
  return across && down ? { across, down } : undefined;
};

const missBy = (placing: Placing, { form, page }: Pair): number => {
  const [x, y] = placed(placing, form);
  return Math.hypot(x - page[0], y - page[1]);
};

/** Fits all labels, then drops the worst while it stands off by more than the tolerance: it is some other word, or a label twice. */
const fitOf = (pairs: readonly Pair[], tolerance: number): Placing | undefined => {
  let left = [...pairs];
  while (left.length >= 4) {
    const placing = placingOf(left);
    if (!placing) return undefined;
    const worst = left.reduce((one, other) => (missBy(placing, one) >= missBy(placing, other) ? one : other));
    if (missBy(placing, worst) <= tolerance) return placing;
    left = left.filter((one) => one !== worst);
  }
  return undefined;
};

const meanOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / Math.max(numbers.length, 1);

/** How far across the line, in letter heights, letters may stand off a label's place and still be the label's. */
const offLine = 0.6;

/** The letters that stand where the form has a label: they are that label, however they were read, and no value. */
const lettersAt = (
  { left, right, y, height }: Omit<FoundLabel, 'letters'>,
  runs: readonly Run[],
  taken: ReadonlySet<Letter>,
): ReadonlySet<Letter> =>
  new Set(
    runs
      .filter((run) => Math.abs(run.y - y) < offLine * height && Math.abs(run.left - left) < 1.5 * height)
      .flatMap(({ letters }) => letters)
      .filter((letter) => !taken.has(letter) && (letter.left + letter.right) / 2 < right),
  );

/**
 * Labels that were not seen, placed where the form has them by those that were: a label may be drowned in glare or stamped over while
 * its value is plain. Nothing is placed when fewer than four labels agree with the form, as on a form printed otherwise. `lengths` are
 * the labels' letters, by id.
 */
export const placeMissedLabels = (
  found: readonly FoundLabel[],
  printings: readonly Printing[],
  lengths: Readonly<Record<string, number>>,
  runs: readonly Run[],
): readonly FoundLabel[] =>
  printings.flatMap((printing) => {
    const seen = found.filter(({ id }) => printing[id] !== undefined);
    const taken = new Set(found.flatMap(({ letters }) => [...letters]));
    const height = meanOf(seen.map((label) => label.height));
    const pairs = seen.flatMap(({ id, left, y }) => {
      const form = printing[id];
      return form ? [{ form, page: [left, y] as const }] : [];
    });
    const placing = fitOf(pairs, height * 0.8);
    if (!placing) return [];
    return Object.entries(printing).flatMap(([id, place]) => {
      if (found.some((one) => one.id === id)) return [];
      const [left, y] = placed(placing, place);
      const right = left + (lengths[id] ?? 4) * height * 0.8;
      const label = { id, left, right, y, height, likeness: 0.8 };
      return [{ ...label, letters: lettersAt(label, runs, taken), placed: true }];
    });
  });

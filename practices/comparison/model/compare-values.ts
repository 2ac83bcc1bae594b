import { toHalfWidth } from '#practices/identity-codes/model/verdict.ts';

/** A half-open range of characters. */
export type Range = readonly [from: number, to: number];

/** How one field compares. */
export interface Compared {
  readonly verdict: 'equal' | 'different' | 'missing-outside' | 'missing-entered';
  readonly enteredMarks: readonly Range[];
  readonly outsideMarks: readonly Range[];
}

const blanks = new Set(['', '-', '—', '－', '无', 'null', 'NULL', '/']);

/** Width, case, blanks, dots, hyphens and kinds of brackets do not make a difference. Source: tender R02, domain 9 fault 10, 13. */
export const normaliseForComparison = (value: string): string =>
  toHalfWidth(value)
    .replace(/[（【〔[{]/g, '(')
    .replace(/[）】〕\]}]/g, ')')
    .replace(/[\s·•.\-_—]/g, '')
    .toUpperCase();

const asDay = (value: string): string =>
  /^\d{8}$/.test(value) ? `${value.slice(0, 4)}${value.slice(4, 6)}${value.slice(6)}` : value;

const normalised = (value: string | null | undefined): string => {
  const text = (value ?? '').trim();
  return blanks.has(text) ? '' : asDay(normaliseForComparison(text));
};

const matrixOf = (a: readonly string[], b: readonly string[]): readonly (readonly number[])[] => {
  const table: number[][] = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = table[i] ?? [];
      row[j] = a[i] === b[j] ? (table[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
};

const rangesOf = (places: readonly number[]): readonly Range[] => {
  const ranges: [number, number][] = [];
  for (const place of places) {
    const last = ranges.at(-1);
    if (last && last[1] === place) last[1] = place + 1;
    else ranges.push([place, place + 1]);
  }
  return ranges;
};

/** Which characters of each side the other side lacks: the longest common run of letters stays unmarked. */
export const differingCharacters = (
  entered: string,
  outside: string,
): { entered: readonly Range[]; outside: readonly Range[] } => {
  const a = [...entered].slice(0, 120);
  const b = [...outside].slice(0, 120);
  const table = matrixOf(a, b);
  const onlyA: number[] = [];
  const onlyB: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))) {
      onlyA.push(i);
      i += 1;
    } else {
      onlyB.push(j);
      j += 1;
    }
  }
  return { entered: rangesOf(onlyA), outside: rangesOf(onlyB) };
};

/** Compares what was entered with what an outside system says. */
export const compareValues = (entered: string | null | undefined, outside: string | null | undefined): Compared => {
  const [ours, theirs] = [normalised(entered), normalised(outside)];
  const none = { enteredMarks: [], outsideMarks: [] };
  if (theirs === '' && ours === '') return { verdict: 'equal', ...none };
  if (theirs === '') return { verdict: 'missing-outside', ...none };
  if (ours === '') return { verdict: 'missing-entered', ...none };
  if (ours === theirs) return { verdict: 'equal', ...none };
  const marks = differingCharacters(entered ?? '', outside ?? '');
  return { verdict: 'different', enteredMarks: marks.entered, outsideMarks: marks.outside };
};

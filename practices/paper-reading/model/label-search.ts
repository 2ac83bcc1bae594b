import type { Letter, Run } from './page.ts';
import type { FormLabel } from './paper-form.ts';

/** A label found on the page, or placed where the form has it. */
export interface FoundLabel {
  readonly id: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly height: number;
  /** 1 when every letter agrees. */
  readonly likeness: number;
  /** The letters it is made of. */
  readonly letters: ReadonlySet<Letter>;
  /** It was not read, but placed where the form has it; its letters are whatever stands there. */
  readonly placed?: true;
}

interface Match {
  readonly start: number;
  readonly end: number;
  readonly errors: number;
}

/** Numbers before labels, blanks and strokes say nothing. */
const isSpeaking = ({ text }: Letter): boolean => !/[\s./、:：()（）·|\\]/.test(text);

/**
 * The best place of a label in a text with the fewest errors (changed, missing or extra letters); undefined when none is good enough.
 */
const bestMatch = (label: string, text: readonly string[], allowed: number): Match | undefined => {
  const wanted = [...label];
  // Sellers' algorithm: row by row over the label, any place in the text may begin it.
  let row = text.map((_, at) => ({ errors: 0, start: at }));
  row.push({ errors: 0, start: text.length });
  for (const [order, letter] of wanted.entries()) {
    const next = [{ errors: order + 1, start: 0 }];
    for (let at = 1; at <= text.length; at++) {
      const across = row[at - 1] ?? { errors: 0, start: at - 1 };
      const down = row[at] ?? across;
      const along = next[at - 1] ?? across;
      const options = [
        { errors: across.errors + (text[at - 1] === letter ? 0 : 1), start: across.start },
        { errors: down.errors + 1, start: down.start },
        { errors: along.errors + 1, start: along.start },
      ];
      next.push(options.reduce((best, one) => (one.errors < best.errors ? one : best)));
    }
    row = next;
  }
  return row
    .map(({ errors, start }, end) => ({ errors, start, end }))
    .filter(({ errors, start, end }) => errors <= allowed && end > start)
    .reduce<Match | undefined>((best, one) => (best && best.errors <= one.errors ? best : one), undefined);
};

/** A stretch of letters on one line in which labels are looked for. */
interface Stretch {
  readonly letters: readonly Letter[];
  readonly runs: readonly Run[];
}

/** The next run on the same line: labels spread over their column (名　　称) come as one run for each letter. */
const nextRun = (run: Run, runs: readonly Run[]): Run | undefined =>
  runs
    .filter(
      (one) =>
        one !== run &&
        one.left > (run.left + run.right) / 2 &&
        one.left - run.right < 5 * run.height &&
        Math.abs(one.y - run.y) < 0.5 * Math.max(one.height, run.height),
    )
    .sort((one, other) => one.left - other.left)[0];

const stretchFrom = (run: Run, runs: readonly Run[]): Stretch => {
  const joined = [run];
  let last: Run | undefined = run;
  while (last && last.letters.length <= 2 && joined.length < 5) {
    last = nextRun(last, runs);
    if (last) joined.push(last);
  }
  return { letters: joined.flatMap(({ letters }) => letters).filter(isSpeaking), runs: joined };
};

/** A form's own number before a label (`12.`), or, at the head of a run, whatever digits stand there. */
const withNumber = (run: Run | undefined, first: Letter | undefined, number: number | undefined): readonly Letter[] => {
  const at = run && first ? run.letters.indexOf(first) : -1;
  if (!run || at <= 0) return [];
  const before = run.letters.slice(0, at);
  const text = before.map((letter) => letter.text).join('');
  const length = /^[\d.,、\s]{1,4}$/.test(text)
    ? text.length
    : (new RegExp(`${number ?? '-'}[.,、\\s]*$`).exec(text)?.[0].length ?? 0);
  return length === 0 ? [] : before.slice(-length);
};

const foundIn = (stretch: Stretch, { id, number }: FormLabel, text: string, match: Match): FoundLabel => {
  const letters = stretch.letters.slice(match.start, match.end);
  const homes = stretch.runs.filter((run) => letters.some((letter) => run.letters.includes(letter)));
  const [home = stretch.runs[0]] = homes;
  // The first letters of a column of labels may have been taken for one upright line: the lowest box tells where the line runs.
  const flat = homes.reduce((one, other) => (one && one.height <= other.height ? one : other), home);
  return {
    id,
    left: letters[0]?.left ?? 0,
    right: letters.at(-1)?.right ?? 0,
    y: flat?.y ?? 0,
    height: flat?.height ?? 0,
    likeness: 1 - match.errors / [...text].length,
    letters: new Set([...withNumber(home, letters[0], number), ...letters]),
  };
};

/** Errors that still leave a label of that length what it is. */
const allowedErrors = (label: string): number => [0, 0, 0, 0, 1, 1, 2, 2, 2][[...label].length] ?? 3;

/**
 * Two letters far apart (住　　所) are a label though one is misread, if the first is not: the gap between them speaks for it.
 */
const spreadMatch = ({ letters, runs }: Stretch, text: string): Match | undefined => {
  const [head, next] = runs;
  if ([...text].length !== 2 || !head || !next || next.left - head.left < 1.6 * head.height) return undefined;
  if (head.letters.length > 2 || letters[0]?.text !== [...text][0]) return undefined;
  const match = bestMatch(
    text,
    letters.slice(0, 3).map((letter) => letter.text),
    1,
  );
  const end = head.letters.length + 1;
  return match && match.start === 0 ? { ...match, end: Math.min(letters.length, Math.max(match.end, end)) } : undefined;
};

/** Another way to read a letter must have this chance to be a label's letter. */
const likelyEnough = 0.2;

/**
 * One letter alone, with text to its right, is a spread label of which the other letter was not seen: of a column of labels the detector
 * may take the first letters for one upright line.
 */
const halfMatch = ({ runs }: Stretch, text: string): Match | undefined => {
  const [head, next] = runs;
  if ([...text].length !== 2 || head?.letters.length !== 1 || !next) return undefined;
  const ways = (head.piece.readings ?? []).filter(({ share }) => share >= likelyEnough).map((way) => way.text.trim());
  const isHalf = [head.letters[0]?.text ?? '', ...ways].some((way) => [...text].includes(way));
  return isHalf ? { start: 0, end: 1, errors: 1 } : undefined;
};

/** Letters a number's digits are taken for. */
const digitOf: Readonly<Record<string, string>> = {
  L: '1',
  l: '1',
  I: '1',
  i: '1',
  '|': '1',
  J: '1',
  O: '0',
  o: '0',
  Z: '2',
  z: '2',
  S: '5',
  B: '8',
};

/** The form's own number at the head of a run (`12.`), with how many of the letters that speak make it. */
const numberAtHead = ({ runs: [head] }: Stretch): { readonly number: number; readonly places: number } | undefined => {
  const text = head?.letters.map((letter) => letter.text).join('') ?? '';
  const written = /^\s*([\dLlIi|JOoZzSB]{1,2})\s*[.,、．·]/.exec(text)?.[1];
  if (written === undefined) return undefined;
  const digits = [...written].map((letter) => digitOf[letter] ?? letter).join('');
  return { number: Number(digits), places: [...written].filter((letter) => letter !== '|').length };
};

/** Where the letters of a label stand in a text in their order, as many as can be: how many, and behind the last of them. */
const inOrder = (label: string, text: readonly string[]): { readonly count: number; readonly end: number } => {
  let row = text.map(() => ({ count: 0, end: 0 }));
  for (const letter of label) {
    let before = { count: 0, end: 0 };
    let best = { count: 0, end: 0 };
    row = text.map((one, at) => {
      const here = row[at] ?? before;
      const taken = one === letter ? { count: before.count + 1, end: at + 1 } : here;
      before = here;
      if (taken.count > best.count) best = taken;
      return best;
    });
  }
  return row.at(-1) ?? { count: 0, end: 0 };
};

/** So much of a label must be legible behind its number. */
const leastLegible = 1 / 3;

/**
 * A label read badly is still known by the number its form prints before it, when some of its letters stand behind that in their order:
 * number and letters go wrong independently of one another.
 */
const numberedMatch = (stretch: Stretch, text: string, number: number | undefined): Match | undefined => {
  const head = number === undefined ? undefined : numberAtHead(stretch);
  if (!head || head.number !== number) return undefined;
  const length = [...text].length;
  const behind = stretch.letters.slice(head.places, head.places + length + 1).map((letter) => letter.text);
  const { count, end } = inOrder(text, behind);
  if (count < length * leastLegible) return undefined;
  return { start: head.places, end: head.places + end, errors: length - count };
};

/** What a number that agrees adds to a label's weight, in letters. */
const numberWeighs = 2;

/** Short words are labels only at the head of a run or behind another label; inside a sentence they are words. */
const isAtHead = (stretch: Stretch, match: Match, text: string): boolean =>
  [...text].length > 3 || match.start === 0 || !/\p{Script=Han}/u.test(stretch.letters[match.start - 1]?.text ?? '');

const matchesOf = (stretch: Stretch, labels: readonly FormLabel[]): readonly { found: FoundLabel; weight: number }[] =>
  labels.flatMap((label) =>
    label.texts.flatMap((text) => {
      const letters = stretch.letters.map((letter) => letter.text);
      const plain =
        bestMatch(text, letters, allowedErrors(text)) ?? spreadMatch(stretch, text) ?? halfMatch(stretch, text);
      const numbered = plain ? undefined : numberedMatch(stretch, text, label.number);
      const match = plain ?? numbered;
      if (!match || !(numbered || isAtHead(stretch, match, text))) return [];
      const weight = [...text].length - 1.5 * match.errors + (numbered ? numberWeighs : 0);
      return [{ found: foundIn(stretch, label, text, match), weight }];
    }),
  );

/** The labels of a form on a page; where two claim the same letters the longer and truer one has them. */
export const findLabels = (runs: readonly Run[], labels: readonly FormLabel[]): readonly FoundLabel[] => {
  const taken = new Set<Letter>();
  const kept: FoundLabel[] = [];
  // A run may hold several labels, even the same one twice; each round gives away the letters of the best.
  for (let round = 0; round < 6; round++) {
    const free = runs.map((run) => ({ ...run, letters: run.letters.filter((letter) => !taken.has(letter)) }));
    const filled = free.filter(({ letters }) => letters.length > 0);
    const matches = filled.flatMap((run) => matchesOf(stretchFrom(run, filled), labels));
    const before = kept.length;
    for (const { found } of matches.sort((one, other) => other.weight - one.weight)) {
      if ([...found.letters].some((letter) => taken.has(letter))) continue;
      for (const letter of found.letters) taken.add(letter);
      kept.push(found);
    }
    if (kept.length === before) break;
  }
  return kept;
};

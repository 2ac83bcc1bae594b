import { paperReaderOf } from '#practices/paper-reading/server/paper-reader.ts';
import { openStudio } from '#testkit/papers/draw.ts';
import { olderDrawing } from '#testkit/papers/drawing-older.ts';
import { trialOf } from '#testkit/papers/trial.ts';
import { type PaperForm, paperForms, truthOf } from '#testkit/papers/truth.ts';

/** One field that was not read as printed. */
export interface Misread {
  readonly form: PaperForm;
  readonly seed: number;
  readonly text: string;
}

/** What came of one photograph. */
export interface Trial {
  readonly form: PaperForm;
  /** Every field of the form, and whether it was read as printed. */
  readonly fields: Readonly<Record<string, boolean>>;
  /** Another photograph was asked for; all its fields count as wrong. */
  readonly rejected: boolean;
  readonly seconds: number;
}

/**
 * Photographs made-up papers in the held-back drawing and has the product's own OCR read them: every form once for each seed, up to
 * `most` photographs.
 */
export const ocrTrials = async (
  seeds: readonly number[],
  most: number,
  onMisread: (misread: Misread) => void,
): Promise<readonly Trial[]> => {
  const studio = await openStudio();
  const reader = paperReaderOf({ idleSeconds: 300, timeoutSeconds: 120 });
  const orders = seeds.flatMap((seed) => paperForms.map((form) => ({ form, seed }))).slice(0, most);
  const trials: Trial[] = [];
  for (const { form, seed } of orders) {
    const order = trialOf(olderDrawing, form, seed);
    const jpeg = await studio.photograph(order);
    const began = performance.now();
    const { fields, message } = await reader.read(form, jpeg, () => undefined);
    const seconds = (performance.now() - began) / 1000;
    const truth = Object.entries(truthOf(form, order.set));
    const wrong = truth.filter(([key, value]) => fields[key]?.value !== value);
    for (const [key, value] of wrong) {
      const { value: read, confidence } = fields[key] ?? {};
      onMisread({ form, seed, text: `${key}: ${value} read as ${read} (${confidence}) ${message ?? ''}` });
    }
    const isRight = truth.map(([key, value]) => [key, fields[key]?.value === value] as const);
    trials.push({ form, fields: Object.fromEntries(isRight), rejected: message !== null, seconds });
  }
  await Promise.all([studio.close(), reader.close()]);
  return trials;
};

/** Photographs, seconds each and accuracy of some trials together. */
export const summed = (trials: readonly Trial[]) => {
  const marks = trials.flatMap(({ fields }) => Object.values(fields));
  const right = marks.filter((mark) => mark).length;
  return {
    photographs: trials.length,
    rejected: trials.filter(({ rejected }) => rejected).length,
    secondsEach: trials.reduce((sum, { seconds }) => sum + seconds, 0) / trials.length,
    fields: marks.length,
    right,
    accuracyPercent: (100 * right) / marks.length,
  };
};

/** The fields that were misread at least once, by form. */
export const misreadFields = (trials: readonly Trial[]) => {
  const names = new Set(trials.flatMap(({ form, fields }) => Object.keys(fields).map((key) => `${form} ${key}`)));
  const rows = [...names].map((name) => {
    const marks = trials.flatMap(({ form, fields }) =>
      Object.entries(fields).flatMap(([key, mark]) => (`${form} ${key}` === name ? [mark] : [])),
    );
    return [name, { read: marks.length, wrong: marks.filter((mark) => !mark).length }] as const;
  });
  return Object.fromEntries(rows.filter(([, { wrong }]) => wrong > 0));
};

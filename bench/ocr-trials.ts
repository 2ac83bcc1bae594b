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
  readonly fields: number;
  readonly right: number;
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
    trials.push({ form, fields: truth.length, right: truth.length - wrong.length, seconds });
  }
  await Promise.all([studio.close(), reader.close()]);
  return trials;
};

/** Photographs, seconds each and accuracy of some trials together. */
export const summed = (trials: readonly Trial[]) => {
  const total = (key: 'fields' | 'right' | 'seconds'): number => trials.reduce((sum, trial) => sum + trial[key], 0);
  return {
    photographs: trials.length,
    secondsEach: total('seconds') / trials.length,
    fields: total('fields'),
    right: total('right'),
    accuracyPercent: (100 * total('right')) / total('fields'),
  };
};

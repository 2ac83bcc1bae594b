import { paperForms } from '#testkit/papers/truth.ts';
import { misreadFields, ocrTrials, summed } from './ocr-trials.ts';

/**
 * Measures the product's own OCR on photographs it has never seen: the held-back drawing, seeds from 95001, drawn now.
 * `node bench/ocr.ts [rounds] [first seed]` photographs every form once a round and prints seconds and field accuracy,
 * by form and by field.
 */
const rounds = Number(process.argv[2] ?? 5);
const firstSeed = Number(process.argv[3] ?? 95_001);

const seeds = Array.from({ length: rounds }, (_, round) => firstSeed + round);
const trials = await ocrTrials(seeds, Number.POSITIVE_INFINITY, ({ form, seed, text }) =>
  console.log(`${form} ${seed} ${text}`),
);
console.table({
  ...Object.fromEntries(paperForms.map((form) => [form, summed(trials.filter((trial) => trial.form === form))])),
  all: summed(trials),
});
console.table(misreadFields(trials));

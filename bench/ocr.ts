import { paperReaderOf } from '#practices/paper-reading/server/paper-reader.ts';
import { openStudio } from '#testkit/papers/draw.ts';
import { olderDrawing } from '#testkit/papers/drawing-older.ts';
import { trialOf } from '#testkit/papers/trial.ts';
import { paperForms, truthOf } from '#testkit/papers/truth.ts';

/**
 * Measures the product's own OCR on photographs it has never seen: the held-back drawing, seeds from 95001, drawn now.
 * `node bench/ocr.ts [rounds] [first seed]` photographs every form once a round and prints seconds and field accuracy.
 */
const rounds = Number(process.argv[2] ?? 5);
const firstSeed = Number(process.argv[3] ?? 95_001);

const studio = await openStudio();
const reader = paperReaderOf({ idleSeconds: 300, timeoutSeconds: 120 });
const rows: { readonly form: string; readonly fields: number; readonly right: number; readonly seconds: number }[] = [];
for (let round = 0; round < rounds; round++) {
  for (const form of paperForms) {
    const order = trialOf(olderDrawing, form, firstSeed + round);
    const jpeg = await studio.photograph(order);
    const began = performance.now();
    const { fields, message } = await reader.read(form, jpeg, () => undefined);
    const seconds = (performance.now() - began) / 1000;
    const truth = Object.entries(truthOf(form, order.set));
    const wrong = truth.filter(([key, value]) => fields[key]?.value !== value);
    for (const [key, value] of wrong) {
      const read = fields[key];
      console.log(
        `${form} ${firstSeed + round} ${key}: ${value} read as ${read?.value} (${read?.confidence}) ${message ?? ''}`,
      );
    }
    rows.push({ form, fields: truth.length, right: truth.length - wrong.length, seconds });
  }
}
await Promise.all([studio.close(), reader.close()]);

const summed = (of: typeof rows) => ({
  photographs: of.length,
  'seconds each': (of.reduce((sum, { seconds }) => sum + seconds, 0) / of.length).toFixed(2),
  fields: of.reduce((sum, { fields }) => sum + fields, 0),
  right: of.reduce((sum, { right }) => sum + right, 0),
  'accuracy %': (
    (100 * of.reduce((sum, { right }) => sum + right, 0)) /
    of.reduce((sum, { fields }) => sum + fields, 0)
  ).toFixed(2),
});
console.table({
  ...Object.fromEntries(paperForms.map((form) => [form, summed(rows.filter((row) => row.form === form))])),
  all: summed(rows),
});

import { randomInt } from 'node:crypto';
import { ensureBrowser } from '../../tools/browser.ts';
import type { Figure } from '../figure.ts';
import { ocrTrials, summed } from '../ocr-trials.ts';
import type { Bench } from '../scene.ts';

/**
 * Reading papers. Nobody can have tuned to these photographs: the drawing was held back, and the papers are made up and drawn now
 * from seeds drawn by lot, in a range nothing else uses.
 */
export const measureOcr = async ({ short }: Bench): Promise<readonly Figure[]> => {
  // Papers are drawn by a browser.
  ensureBrowser();
  const first = randomInt(1_000_000, 9_000_000);
  const rounds = short ? 1 : 8;
  console.log(`  seeds from ${first}; the same again: node bench/ocr.ts ${rounds} ${first}`);
  const seeds = Array.from({ length: rounds }, (_, round) => first + round);
  const trials = await ocrTrials(seeds, short ? 1 : Number.POSITIVE_INFINITY, ({ form, seed, text }) =>
    console.log(`  ${form} ${seed} ${text}`),
  );
  const { secondsEach, accuracyPercent } = summed(trials);
  return [
    { measure: 'OCR, seconds a photograph', value: secondsEach, unit: 's', better: 'lower' },
    { measure: 'OCR, fields read right', value: accuracyPercent, unit: '%', better: 'higher', bar: 97 },
  ];
};

import { cpSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Figure } from '../figure.ts';
import { percentile } from '../load.ts';
import { discard, home, startProduct, throwawayFolder } from '../product.ts';
import type { Bench } from '../scene.ts';

/** What a fresh clone does not hold; packages are installed and shared. */
const left = new Set(['node_modules', '.git', '.cache', '.data', 'dist', 'test-results']);

/** The product as on a fresh clone with its packages installed: nothing built, nothing unpacked. */
const freshCopy = (): string => {
  const copy = throwawayFolder();
  cpSync(home, copy, { recursive: true, filter: (path) => !left.has(relative(home, path)) });
  symlinkSync(join(home, 'node_modules'), join(copy, 'node_modules'));
  return copy;
};

/** The first start of a fresh copy, which unpacks, builds the pages and tells the demo; then later ones on the same data. */
export const measureStarts = async ({ short }: Bench): Promise<readonly Figure[]> => {
  const copy = short ? undefined : freshCopy();
  const dataDir = throwawayFolder();
  const start = async (): Promise<number> => {
    const product = await startProduct({
      home: copy ?? home,
      dataDir,
      ...(short ? { settings: { DEMO_CASES: '0' } } : {}),
    });
    await product.stop();
    return product.startSeconds;
  };
  const first = await start();
  const later: number[] = [];
  for (let turn = 0; turn < (short ? 1 : 3); turn += 1) later.push(await start());
  for (const folder of [dataDir, ...(copy ? [copy] : [])]) discard(folder);
  return [
    { measure: 'first start, from nothing', value: first, unit: 's', better: 'lower', bar: 30 },
    { measure: 'later start', value: percentile(later, 50), unit: 's', better: 'lower', bar: 5 },
  ];
};

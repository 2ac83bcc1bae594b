import { parseArgs } from 'node:util';
import { cellsOf, type Figure, isMissed, tableOf } from './figure.ts';
import { measureLifecycles } from './measures/lifecycles.ts';
import { type Bench, openBench } from './scene.ts';

const measures: Readonly<Record<string, (bench: Bench) => Promise<readonly Figure[]>>> = {
  lifecycles: measureLifecycles,
};

const { values: options } = parseArgs({
  options: {
    /** Measures by name; all without it. */
    only: { type: 'string', multiple: true },
    /** Little of everything: shows that it runs, judges nothing. */
    short: { type: 'boolean', default: false },
  },
});

const main = async (): Promise<void> => {
  const bench = openBench(options.short);
  const figures: Figure[] = [];
  try {
    for (const [name, measure] of Object.entries(measures)) {
      if (options.only && !options.only.includes(name)) continue;
      console.log(`measuring ${name} …`);
      figures.push(...(await measure(bench)));
    }
  } finally {
    await bench.close();
  }
  console.log(`\n${tableOf(cellsOf(figures, !options.short))}\n`);
  if (!options.short && figures.some(isMissed)) process.exitCode = 1;
};

await main();

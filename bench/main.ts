import { parseArgs } from 'node:util';
import { cellsOf, type Figure, isGross, isMissed, tableOf } from './figure.ts';
import { measureAccess } from './measures/access.ts';
import { measureAudit } from './measures/audit.ts';
import { measureCaseExport } from './measures/case-export.ts';
import { measureCaseImport } from './measures/case-import.ts';
import { measureCertificate } from './measures/certificate.ts';
import { measureAtWork, measureLifecycles } from './measures/lifecycles.ts';
import { measureLighthouse } from './measures/lighthouse.ts';
import { measureLogSearch } from './measures/log-search.ts';
import { measureMemory } from './measures/memory.ts';
import { measureOcr } from './measures/ocr.ts';
import { measurePhoneStart } from './measures/phone-start.ts';
import { measurePhotoLikeness, measurePhotoSearch } from './measures/photo-search.ts';
import { measurePublicQuery } from './measures/public-query.ts';
import { measureRawSql } from './measures/raw-sql.ts';
import { measureReads } from './measures/reads.ts';
import { measureSignIn } from './measures/sign-in.ts';
import { measureStarts } from './measures/starts.ts';
import { writeReport } from './report.ts';
import { type Bench, openBench } from './scene.ts';

/** In this order: starts have the ports to themselves; the certificate's first page is asked of a server that has printed nothing. */
const measures: Readonly<Record<string, (bench: Bench) => Promise<readonly Figure[]>>> = {
  starts: measureStarts,
  ocr: measureOcr,
  certificate: measureCertificate,
  lifecycles: measureLifecycles,
  'at-work': measureAtWork,
  reads: measureReads,
  'raw-sql': measureRawSql,
  access: measureAccess,
  audit: measureAudit,
  'log-search': measureLogSearch,
  'sign-in': measureSignIn,
  'public-query': measurePublicQuery,
  'phone-start': measurePhoneStart,
  lighthouse: measureLighthouse,
  memory: measureMemory,
  'case-import': measureCaseImport,
  'case-export': measureCaseExport,
  'photo-search': measurePhotoSearch,
  'photo-likeness': measurePhotoLikeness,
};

const { values: options } = parseArgs({
  options: {
    /** Measures by name; all without it. */
    only: { type: 'string', multiple: true },
    /** Little of everything: shows that it runs, judges nothing but ratios that no noise explains. */
    short: { type: 'boolean', default: false },
    /** Writes the table into docs/benchmarks.md. */
    write: { type: 'boolean', default: false },
  },
});

const chosen = (): typeof measures => {
  const { only } = options;
  if (!only) return measures;
  const unknown = only.filter((name) => !(name in measures));
  if (unknown.length > 0)
    throw new Error(`no measure ${unknown.join(', ')}; there are ${Object.keys(measures).join(', ')}`);
  return Object.fromEntries(Object.entries(measures).filter(([name]) => only.includes(name)));
};

const main = async (): Promise<void> => {
  if (options.write && (options.short || options.only)) throw new Error('only a whole table is written');
  const bench = openBench(options.short);
  const figures: Figure[] = [];
  try {
    for (const [name, measure] of Object.entries(chosen())) {
      console.log(`measuring ${name} …`);
      figures.push(...(await measure(bench)));
    }
  } finally {
    await bench.close();
  }
  const table = tableOf(cellsOf(figures, !options.short));
  console.log(`\n${table}\n`);
  if (options.write) writeReport(table, new Date());
  if (figures.some(isGross) || (!options.short && figures.some(isMissed))) process.exitCode = 1;
};

await main();

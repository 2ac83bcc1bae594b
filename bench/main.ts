import { parseArgs } from 'node:util';
import type { Apart } from './apart.ts';
import { cellsOf, type Figure, isGross, isMissed, tableOf } from './figure.ts';
import { measureAccess } from './measures/access.ts';
import { measureAudit } from './measures/audit.ts';
import { measureCaseExport } from './measures/case-export.ts';
import { measureCaseImport } from './measures/case-import.ts';
import { measureCertificate } from './measures/certificate.ts';
import { measureGrowth } from './measures/growth.ts';
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
import { measureSoak } from './measures/soak.ts';
import { measureStarts } from './measures/starts.ts';
import { measureUsers } from './measures/users.ts';
import { askForPlaces, writeReport } from './report.ts';
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

/** Only when asked for by name, `users` also in a short run: they take long, and each keeps a table of its own. */
const apart: Readonly<Record<string, (bench: Bench) => Promise<Apart>>> = {
  users: measureUsers,
  soak: measureSoak,
  growth: measureGrowth,
};

const { values: options } = parseArgs({
  options: {
    /** Measures by name; without it all of the whole table. */
    only: { type: 'string', multiple: true },
    /** Little of everything: shows that it runs, judges nothing but ratios that no noise explains. */
    short: { type: 'boolean', default: false },
    /** Writes the whole table into docs/benchmarks.md, or those that measures asked for keep apart. */
    write: { type: 'boolean', default: false },
  },
});

const named = <T>(of: Readonly<Record<string, T>>, names: readonly string[]): readonly (readonly [string, T])[] =>
  Object.entries(of).filter(([name]) => names.includes(name));

/** What was asked for of the one kind and the other. */
const wanted = () => {
  const { only, short } = options;
  if (!only) return { inTable: Object.entries(measures), alone: named(apart, short ? ['users'] : []) };
  const known = [...Object.keys(measures), ...Object.keys(apart)];
  const unknown = only.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`no measure ${unknown.join(', ')}; there are ${known.join(', ')}`);
  return { inTable: named(measures, only), alone: named(apart, only) };
};

const main = async (): Promise<void> => {
  const { inTable, alone } = wanted();
  if (options.write && (options.short || (options.only && inTable.length > 0)))
    throw new Error('only whole tables are written');
  if (options.write) askForPlaces([...alone.map(([name]) => name), ...(inTable.length > 0 ? ['measured'] : [])]);
  const bench = openBench(options.short);
  const figures: Figure[] = [];
  const tables: { readonly name: string; readonly text: string }[] = [];
  try {
    for (const [name, measure] of inTable) {
      console.log(`measuring ${name} …`);
      figures.push(...(await measure(bench)));
    }
    for (const [name, measure] of alone) {
      console.log(`measuring ${name} …`);
      const { cells, conditions, figures: own } = await measure(bench);
      const judged = tableOf(cellsOf(own, !options.short));
      const text = `${tableOf(cells, (column) => column > 0)}\n\n${conditions}\n\n${judged}`;
      console.log(`\n${text}\n`);
      tables.push({ name, text });
      figures.push(...own);
    }
  } finally {
    await bench.close();
  }
  if (inTable.length > 0) {
    tables.push({ name: 'measured', text: tableOf(cellsOf(figures, !options.short)) });
    console.log(`\n${tables.at(-1)?.text}\n`);
  }
  if (options.write) for (const { name, text } of tables) writeReport(name, text, new Date());
  if (figures.some(isGross) || (!options.short && figures.some(isMissed))) process.exitCode = 1;
};

await main();

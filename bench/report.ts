import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { home } from './product.ts';

const file = join(home, 'docs/benchmarks.md');

/** What else the machine was busy with when the bench began: processes that wanted to run, on average of the last minute. */
const loadBefore = (loadavg()[0] ?? 0).toFixed(1);

/** On what it was measured; without names of machines. */
const machine = (): string =>
  `${availableParallelism()} shared cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, embedded PostgreSQL with durable commits; product, database, simulators and load on the same cores; other work on them just before: load ${loadBefore}`;

/** Puts a table into docs/benchmarks.md, between the marks of its name. Errors: throws when the marks are not there. */
export const writeReport = (name: string, table: string, now: Date): void => {
  const text = readFileSync(file, 'utf8');
  const marks = { from: `<!-- ${name}: begin -->`, to: `<!-- ${name}: end -->` };
  const [before, after] = [text.indexOf(marks.from), text.indexOf(marks.to)];
  if (before < 0 || after < before) throw new Error(`docs/benchmarks.md has lost the marks of ${name}`);
  const measured = `\n\nMeasured on ${now.toISOString().slice(0, 10)}: ${machine()}.\n\n${table}\n\n`;
  writeFileSync(file, text.slice(0, before + marks.from.length) + measured + text.slice(after));
};

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

const placeOf = (text: string, name: string): { readonly from: number; readonly to: number } => {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [at, to] = [text.indexOf(begin), text.indexOf(end)];
  if (at < 0 || to < at) throw new Error(`docs/benchmarks.md has lost the marks of ${name}`);
  return { from: at + begin.length, to };
};

/** Looks before anything is measured whether tables of these names have their place. Errors: throws where one has not. */
export const askForPlaces = (names: readonly string[]): void => {
  const text = readFileSync(file, 'utf8');
  for (const name of names) placeOf(text, name);
};

/** Puts a table into docs/benchmarks.md, between the marks of its name. Errors: throws when the marks are not there. */
export const writeReport = (name: string, table: string, now: Date): void => {
  const text = readFileSync(file, 'utf8');
  const { from, to } = placeOf(text, name);
  const measured = `\n\nMeasured on ${now.toISOString().slice(0, 10)}: ${machine()}.\n\n${table}\n\n`;
  writeFileSync(file, text.slice(0, from) + measured + text.slice(to));
};

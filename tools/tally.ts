import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

/** How many tests of a run passed, failed and were skipped, and what those that failed said. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** One for each that failed: its file, its title and the beginning of what it said. */
  readonly failures: readonly string[];
}

const nothing: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };

/** So much of a message tells what went wrong; the rest stands above, where it happened. */
const linesOfAFailure = 12;

const failureText = (file: string, title: string, messages: readonly string[]): string => {
  const lines = stripVTControlCharacters(messages.join('\n')).split('\n').slice(0, linesOfAFailure);
  return [`✘ ${file} › ${title}`, ...lines.map((line) => `    ${line}`)].join('\n');
};

/** The part of Vitest's JSON report that is read. */
const VitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z
            .array(z.string())
            .nullish()
            .transform((messages) => messages ?? []),
        }),
      ),
    }),
  ),
});

const Spec = z.object({
  file: z.string(),
  title: z.string(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(z.object({ errors: z.array(z.object({ message: z.string().default('') })).default([]) })),
    }),
  ),
});

const Suite = z.object({
  specs: z.array(Spec).default([]),
  get suites() {
    return z.array(Suite).default([]);
  },
});

/** The part of Playwright's JSON report that is read; `flaky` passed only on a second try, which is no pass here. */
const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  suites: z.array(Suite).default([]),
});

const read = <T extends z.ZodType>(file: string, schema: T): z.output<T> | undefined =>
  existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;

/** Counts a Vitest report. A file that could not be loaded holds no test and counts as one failure; no report counts nothing. */
export const tallyOfVitest = (file: string): Tally => {
  const files = read(file, VitestReport)?.testResults ?? [];
  const results = files.flatMap(({ name, assertionResults }) => assertionResults.map((one) => ({ name, ...one })));
  const failed = results.filter(({ status }) => status === 'failed');
  const broken = files.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
  );
  const passed = results.filter(({ status }) => status === 'passed').length;
  return {
    passed,
    failed: failed.length + broken.length,
    skipped: results.length - passed - failed.length,
    failures: [
      ...failed.map(({ name, fullName, failureMessages }) => failureText(name, fullName, failureMessages)),
      ...broken.map(({ name, message }) => failureText(name, 'could not be run', [message])),
    ],
  };
};

const specsOf = ({ specs, suites }: z.output<typeof Suite>): readonly z.output<typeof Spec>[] => [
  ...specs,
  ...suites.flatMap(specsOf),
];

/** Counts a Playwright report; no report counts nothing. */
export const tallyOfPlaywright = (file: string): Tally => {
  const report = read(file, PlaywrightReport);
  if (!report) return nothing;
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failures = report.suites.flatMap(specsOf).flatMap(({ file: story, title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) =>
        failureText(
          story,
          title,
          results.flatMap(({ errors }) => errors.map(({ message }) => message)),
        ),
      ),
  );
  return { passed: expected, failed: unexpected + flaky, skipped, failures };
};

/**
 * What a run ends with: what failed, once more, since it stands far above by then, and the last line, `N passed, N failed` (and `, N skipped` if any). Good when something
 * passed and nothing failed.
 */
export const closingLines = (tallies: readonly Tally[]): { readonly text: string; readonly good: boolean } => {
  const sum = (of: 'passed' | 'failed' | 'skipped'): number => tallies.reduce((total, one) => total + one[of], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  const text = [...tallies.flatMap(({ failures }) => failures), line].join('\n');
  return { text, good: passed > 0 && failed === 0 };
};

import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** How many tests of a run passed, failed and were skipped. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };

/** The part of Vitest's JSON report that is read. */
const VitestReport = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/** The part of Playwright's JSON report that is read; `flaky` passed only on a second try, which is no pass here. */
const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

const read = <T extends z.ZodType>(file: string, schema: T): z.output<T> | undefined =>
  existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;

/** Counts a Vitest report. A file that could not be loaded holds no test and counts as one failure; no report counts nothing. */
export const tallyOfVitest = (file: string): Tally => {
  const files = read(file, VitestReport)?.testResults ?? [];
  const statuses = files.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  const brokenFiles = files.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
  );
  const passed = statuses.filter((status) => status === 'passed').length;
  const failed = statuses.filter((status) => status === 'failed').length;
  return { passed, failed: failed + brokenFiles.length, skipped: statuses.length - passed - failed };
};

/** Counts a Playwright report; no report counts nothing. */
export const tallyOfPlaywright = (file: string): Tally => {
  const stats = read(file, PlaywrightReport)?.stats;
  return stats ? { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped } : nothing;
};

/** The last line of a run, `N passed, N failed` (and `, N skipped` if any); good when something passed and nothing failed. */
export const closingLine = (tallies: readonly Tally[]): { readonly text: string; readonly good: boolean } => {
  const sum = (of: keyof Tally): number => tallies.reduce((total, one) => total + one[of], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  const text = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return { text, good: passed > 0 && failed === 0 };
};

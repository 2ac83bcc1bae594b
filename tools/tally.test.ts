import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { closingLines, tallyOfPlaywright, tallyOfVitest } from './tally.ts';

const folder = mkdtempSync(join(tmpdir(), 'hushang-tally-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const report = (content: unknown): string => {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
};

const file = (status: string, ...results: readonly string[]) => ({
  name: 'a.test.ts',
  status,
  message: 'cannot be loaded',
  assertionResults: results.map((one) => ({
    status: one,
    fullName: `it ${one}`,
    failureMessages: one === 'failed' ? ['\u001b[31mexpected 1, not 2\u001b[39m\n  at a.test.ts:3'] : null,
  })),
});

const aFailure = '✘ a.test.ts › it failed\n    expected 1, not 2\n      at a.test.ts:3';

describe('T2.3: what was run is counted as it was', () => {
  test('T2.3: passed, failed and skipped tests of all files add up', () => {
    const testResults = [file('passed', 'passed', 'pending', 'todo'), file('failed', 'passed', 'failed')];
    const tally = { passed: 2, failed: 1, skipped: 2, failures: [aFailure] };
    expect(tallyOfVitest(report({ testResults }))).toEqual(tally);
  });

  test('T2.3: a file that could not be loaded, or whose set-up failed, is a failure', () => {
    const testResults = [file('failed'), file('failed', 'passed', 'pending')];
    const broken = '✘ a.test.ts › could not be run\n    cannot be loaded';
    const tally = { passed: 1, failed: 2, skipped: 1, failures: [broken, broken] };
    expect(tallyOfVitest(report({ testResults }))).toEqual(tally);
  });

  test('T2.3: a story that passed only at the second try did not pass', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    const story = (title: string, status: string, ...errors: readonly string[]) => ({
      file: 'a.story.ts',
      title,
      tests: [{ status, results: errors.map((message) => ({ errors: [{ message }] })) }],
    });
    const inside = { specs: [story('shaky', 'flaky', 'too late'), story('good', 'expected')] };
    const suites = [{ specs: [story('wrong', 'unexpected', 'no button')], suites: [inside] }];
    const failures = ['✘ a.story.ts › wrong\n    no button', '✘ a.story.ts › shaky\n    too late'];
    expect(tallyOfPlaywright(report({ stats, suites }))).toEqual({ passed: 5, failed: 2, skipped: 2, failures });
  });

  test('T2.3: a runner that left no report counts nothing', () => {
    const nothing = { passed: 0, failed: 0, skipped: 0, failures: [] };
    expect(tallyOfVitest(join(folder, 'absent.json'))).toEqual(nothing);
    expect(tallyOfPlaywright(join(folder, 'absent.json'))).toEqual(nothing);
  });
});

test.each([
  [[{ passed: 3, failed: 0, skipped: 0, failures: [] }], '3 passed, 0 failed', true],
  [
    [
      { passed: 3, failed: 0, skipped: 1, failures: [] },
      { passed: 2, failed: 1, skipped: 1, failures: ['✘ one'] },
    ],
    '✘ one\n5 passed, 1 failed, 2 skipped',
    false,
  ],
  [[{ passed: 0, failed: 0, skipped: 0, failures: [] }], '0 passed, 0 failed', false],
  [[{ passed: 0, failed: 0, skipped: 9, failures: [] }], '0 passed, 0 failed, 9 skipped', false],
])('T2.3: %j closes with %j, good: %s', (tallies, text, good) => {
  expect(closingLines(tallies)).toEqual({ text, good });
});

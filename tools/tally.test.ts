import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { closingLine, tallyOfPlaywright, tallyOfVitest } from './tally.ts';

const folder = mkdtempSync(join(tmpdir(), 'hushang-tally-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const report = (content: unknown): string => {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
};

const file = (status: string, ...results: readonly string[]) => ({
  status,
  assertionResults: results.map((one) => ({ status: one })),
});

describe('T2.3: what was run is counted as it was', () => {
  test('T2.3: passed, failed and skipped tests of all files add up', () => {
    const testResults = [file('passed', 'passed', 'pending', 'todo'), file('failed', 'passed', 'failed')];
    expect(tallyOfVitest(report({ testResults }))).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  test('T2.3: a file that could not be loaded, or whose set-up failed, is a failure', () => {
    const testResults = [file('failed'), file('failed', 'passed', 'pending')];
    expect(tallyOfVitest(report({ testResults }))).toEqual({ passed: 1, failed: 2, skipped: 1 });
  });

  test('T2.3: a story that passed only at the second try did not pass', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    expect(tallyOfPlaywright(report({ stats }))).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  test('T2.3: a runner that left no report counts nothing', () => {
    expect(tallyOfVitest(join(folder, 'absent.json'))).toEqual({ passed: 0, failed: 0, skipped: 0 });
    expect(tallyOfPlaywright(join(folder, 'absent.json'))).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});

test.each([
  [[{ passed: 3, failed: 0, skipped: 0 }], '3 passed, 0 failed', true],
  [
    [
      { passed: 3, failed: 0, skipped: 1 },
      { passed: 2, failed: 1, skipped: 1 },
    ],
    '5 passed, 1 failed, 2 skipped',
    false,
  ],
  [[{ passed: 0, failed: 0, skipped: 0 }], '0 passed, 0 failed', false],
  [[{ passed: 0, failed: 0, skipped: 9 }], '0 passed, 0 failed, 9 skipped', false],
])('T2.3: %j closes with "%s", good: %s', (tallies, text, good) => {
  expect(closingLine(tallies)).toEqual({ text, good });
});

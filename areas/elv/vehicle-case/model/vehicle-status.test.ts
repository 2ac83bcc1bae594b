import { describe, expect, test } from 'vitest';
import { judgeStatus, statusRules } from './vehicle-status.ts';

const judged = (statusCodes: string, more: { pledged?: boolean; sealed?: boolean } = {}) =>
  judgeStatus({ statusCodes: [...statusCodes], pledged: false, sealed: false, ...more });

describe('R01: the police status is a set, each code with its own consequence', () => {
  test.each([
    ['A', 'pass'],
    ['M', 'pass'],
    ['D', 'notice'],
    ['G', 'notice'],
    ['P', 'notice'],
    ['Q', 'notice'],
    ['H', 'manual'],
    ['I', 'manual'],
    ['O', 'manual'],
    ['B', 'block'],
    ['C', 'block'],
    ['E', 'block'],
    ['F', 'block'],
    ['J', 'block'],
    ['K', 'block'],
    ['L', 'block'],
    ['N', 'block'],
  ])('R01: %s alone: %s', (code, verdict) => {
    expect(judged(code).verdict).toBe(verdict);
  });

  test('R01: every code of the dictionary is judged above', () => {
    expect(Object.keys(statusRules).sort().join('')).toBe('ABCDEFGHIJKLMNOPQ');
  });

  test('R01: of several the worst decides, and each is told', () => {
    const both = judged('GQ');
    expect(both).toMatchObject({ verdict: 'notice', report: false });
    expect(both.items.map(({ text }) => text.slice(0, 5))).toEqual(['违法未处理', '逾期未检验']);
    expect(judged('GK').verdict).toBe('block');
    expect(judged('AH').verdict).toBe('manual');
  });

  test('R01: stolen, suspected and hit-and-run vehicles are reported to the police, others are not', () => {
    const reported = Object.keys(statusRules).filter((code) => judged(code).report);
    expect(reported).toEqual(['C', 'J', 'N']);
    expect(judged('GC').report).toBe(true);
  });

  test('R01: pledge and seal stand beside the letters and block', () => {
    expect(judged('A', { pledged: true })).toMatchObject({ verdict: 'block', report: false });
    expect(judged('A', { sealed: true }).items.at(-1)?.text).toMatch(/查封、扣押/);
  });

  test('R01: an unknown letter and an empty answer go to a person, never through', () => {
    expect(judged('Z')).toMatchObject({ verdict: 'manual' });
    expect(judged('')).toMatchObject({ verdict: 'manual' });
    // A name of the language's own is no letter of the dictionary.
    expect(judgeStatus({ statusCodes: ['constructor'], pledged: false, sealed: false }).verdict).toBe('manual');
  });
});

import { expect, test } from 'vitest';
import type { ComparisonRow } from '../../model/vehicle-case.views.ts';
import { readingOf, sortedRows } from './judged.ts';

const row = (field: string, verdict: ComparisonRow['verdict']): ComparisonRow => ({
  field,
  section: 'papers',
  title: field,
  entered: 'A',
  read: null,
  police: 'B',
  verdict,
  enteredMarks: [],
  policeMarks: [],
  photoId: null,
});

test('differences stand first, equal fields fold away', () => {
  const { open, equal } = sortedRows([
    row('vin', 'equal'),
    row('seats', 'missing-outside'),
    row('engineNo', 'different'),
    row('plateNo', 'equal'),
  ]);

  expect(open.map(({ field }) => field)).toEqual(['engineNo', 'seats']);
  expect(equal.map(({ field }) => field)).toEqual(['vin', 'plateNo']);
});

test('the place of a compared field is where OCR read it', () => {
  const reading = { value: 'E1', confidence: 0.9, photoId: 'p1', box: { x: 0, y: 0, width: 0.1, height: 0.1 } };
  const papers = {
    id: 'papers',
    title: '',
    editable: false,
    values: {},
    readings: { engineNo: reading },
    faults: [],
    warnings: [],
  } as const;
  const view = { sections: [{ ...papers, faults: [], warnings: [] }] };

  expect(readingOf(view, row('engineNo', 'different'))).toEqual(reading);
  expect(readingOf(view, row('vin', 'different'))).toBeUndefined();
});

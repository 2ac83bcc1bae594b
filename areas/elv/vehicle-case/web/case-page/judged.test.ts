import { describe, expect, test } from 'vitest';
import type { CaseView, ComparisonRow } from '../../model/vehicle-case.views.ts';
import { firstToLookAt, readingOf, revisionOf, sortedRows } from './judged.ts';

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

test('R02: whoever judges an asserted identity looks at its newest proof first', () => {
  const photo = (id: string, part: string) => ({ id, part }) as CaseView['photos'][number];
  const photos = [photo('p1', 'identity-proof'), photo('p2', 'identity-proof'), photo('p3', 'licence-main')];
  const was = { plateNo: null, plateTypeCode: null, brandModel: null, vin: null };
  const identity = { reason: '', finding: null, notTakenBack: false, was };
  const view = { state: 'identityReview', photos, comparison: null, sections: [] };
  expect(firstToLookAt({ ...view, identity })).toEqual({ photoId: 'p2', box: null });
  expect(firstToLookAt({ ...view, identity: null })).toBeUndefined();
});

describe('R02–R05: what was put right since a case was returned', () => {
  const step = (seq: number, action: string, changes: CaseView['timeline'][number]['changes'] = []) =>
    ({
      seq,
      action,
      at: `2026-11-2${seq}T01:00:00.000Z`,
      fromTitle: 'a',
      toTitle: 'b',
      changes,
    }) as CaseView['timeline'][number];
  const photo = (part: string, uploadedAt: string) => ({ part, uploadedAt }) as CaseView['photos'][number];
  const slots = ['licence', 'slip'].map((part) => ({ part, title: part }) as CaseView['slots'][number]);
  const fuel = { title: '燃料种类', before: '混合油', after: '汽油' };
  const photos = [photo('licence', '2026-11-21T00:00:00.000Z'), photo('slip', '2026-11-22T02:00:00.000Z')];

  test('values and photographs of the last hand-in, however the timeline is sorted', () => {
    const timeline = [step(4, 'mismatch'), step(3, 'submit', [fuel]), step(2, 'returnDesk'), step(1, 'submit')];
    expect(revisionOf({ timeline, photos, slots })).toEqual({ changes: [fuel], photographs: ['slip'] });
  });

  test('of an asserted identity what is another is shown, though nobody sent anything back', () => {
    const timeline = [step(1, 'requestIdentity'), { ...step(2, 'submitIdentity'), changes: [fuel] }];
    expect(revisionOf({ timeline, photos: [], slots })).toEqual({ changes: [fuel], photographs: [] });
  });

  test('handed in again as it was', () => {
    const timeline = [step(1, 'enter'), step(2, 'returnEntry'), step(3, 'enter')];
    expect(revisionOf({ timeline, photos: [], slots })).toEqual({ changes: [], photographs: [] });
  });

  test('what is handed in for the first time is looked at whole, whatever was returned before', () => {
    expect(revisionOf({ timeline: [step(1, 'submit')], photos, slots })).toBeUndefined();
    const timeline = [
      step(1, 'returnDesk'),
      step(2, 'submit'),
      step(3, 'confirm'),
      step(4, 'handOver'),
      step(5, 'enter'),
    ];
    expect(revisionOf({ timeline, photos, slots })).toBeUndefined();
  });
});

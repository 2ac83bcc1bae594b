import { describe, expect, test } from 'vitest';
import { sections } from '../../model/vehicle-case.fields.ts';
import { fieldProgress, type SectionView, sectionsOpen, sectionsShown } from './sections-shown.ts';

const section = (id: SectionView['id'], more: Partial<SectionView> = {}): SectionView => ({
  id,
  title: id,
  editable: false,
  values: {},
  readings: {},
  faults: [],
  warnings: [],
  ...more,
});

describe('sections of a case page', () => {
  const all = [
    section('papers', { editable: true }),
    section('owner', { editable: true }),
    section('agent', { editable: true }),
    section('tow'),
    section('entry'),
    section('collection'),
  ];

  test('a new case shows its three first parts and nothing that comes later', () => {
    const shown = sectionsShown({ sections: all, photos: [], handedOverAt: null });
    expect(shown.map(({ id }) => id)).toEqual(['papers', 'owner', 'agent']);
  });

  test('what has been filled, photographed or handed over stays in sight', () => {
    const later = all.map((one) =>
      one.id === 'entry' ? section('entry', { values: { odometerKm: 1 } }) : { ...one, editable: false },
    );
    const shown = sectionsShown({ sections: later, photos: [], handedOverAt: '2026-11-23T06:00:00Z' });
    expect(shown.map(({ id }) => id)).toEqual(['papers', 'owner', 'agent', 'tow', 'entry']);
  });

  test('those being filled stand open; when none is, all do', () => {
    const shown = [section('papers'), section('dismantling', { editable: true })];
    expect([...sectionsOpen(shown)]).toEqual(['dismantling']);
    expect([...sectionsOpen([section('papers'), section('owner')])]).toEqual(['papers', 'owner']);
  });

  test('progress counts only what applies: an owner organisation has no identity number', () => {
    const person = fieldProgress(sections.owner.fields, { ownerKind: 'person', ownerName: '张三' });
    const organisation = fieldProgress(sections.owner.fields, { ownerKind: 'organisation', ownerName: '某公司' });
    expect(person).toEqual({ filled: 2, asked: 4 });
    expect(organisation).toEqual({ filled: 2, asked: 6 });
  });

  test('a no is an answer', () => {
    expect(fieldProgress(sections.agent.fields, { hasAgent: false })).toEqual({ filled: 1, asked: 1 });
  });
});

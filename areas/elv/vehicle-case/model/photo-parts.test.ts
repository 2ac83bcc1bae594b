import { describe, expect, test } from 'vitest';
import { emptyRecord, type VehicleCaseRecord } from './vehicle-case.record.ts';
import { slotsOf } from './vehicle-case.slots.ts';
import type { SectionId } from './vehicle-case.views.ts';

type Filled = Partial<Record<SectionId, Readonly<Record<string, unknown>>>>;

const caseWith = (filled: Filled, registered = true): VehicleCaseRecord => {
  const record = emptyRecord(registered);
  const sections = Object.fromEntries(
    Object.entries(record.sections).map(([id, draft]) => [id, { ...draft, ...filled[id as SectionId] }]),
  ) as VehicleCaseRecord['sections'];
  return { ...record, sections };
};

const required = (filled: Filled, section: SectionId, registered = true): readonly string[] =>
  slotsOf(caseWith(filled, registered), section)
    .filter((slot) => slot.required)
    .map(({ part }) => part);

const car = { vehicleTypeCode: 'K33', fuelTypeCode: 'A', plateTypeCode: '02' };
const pureElectric = { vehicleTypeCode: 'K33', fuelTypeCode: 'C', plateTypeCode: '52' };
const plugIn = { vehicleTypeCode: 'K33', fuelTypeCode: 'O', plateTypeCode: '52' };
const hybrid = { vehicleTypeCode: 'K33', fuelTypeCode: 'O', plateTypeCode: '02' };
const motorcycle = { vehicleTypeCode: 'M21', fuelTypeCode: 'A', plateTypeCode: '07' };
const trailer = { vehicleTypeCode: 'B11', fuelTypeCode: 'Y', plateTypeCode: '15' };

const eight = [
  'frame',
  'engine',
  'transmission',
  'steering-gear',
  'front-axle',
  'rear-axle',
  'destroyed-plate',
  'vin-stamp-cut',
];

describe('R04: what of a dismantled vehicle is photographed', () => {
  test('R04: of a car the eight parts of the tender, of a common hybrid no more', () => {
    expect(required({ papers: car }, 'dismantling')).toEqual(eight);
    expect(required({ papers: hybrid }, 'dismantling')).toEqual(eight);
  });

  test.each([
    [
      'a pure electric car',
      pureElectric,
      [
        'frame',
        'drive-motor',
        'steering-gear',
        'front-axle',
        'rear-axle',
        'destroyed-plate',
        'vin-stamp-cut',
        'traction-battery',
      ],
    ],
    ['a plug-in hybrid', plugIn, [...eight, 'traction-battery']],
    ['a motorcycle', motorcycle, ['frame', 'engine', 'transmission', 'destroyed-plate', 'vin-stamp-cut']],
    ['a trailer', trailer, ['frame', 'rear-axle', 'destroyed-plate', 'vin-stamp-cut']],
  ])('R04: of %s what it has', (_, papers, parts) => {
    expect(required({ papers }, 'dismantling')).toEqual(parts);
  });

  test('R04: instead of a battery that is missing, its statement', () => {
    const parts = required({ papers: pureElectric, dismantling: { batteryMissing: true } }, 'dismantling');
    expect(parts).toContain('battery-statement');
    expect(parts).not.toContain('traction-battery');
  });

  test('R04: plates that were lost are not destroyed, and a vehicle off the register has none', () => {
    expect(required({ papers: { ...car, papersMissing: true } }, 'dismantling')).not.toContain('destroyed-plate');
    expect(required({ papers: car }, 'dismantling', false)).not.toContain('destroyed-plate');
  });
});

describe('R03: what of a vehicle is photographed as it comes in', () => {
  test.each([
    ['a car', car, ['whole', 'frame-number', 'engine-number', 'vin-stamp']],
    ['a pure electric car', pureElectric, ['whole', 'frame-number', 'drive-motor-number', 'vin-stamp']],
    ['a motorcycle', motorcycle, ['whole', 'frame-number', 'engine-number', 'vin-stamp']],
    ['a trailer', trailer, ['whole', 'frame-number', 'vin-stamp']],
  ])('R03: %s', (_, papers, parts) => {
    expect(required({ papers }, 'entry')).toEqual(parts);
  });

  test('R03: the tow slip comes with every vehicle', () => {
    expect(required({ papers: trailer }, 'tow', false)).toEqual(['tow-slip']);
  });
});

describe('R01: which papers are photographed', () => {
  test('R01: licence and certificate of a registered vehicle, the statement where they are lost or there are none', () => {
    const licence = ['licence-main', 'licence-duplicate', 'registration-p12'];
    expect(required({ papers: car }, 'papers')).toEqual(licence);
    expect(required({ papers: { ...car, papersMissing: true } }, 'papers')).toEqual(['statement']);
    expect(required({ papers: car }, 'papers', false)).toEqual(['statement']);
  });

  test.each([
    ['a person', { ownerKind: 'person' }, ['owner-id-front', 'owner-id-back']],
    [
      'an organisation in business',
      { ownerKind: 'organisation', organisationStanding: 'active' },
      ['business-licence'],
    ],
    [
      'a deregistered one',
      { ownerKind: 'organisation', organisationStanding: 'deregistered' },
      ['deregistration-notice'],
    ],
    ['a bankrupt one', { ownerKind: 'organisation', organisationStanding: 'bankrupt' }, ['deregistration-notice']],
  ])('R01: of an owner who is %s, its own papers', (_, owner, parts) => {
    expect(required({ owner }, 'owner')).toEqual(parts);
  });

  test('R01: of an agent both sides of the card and the power of attorney, without one nothing', () => {
    expect(required({ agent: { hasAgent: true } }, 'agent')).toEqual([
      'agent-id-front',
      'agent-id-back',
      'power-of-attorney',
    ]);
    expect(required({ agent: { hasAgent: false } }, 'agent')).toEqual([]);
  });

  test.each([
    ['a wrong check digit', 'LTESTA002A0000056', true],
    ['a wrong length', 'FRAME12345', true],
    ['nothing wrong', 'LTESTA001A0000001', false],
    ['nothing yet', undefined, false],
  ])('R01: a frame number with %s asks for a rubbing or not, and never demands one', (_, vin, wanted) => {
    const slot = slotsOf(caseWith({ papers: { ...car, vin } }), 'papers').find(({ part }) => part === 'vin-rubbing');
    expect(slot).toMatchObject({ wanted, required: false });
  });
});

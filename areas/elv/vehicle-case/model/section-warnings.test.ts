import { describe, expect, test } from 'vitest';
import { faultsOf } from '#kernel/fields/field.ts';
import { sectionWarnings } from './section-warnings.ts';
import { sections } from './vehicle-case.fields.ts';
import { emptyRecord } from './vehicle-case.record.ts';
import { sectionIds } from './vehicle-case.views.ts';

const today = '2026-11-23';
const lorry = {
  registeredWithPolice: true,
  vehicleTypeCode: 'H31',
  useNatureCode: 'F',
  registrationDate: '2014-05-20',
  scrapReason: 'voluntary',
};

const papersWarnings = (papers: Readonly<Record<string, unknown>>) => {
  const record = emptyRecord(true);
  return sectionWarnings('papers', { sections: { ...record.sections, papers: { ...lorry, ...papers } } }, today);
};
const dismantlingWarnings = (batteryCodes: readonly string[]) => {
  const record = emptyRecord(true);
  return sectionWarnings('dismantling', { sections: { ...record.sections, dismantling: { batteryCodes } } }, today);
};

describe('R01: doubts about the papers', () => {
  test('R01: a lorry scrapped by force before its fifteen years are over is doubted, on the last day no more', () => {
    expect(papersWarnings({ scrapReason: 'mandatory' })).toEqual([
      { field: 'scrapReason', message: expect.stringMatching(/15 年.*2029-05-20.*尚未到期/) },
    ]);
    expect(papersWarnings({ scrapReason: 'mandatory', registrationDate: '2011-11-24' })).toHaveLength(1);
    expect(papersWarnings({ scrapReason: 'mandatory', registrationDate: '2011-11-23' })).toEqual([]);
    expect(papersWarnings({ scrapReason: 'voluntary' })).toEqual([]);
  });

  test('R01: an entered last day that differs from the computed one is doubted, the same one is not', () => {
    expect(papersWarnings({ mandatoryScrapDate: '2029-05-21' })).toEqual([
      { field: 'mandatoryScrapDate', message: expect.stringMatching(/2029-05-20，与填写的不同/) },
    ]);
    expect(papersWarnings({ mandatoryScrapDate: '2029-05-20' })).toEqual([]);
  });

  test('R01: a limit that the codes alone do not settle is called presumed', () => {
    const fromOperating = { vehicleTypeCode: 'K33', useNatureCode: 'L', registrationDate: '2020-01-01' };

    expect(papersWarnings({ ...fromOperating, scrapReason: 'mandatory' })[0]?.message).toContain('从严推定');
  });

  test('R01: a private car has no age limit, so nothing about its last day is doubted', () => {
    const car = { vehicleTypeCode: 'K33', useNatureCode: 'A', mandatoryScrapDate: '2099-12-31' };

    expect(papersWarnings({ ...car, scrapReason: 'mandatory' })).toEqual([]);
  });

  test.each([undefined, '', '2014', '2014-02-30', 20140520])(
    'R01: a registration date half typed (%s) raises nothing',
    (registrationDate) => {
      expect(papersWarnings({ registrationDate, scrapReason: 'mandatory', mandatoryScrapDate: '2014' })).toEqual([]);
    },
  );

  test('R01: a vehicle off the register is not held to a date left over from before', () => {
    expect(papersWarnings({ registeredWithPolice: false, scrapReason: 'mandatory' })).toEqual([]);
  });

  test('R01: a wrong check digit of the VIN warns and does not make the section faulty', () => {
    const vin = 'LSVAA49J132033171';

    expect(papersWarnings({ vin })).toEqual([{ field: 'vin', message: expect.stringContaining('校验位不符') }]);
    expect(faultsOf(sections.papers.fields, { vin }).map(({ field }) => field)).not.toContain('vin');
  });
});

test('R01: every validator that doubts is heard, while its field applies', () => {
  const { sections: drafts } = emptyRecord(true);
  const warningsOf = (ownerKind: string) => {
    const owner = { ownerKind, ownerCreditCode: '91310115MADEMA0185' };
    return sectionWarnings('owner', { sections: { ...drafts, owner } }, today);
  };

  expect(warningsOf('organisation')).toEqual([
    { field: 'ownerCreditCode', message: expect.stringContaining('组织机构代码校验位') },
  ]);
  expect(warningsOf('person')).toEqual([]);
});

test('R04: a battery code of a wrong length is doubted with its place, a whole one is not', () => {
  expect(dismantlingWarnings(['001PB1234567ABC912345678', '001PB1234567'])).toEqual([
    { field: 'batteryCodes', message: expect.stringMatching(/^第 2 个：应为 24 位，现在是 12 位/) },
  ]);
  expect(dismantlingWarnings(['001PB1234567ABC912345678'])).toEqual([]);
});

test('R04: battery codes are refused where they can be none, and written tidily', () => {
  const { batteryCodes } = sections.dismantling.fields;

  expect(batteryCodes?.schema.safeParse(['电池']).success).toBe(false);
  expect(batteryCodes?.schema.parse(['001p-b1234567 abc912345678'])).toEqual(['001PB1234567ABC912345678']);
});

test('R01: a fresh case has no doubts in any section', () => {
  const record = emptyRecord(true);

  expect(sectionIds.flatMap((id) => sectionWarnings(id, record, today))).toEqual([]);
});

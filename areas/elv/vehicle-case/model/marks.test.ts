import { expect, test } from 'vitest';
import { marksOf } from './marks.ts';
import { emptyRecord, type VehicleCase } from './vehicle-case.record.ts';

const marked = (
  papers: Readonly<Record<string, unknown>>,
  { registered = true, ...more }: Partial<VehicleCase> & { readonly registered?: boolean } = {},
) => {
  const record = emptyRecord(registered);
  const sections = { ...record.sections, papers: { ...record.sections.papers, ...papers } };
  return marksOf({ ...record, photos: [], checks: {}, ...more, sections });
};
const codes = (...of: Parameters<typeof marked>) => marked(...of).map(({ code }) => code);

const car = { plateNo: '沪A12345', plateTypeCode: '02', vehicleTypeCode: 'K33', useNatureCode: 'A', fuelTypeCode: 'A' };

test('R02: a common car of the city bears no mark', () => {
  expect(codes({ ...car, registrationDate: '2012-05-01' })).toEqual([]);
});

test('R02: what deserves a second look is marked, supervision first', () => {
  expect(codes({ ...car, vehicleTypeCode: 'H11', useNatureCode: 'F' })).toEqual(['supervised']);
  expect(codes({ ...car, fuelTypeCode: 'B', registrationDate: '2006-03-15' })).toEqual(['yellow-label']);
  expect(codes({ ...car, plateNo: '沪AD12345', plateTypeCode: '52', fuelTypeCode: 'C' })).toEqual(['new-energy']);
  expect(codes({ ...car, plateNo: '苏E20054' })).toEqual(['non-local']);
  expect(codes({}, { registered: false })).toEqual(['unregistered']);
  const all = { plateNo: '浙A20055', vehicleTypeCode: 'H17', useNatureCode: 'F', fuelTypeCode: 'B' };
  expect(codes({ ...all, registrationDate: '2006-01-01' })).toEqual(['supervised', 'yellow-label', 'non-local']);
});

test('R02: supervision is marked from the papers on, with who decided, and goes when the commission lowers it', () => {
  const none = { byRule: false, byPolice: false, raised: false, lowered: false };
  expect(marked(car, { supervision: { ...none, byPolice: true } })[0]?.reason).toBe('公安标注为监销车');
  expect(marked(car, { supervision: { ...none, raised: true } })[0]?.reason).toMatch(/升级为监销/);
  const lorry = { ...car, vehicleTypeCode: 'H11', useNatureCode: 'F' };
  expect(codes(lorry, { supervision: { ...none, byRule: true, lowered: true } })).toEqual([]);
});

test('R01: what the police know against a vehicle is told by its kind', () => {
  const status = (verdict: 'block' | 'notice', text: string) => ({
    checks: { 'vehicle-status': { status: 'answered', verdict, text } as const },
  });
  expect(codes(car, status('block', '抵押或质押期间不予注销，解除后再办'))).toEqual(['pledged']);
  expect(codes(car, status('block', '查封（K）：查封期间不予注销，解除后再办'))).toEqual(['sealed']);
  expect(codes(car, status('block', '被盗抢（C）：不得拆解'))).toEqual(['status-blocked']);
  expect(codes(car, status('notice', '违法未处理（G）'))).toEqual(['status-notice']);
  const waiting = { checks: { 'vehicle-status': { status: 'waiting', verdict: null, text: '' } as const } };
  expect(codes(car, waiting)).toEqual([]);
});

test.each([
  ['LTESTA002A0000056', '车辆识别代号校验位不符'],
  ['FRAME12345', '车辆识别代号只有 10 位'],
])('R01: the doubtful frame number %s is marked with what is doubtful about it', (vin, reason) => {
  expect(marked({ ...car, vin })).toEqual([
    { code: 'check-digit', title: 'VIN 存疑', reason: expect.stringContaining(reason) },
  ]);
});

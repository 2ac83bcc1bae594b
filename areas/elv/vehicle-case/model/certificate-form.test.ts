import { describe, expect, test } from 'vitest';
import { formColumns } from '#practices/printed-document/model/form-layout.ts';
import { certificateCopies, certificateRows, writtenDay } from './certificate-form.ts';
import { emptyRecord, type VehicleCaseRecord } from './vehicle-case.record.ts';

const recordWith = (drafts: Partial<VehicleCaseRecord['sections']>): VehicleCaseRecord => {
  const record = emptyRecord(true);
  return { ...record, sections: { ...record.sections, ...drafts } };
};
const printedValue = (record: VehicleCaseRecord, label: string): string | undefined =>
  certificateRows(record, '上海某某有限公司')
    .flat()
    .find((cell) => cell.label.replace('\n', '') === label)?.value;

describe('R06: the face of the recycling certificate', () => {
  test('R06: it has the fields of the form in use, in its order', () => {
    expect(
      certificateRows(emptyRecord(true), '').map((row) => row.map(({ label }) => label.replace('\n', ''))),
    ).toEqual([
      ['回收企业名称', '回收证明编号'],
      ['车主名称', '身份证号或代码证号'],
      ['地址', '联系电话'],
      ['交车日期', '注册登记日期', '车辆牌照号码'],
      ['车辆类型', '使用性质', '动力类别'],
      ['品牌型号', '车辆识别代号'],
      ['发动机号', '整备质量'],
      ['动力电池编码'],
    ]);
  });

  test('R06: every row is as wide as the form', () => {
    for (const row of certificateRows(emptyRecord(true), '')) {
      expect(row.reduce((sum, { columns }) => sum + columns, 0)).toBe(formColumns);
    }
  });

  test('R06: six copies, each for its keeper', () => {
    expect(certificateCopies).toEqual([
      '① 车主留存',
      '② 公安交管备查',
      '③ 回收企业留存',
      '④ 商务主管备查',
      '⑤ 申领补贴',
      '⑥ 交通运输管理备查',
    ]);
  });

  test('R06: nothing is left blank where somebody could write it in later', () => {
    const empty = emptyRecord(false);

    for (const { value } of certificateRows({ ...empty, sections: { ...empty.sections, owner: {} } }, ' ').flat()) {
      expect(value).toBe('—');
    }
  });

  test('R06: codes are printed by their titles, weight with its unit', () => {
    const papers = { vehicleTypeCode: 'K33', useNatureCode: 'A', fuelTypeCode: 'C', curbWeightKg: 1395 };
    const record = recordWith({ papers });

    expect(printedValue(record, '车辆类型')).toBe('小型轿车');
    expect(printedValue(record, '使用性质')).toBe('非营运');
    expect(printedValue(record, '动力类别')).toBe('电');
    expect(printedValue(record, '整备质量')).toBe('1395 kg');
  });

  test('R06: an organisation is named by its credit code even when an identity number was typed before', () => {
    const owner = { ownerIdentityNo: '310101197505204512', ownerCreditCode: '91310115MADEMA0198' };

    expect(printedValue(recordWith({ owner: { ...owner, ownerKind: 'organisation' } }), '身份证号或代码证号')).toBe(
      '91310115MADEMA0198',
    );
    expect(printedValue(recordWith({ owner: { ...owner, ownerKind: 'person' } }), '身份证号或代码证号')).toBe(
      '310101197505204512',
    );
  });

  test('R06: batteries are listed one by one; a missing battery is said', () => {
    expect(printedValue(recordWith({ dismantling: { batteryCodes: ['A1', 'B2'] } }), '动力电池编码')).toBe('A1、B2');
    expect(printedValue(recordWith({ dismantling: { batteryMissing: true } }), '动力电池编码')).toContain('缺失');
  });

  test('R06: the hand-over day is the one in Shanghai, not in Greenwich', () => {
    expect(printedValue({ ...emptyRecord(true), handedOverAt: '2026-11-19T17:30:00.000Z' }, '交车日期')).toBe(
      '2026年11月20日',
    );
    expect(writtenDay('2009-05-20')).toBe('2009年05月20日');
    expect(writtenDay('2009')).toBe('2009');
  });
});

import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { FormRow } from '#practices/printed-document/model/form-layout.ts';
import { fuelTypes, titleOf, useNatures, vehicleTypes } from '#practices/vehicle/model/codes.ts';
import type { VehicleCaseRecord } from './vehicle-case.record.ts';

/** The six copies of a recycling certificate in order, each by whom it is for. Source: domain 2.5. */
export const certificateCopies = [
  '① 车主留存',
  '② 公安交管备查',
  '③ 回收企业留存',
  '④ 商务主管备查',
  '⑤ 申领补贴',
  '⑥ 交通运输管理备查',
] as const;

/** Printed where a datum is missing, so that nothing can be written in later unseen. */
const nothing = '—';

const filled = (value: unknown): string => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : nothing;
};
const titled = (list: Readonly<Record<string, string>>, code: unknown): string =>
  typeof code === 'string' && code !== '' ? titleOf(list, code) : nothing;

/** A day as certificates write it, `2026年11月23日`; what is no day stands as it is. */
export const writtenDay = (day: unknown): string => filled(day).replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$1年$2月$3日');

const batteries = ({ dismantling }: VehicleCaseRecord['sections']): string => {
  const codes = Array.isArray(dismantling.batteryCodes) ? dismantling.batteryCodes.filter((one) => one !== '') : [];
  if (codes.length > 0) return codes.join('、');
  return dismantling.batteryMissing === true ? '缺失（已提交情况说明）' : nothing;
};

/** The cells of a recycling certificate, three widths of rows. Source: domain 2.5. */
export const certificateRows = (record: VehicleCaseRecord, enterpriseName: string): readonly FormRow[] => {
  const { papers, owner } = record.sections;
  const ownerNo = owner.ownerKind === 'organisation' ? owner.ownerCreditCode : owner.ownerIdentityNo;
  const curbWeight = filled(papers.curbWeightKg);
  const handedOver = record.handedOverAt === null ? null : shanghaiDay(new Date(record.handedOverAt));
  const pair = (left: [string, string], right: [string, string]): FormRow => [
    { label: left[0], value: left[1], columns: 7 },
    { label: right[0], value: right[1], columns: 5 },
  ];
  const three = (...cells: readonly [string, string][]): FormRow =>
    cells.map(([label, value]) => ({ label, value, columns: 4 }));
  return [
    pair(['回收企业名称', filled(enterpriseName)], ['回收证明编号', filled(record.certificate?.certificateNo)]),
    pair(['车主名称', filled(owner.ownerName)], ['身份证号\n或代码证号', filled(ownerNo)]),
    pair(['地址', filled(owner.ownerAddress)], ['联系电话', filled(owner.ownerPhone)]),
    three(
      ['交车日期', writtenDay(handedOver)],
      ['注册登记日期', writtenDay(papers.registrationDate)],
      ['车辆牌照号码', filled(papers.plateNo)],
    ),
    three(
      ['车辆类型', titled(vehicleTypes, papers.vehicleTypeCode)],
      ['使用性质', titled(useNatures, papers.useNatureCode)],
      ['动力类别', titled(fuelTypes, papers.fuelTypeCode)],
    ),
    pair(['品牌型号', filled(papers.brandModel)], ['车辆识别代号', filled(papers.vin)]),
    pair(['发动机号', filled(papers.engineNo)], ['整备质量', curbWeight === nothing ? nothing : `${curbWeight} kg`]),
    [{ label: '动力电池编码', value: batteries(record.sections), columns: 12 }],
  ];
};

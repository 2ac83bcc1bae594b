import { bodyColours, fuelTypes, useNatures, vehicleTypes } from '#practices/vehicle/model/codes.ts';
import type { FormLabel, PaperForm, Printing } from '../paper-form.ts';
import { understandEngineNumber, understandPlate, understandVin } from '../understand-codes.ts';
import { understandBrandModel, understandChoice, understandDay } from '../understand-words.ts';
import { fuelAliases } from './fuel-aliases.ts';

/** The numbered labels of page two, in pairs by row. */
const pageTwo: readonly (readonly [FormLabel, FormLabel])[] = [
  [
    { id: 'type', number: 5, texts: ['车辆类型'] },
    { id: 'brand', number: 6, texts: ['车辆品牌'] },
  ],
  [
    { id: 'model', number: 7, texts: ['车辆型号'] },
    { id: 'colour', number: 8, texts: ['车身颜色'] },
  ],
  [
    { id: 'vin', number: 9, texts: ['车辆识别代号车架号'] },
    { id: 'origin', number: 10, texts: ['国产进口'] },
  ],
  [
    { id: 'engine', number: 11, texts: ['发动机号'] },
    { id: 'engine-model', number: 12, texts: ['发动机型号'] },
  ],
  [
    { id: 'fuel', number: 13, texts: ['燃料种类'] },
    { id: 'power', number: 14, texts: ['排量功率'] },
  ],
  [
    { id: 'maker', number: 15, texts: ['制造厂名称'] },
    { id: 'steering', number: 16, texts: ['转向形式'] },
  ],
  [
    { id: 'track', number: 17, texts: ['轮距'] },
    { id: 'tyres', number: 18, texts: ['轮胎数'] },
  ],
  [
    { id: 'tyre-size', number: 19, texts: ['轮胎规格'] },
    { id: 'springs', number: 20, texts: ['钢板弹簧片数'] },
  ],
  [
    { id: 'wheelbase', number: 21, texts: ['轴距'] },
    { id: 'axles', number: 22, texts: ['轴数'] },
  ],
  [
    { id: 'size', number: 23, texts: ['外廓尺寸'] },
    { id: 'box-size', number: 24, texts: ['货厢内部尺寸'] },
  ],
  [
    { id: 'total', number: 25, texts: ['总质量'] },
    { id: 'load', number: 26, texts: ['核定载质量'] },
  ],
  [
    { id: 'seats', number: 27, texts: ['核定载客'] },
    { id: 'towing', number: 28, texts: ['准牵引总质量'] },
  ],
  [
    { id: 'cab-seats', number: 29, texts: ['驾驶室载客'] },
    { id: 'use', number: 30, texts: ['使用性质'] },
  ],
  [
    { id: 'obtained', number: 31, texts: ['车辆获得方式'] },
    { id: 'made', number: 32, texts: ['车辆出厂日期'] },
  ],
  [
    { id: 'seal', number: 33, texts: ['发证机关章'] },
    { id: 'issued', number: 34, texts: ['发证日期'] },
  ],
];

const printingTwo: Printing = Object.fromEntries(
  pageTwo
    .slice(0, 9)
    .flatMap(([left, right], row) => [
      [left.id, [0.8, row * 9.4] as const] as const,
      [right.id, [66.8, row * 9.4] as const] as const,
    ]),
);

/** 机动车登记证书第一、二页. Source: GA/T 802; domain 2.8. */
export const registrationCertificate: PaperForm = {
  title: '机动车登记证书第一、二页',
  detail: 1600,
  enoughLabels: 8,
  decor: ['信息栏', '演示样本', '证书编号'],
  labels: [
    { id: 'owner', number: 1, texts: ['机动车所有人身份证明名称号码'], lines: 'many' },
    { id: 'office', number: 2, texts: ['登记机关'], lines: 'many' },
    { id: 'registered', number: 3, texts: ['登记日期'] },
    { id: 'plate', number: 4, texts: ['机动车登记编号'] },
    ...pageTwo.flat(),
  ],
  fields: [
    {
      key: 'plateNo',
      title: '机动车登记编号',
      labels: ['plate'],
      which: 'lowest',
      understand: understandPlate,
      anywhere: true,
    },
    { key: 'vin', title: '车辆识别代号', labels: ['vin'], understand: understandVin, anywhere: true },
    {
      key: 'vehicleTypeCode',
      title: '车辆类型',
      labels: ['type'],
      understand: understandChoice(vehicleTypes),
      oneOfFew: true,
    },
    {
      key: 'useNatureCode',
      title: '使用性质',
      labels: ['use'],
      understand: understandChoice(useNatures),
      oneOfFew: true,
    },
    {
      key: 'fuelTypeCode',
      title: '燃料种类',
      labels: ['fuel'],
      understand: understandChoice(fuelTypes, fuelAliases),
      oneOfFew: true,
    },
    { key: 'brandModel', title: '车辆品牌型号', labels: ['brand', 'model'], understand: understandBrandModel },
    { key: 'engineNo', title: '发动机号', labels: ['engine'], understand: understandEngineNumber },
    {
      key: 'registrationDate',
      title: '登记日期',
      labels: ['registered'],
      which: 'uppermost',
      understand: understandDay,
    },
    {
      key: 'bodyColourCode',
      title: '车身颜色',
      labels: ['colour'],
      understand: understandChoice(bodyColours),
      oneOfFew: true,
    },
  ],
  printings: [printingTwo],
};

import { type Cell, label, printed, ruledRows, sample } from './drawing.ts';
import type { PaperSet } from './paper-set.ts';
import type { Mark, Sheet } from './sheet.ts';

const cell = (text: string, content: string, width: number, at: number): Cell => ({
  label: text,
  value: content,
  width,
  at,
});
const pair = (left: string, leftValue: string, right: string, rightValue: string): readonly Cell[] => [
  cell(left, leftValue, 82, 36),
  cell(right, rightValue, 68, 26),
];

const pageOne = (set: PaperSet) => {
  const { identity } = printed(set);
  return ruledRows(
    { x: 10, y: 26 },
    [
      [cell('1.机动车所有人/身份证明名称/号码', `${set.owner.name}/${identity}`, 150, 55)],
      [
        cell('2.登记机关', '沪市车管所', 46, 19),
        cell('3.登记日期', set.registrationDate, 46, 19),
        cell('4.机动车登记编号', set.plateNo, 58, 29),
      ],
    ],
    10,
    { label: 2.7, value: 3.1 },
  );
};

const pageTwo = (set: PaperSet) => {
  const { vehicleType, useNature, fuel, colour } = printed(set);
  return ruledRows(
    { x: 10, y: 66 },
    [
      pair('5.车辆类型', vehicleType, '6.车辆品牌', set.brand),
      pair('7.车辆型号', set.model, '8.车身颜色', colour),
      pair('9.车辆识别代号/车架号', set.vin, '10.国产/进口', '国产'),
      pair('11.发动机号', set.engineNo, '12.发动机型号', set.engineModel),
      pair('13.燃料种类', fuel, '14.排量/功率', '1968 ml / 103 kw'),
      pair('15.制造厂名称', '样本汽车制造厂', '16.转向形式', '方向盘'),
      pair('17.轮距', '前 1580 后 1560 mm', '18.轮胎数', '4'),
      pair('19.轮胎规格', '205/55R16', '20.钢板弹簧片数', '后轴 -- 片'),
      pair('21.轴距', '2720 mm', '22.轴数', '2'),
      pair('23.外廓尺寸', '长4893宽1837高1469 mm', '24.货厢内部尺寸', '-- mm'),
      pair('25.总质量', `${set.totalWeightKg} kg`, '26.核定载质量', '-- kg'),
      pair('27.核定载客', `${set.seats} 人`, '28.准牵引总质量', '-- kg'),
      pair('29.驾驶室载客', '-- 人', '30.使用性质', useNature),
      pair('31.车辆获得方式', '购买', '32.车辆出厂日期', set.madeOn),
      pair('33.发证机关章', '', '34.发证日期', set.issueDate),
    ],
    8,
    { label: 2.7, value: 3.1 },
  );
};

const fold: Mark = { kind: 'line', x: 0, y: 52, width: 170, height: 0 };

/** Registration certificate, page two under page one. */
export const stackedCertificate = (set: PaperSet): Sheet => {
  const [one, two] = [pageOne(set), pageTwo(set)];
  return {
    width: 170,
    height: 200,
    marks: [...one.marks, ...two.marks, fold],
    words: [
      label(56, 8, 3.4, `编号：${set.certificateNo}`),
      label(58, 17, 4.2, '注册登记摘要信息栏'),
      label(54, 57, 4.2, '注册登记机动车信息栏'),
      ...one.words,
      ...two.words,
      sample(68, 192, 2.4),
    ],
  };
};

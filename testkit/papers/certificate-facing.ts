import { type Cell, label, printed, ruledRows, sample } from './drawing.ts';
import { type PaperSet, paperSetOf } from './paper-set.ts';
import type { Random } from './random.ts';
import type { Sheet } from './sheet.ts';

const pageOne = (set: PaperSet, before: PaperSet | null) => {
  const cell = (text: string, content: string, width: number, at: number): Cell => ({
    label: text,
    value: content,
    width,
    at,
  });
  const { owner, plateNo } = before ?? set;
  const name = (one: PaperSet): string => `${one.owner.name}/${printed(one).identity}`;
  const summary = (shown: PaperSet | null): readonly (readonly Cell[])[] => [
    [cell('机动车所有人/身份证明名称/号码', shown ? name(shown) : '', 118, 44)],
    [
      cell('登记机关', shown ? '上海市公安局交警总队' : '', 48, 14),
      cell('登记日期', shown ? shown.issueDate : '', 32, 14),
      cell('机动车登记编号', shown ? shown.plateNo : '', 38, 22),
    ],
  ];
  return ruledRows(
    { x: 6, y: 30 },
    [
      [cell('1.机动车所有人/身份证明名称/号码', name({ ...set, owner }), 118, 44)],
      [
        cell('2.登记机关', '上海市公安局交警总队', 50, 15),
        cell('3.登记日期', set.registrationDate, 30, 14),
        cell('4.机动车登记编号', plateNo, 38, 23),
      ],
      ...summary(before && set),
      ...summary(null),
      ...summary(null),
    ],
    13,
    { label: 2.3, value: 2.6 },
  );
};

const pageTwo = (set: PaperSet) => {
  const { vehicleType, useNature, fuel, colour } = printed(set);
  const pair = (left: string, leftValue: string, right: string, rightValue: string): readonly Cell[] => [
    { label: left, value: leftValue, width: 66, at: 26 },
    { label: right, value: rightValue, width: 52, at: 22 },
  ];
  return ruledRows(
    { x: 134, y: 26 },
    [
      pair('5.车辆类型', vehicleType, '6.车辆品牌', set.brand),
      pair('7.车辆型号', set.model, '8.车身颜色', colour),
      pair('9.车辆识别代号/车架号', set.vin, '10.国产/进口', '国产'),
      pair('11.发动机号', set.engineNo, '12.发动机型号', set.engineModel),
      pair('13.燃料种类', fuel, '14.排量/功率', '1598ml/77kw'),
      pair('15.制造厂名称', '示例汽车有限公司', '16.转向形式', '方向盘'),
      pair('17.轮距', '前1505 后1485 mm', '18.轮胎数', '4'),
      pair('19.轮胎规格', '195/65R15', '20.钢板弹簧片数', '--片'),
      pair('21.轴距', '2610 mm', '22.轴数', '2'),
      pair('23.外廓尺寸', '4674×1700×1464mm', '33.发证机关章', ''),
      pair('25.总质量', `${set.totalWeightKg}kg`, '26.核定载质量', '--kg'),
      pair('27.核定载客', `${set.seats}人`, '28.准牵引总质量', '--kg'),
      pair('29.驾驶室载客', '--人', '30.使用性质', useNature),
      pair('31.车辆获得方式', '购买', '32.车辆出厂日期', set.madeOn),
      [{ label: '34.发证日期', value: set.issueDate, width: 118, at: 26 }],
    ],
    9.4,
    { label: 2.3, value: 2.7 },
  );
};

/** Registration certificate, pages one and two facing each other; some with a transfer to a second owner. */
export const facingCertificate = (set: PaperSet, random: Random): Sheet => {
  const before = random.chance(0.3) ? paperSetOf(random.whole(1, 1_000_000)) : null;
  const [one, two] = [pageOne(set, before), pageTwo(set)];
  return {
    width: 258,
    height: 178,
    marks: [...one.marks, ...two.marks, { kind: 'line', x: 129, y: 0, width: 0, height: 178, colour: '#777' }],
    words: [
      label(40, 10, 3, `机动车登记证书编号：${set.certificateNo}`),
      label(44, 20, 3.6, '注册登记摘要信息栏'),
      label(172, 14, 3.6, '注册登记机动车信息栏'),
      ...one.words,
      ...two.words,
      label(60, 168, 2.4, '第1页'),
      label(190, 171, 2.4, '第2页'),
      sample(100, 172, 2),
    ],
  };
};

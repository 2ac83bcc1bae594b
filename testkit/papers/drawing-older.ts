import { stackedCertificate } from './certificate-stacked.ts';
import {
  birthOf,
  broken,
  type Cell,
  type Drawing,
  fitted,
  label,
  longDay,
  printed,
  ruledRows,
  sample,
  value,
} from './drawing.ts';
import type { PaperSet } from './paper-set.ts';
import type { Random } from './random.ts';
import type { Look, Mark, Sheet, Words } from './sheet.ts';
import type { PaperForm } from './truth.ts';

const sans = "'Noto Sans CJK SC'";
const serif = "'Noto Serif CJK SC'";
const mono = "'Noto Sans Mono CJK SC'";

const beside = (x: number, y: number, chinese: string, english: string): readonly Words[] => [
  label(x, y, 2.05, chinese),
  { role: 'english', x, y: y + 2.7, size: 1.5, text: english },
];

const rule = (x: number, y: number, width: number): Mark => ({ kind: 'line', x, y, width, height: 0 });

const licenceMain = (set: PaperSet): Sheet => {
  const { vehicleType, useNature, brandModel } = printed(set);
  const addressLines = broken(set.owner.address, 22);
  return {
    width: 95,
    height: 66,
    marks: [
      rule(5, 21, 85),
      rule(5, 28, 85),
      rule(5, 37, 85),
      rule(30, 44.4, 60),
      rule(30, 51, 60),
      rule(30, 57.5, 60),
    ],
    words: [
      { role: 'title', x: 23, y: 3, size: 3.3, text: '中华人民共和国机动车行驶证' },
      { role: 'english', x: 26, y: 7.6, size: 1.6, text: "Vehicle License of the People's Republic of China" },
      ...beside(5, 15.2, '号牌号码', 'Plate No.'),
      value(20, 15.8, 3.1, set.plateNo),
      ...beside(50, 15.2, '车辆类型', 'Vehicle Type'),
      fitted(64, 15.8, 3.1, vehicleType, 28),
      ...beside(5, 22.4, '所有人', 'Owner'),
      fitted(20, 22.8, 3.1, set.owner.name, 70),
      ...beside(5, 30.6, '住址', 'Address'),
      ...addressLines.map((text, line) => value(20, (addressLines.length > 1 ? 29 : 31) + line * 3.9, 2.8, text)),
      ...beside(5, 38.6, '使用性质', 'Use Character'),
      value(20, 39, 3.1, useNature),
      ...beside(40, 38.6, '品牌型号', 'Model'),
      fitted(53, 39, 3.1, brandModel, 39),
      ...['上海市公', '安局交通', '警察总队'].map(
        (text, line): Words => ({ role: 'stamp', x: 7, y: 46 + line * 5, size: 3.7, text }),
      ),
      ...beside(31, 45.4, '车辆识别代号', 'VIN'),
      value(48, 45.9, 3, set.vin),
      ...beside(31, 52, '发动机号码', 'Engine No.'),
      value(48, 52.4, 3, set.engineNo),
      ...beside(31, 58.6, '注册日期', 'Register Date'),
      value(44, 59, 2.8, set.registrationDate),
      ...beside(62, 58.6, '发证日期', 'Issue Date'),
      value(74, 59, 2.8, set.issueDate),
      sample(3, 11, 1.5),
    ],
  };
};

const licenceDuplicate = (set: PaperSet): Sheet => {
  const { fuel, inspection } = printed(set);
  const cell = (text: string, content: string, width: number, at: number): Cell => ({
    label: text,
    value: content,
    width,
    at,
  });
  const { words, marks } = ruledRows(
    { x: 4, y: 5 },
    [
      [cell('号牌号码', set.plateNo, 44, 15), cell('档案编号', set.fileNo, 44, 15)],
      [cell('核定载人数', `${set.seats}人`, 44, 15), cell('总质量', `${set.totalWeightKg} kg`, 44, 20)],
      [cell('整备质量', `${set.curbWeightKg} kg`, 44, 15), cell('核定载质量', '----', 44, 20)],
      [cell('外廓尺寸', '5998×2098×2580mm', 50, 13), cell('准牵引总质量', '----', 38, 20)],
      [cell('备注', `${fuel}  强制报废期止:${set.mandatoryScrapDate}`, 88, 15)],
      [cell('检验记录', inspection, 88, 15)],
    ],
    7.6,
    { label: 2.1, value: 2.7 },
  );
  return {
    width: 96,
    height: 64,
    marks: [...marks, { kind: 'bars', x: 50, y: 53.5, width: 38, height: 5 }],
    words: [...words, label(58, 59.2, 2.2, `*${set.fileNo}5*`), sample(5, 59.6, 1.5)],
  };
};

const identityCard = (set: PaperSet): Sheet => {
  const { owner } = set;
  const [year = '', month = '', day = ''] = birthOf(owner.identityNo).split('-');
  return {
    width: 90,
    height: 57,
    marks: [
      { kind: 'patch', x: 61, y: 7, width: 24, height: 31, colour: '#d8d4cf' },
      { kind: 'patch', x: 67, y: 14, width: 12, height: 14, colour: '#7b6a5f' },
    ],
    words: [
      label(7, 7.6, 2.5, '姓名', 6.4),
      value(17, 7, 3.5, owner.name),
      label(7, 14.8, 2.5, '性别', 6.4),
      value(17, 14.5, 3, Number(owner.identityNo.at(16)) % 2 === 1 ? '男' : '女'),
      label(29, 14.8, 2.5, '民族', 6.4),
      value(38, 14.5, 3, '汉'),
      label(7, 22, 2.5, '出生', 6.4),
      value(17, 21.6, 3, `${year}`),
      label(26.5, 22, 2.5, '年'),
      value(31.5, 21.6, 3, String(Number(month))),
      label(36, 22, 2.5, '月'),
      value(41, 21.6, 3, String(Number(day))),
      label(46, 22, 2.5, '日'),
      label(7, 29.4, 2.5, '住址', 6.4),
      ...broken(owner.address, 12).map((text, line) => value(17, 29 + line * 4.6, 3, text)),
      label(7, 48.4, 2.5, '公民身份号码'),
      value(30, 47.6, 4, owner.identityNo),
      sample(62, 40.6, 1.7),
    ],
  };
};

const businessLicence = (set: PaperSet): Sheet => {
  const { owner, registrationDate } = set;
  const rows: readonly (readonly [string, string])[] = [
    ['名称', owner.name],
    ['类型', '有限责任公司'],
    ['住所', owner.address],
    ['法定代表人', owner.legalRepresentative],
    ['注册资本', '人民币叁佰万元整'],
    ['成立日期', longDay(registrationDate)],
    ['营业期限', `${longDay(registrationDate)}至不约定期限`],
    ['经营范围', '汽车、机电设备的销售，道路货物运输代理，物业管理，商务信息咨询。（演示样本）'],
  ];
  let y = 88;
  const words: Words[] = [];
  for (const [name, content] of rows) {
    words.push(label(30, y, 4.6, name, 27));
    for (const text of broken(content, 24)) {
      words.push(value(66, y, 4.6, text));
      y += 7;
    }
    y += 5.5;
  }
  return {
    width: 210,
    height: 297,
    marks: [
      { kind: 'frame', x: 8, y: 8, width: 194, height: 281, colour: '#b08a2e' },
      {
        kind: 'patch',
        x: 30,
        y: 236,
        width: 24,
        height: 24,
        colour: 'repeating-conic-gradient(#222 0 25%,#eee 0 50%) 0 0/8px 8px',
      },
    ],
    words: [
      { role: 'title', x: 62, y: 34, size: 18, text: '营业执照' },
      label(96, 58, 5, '（副本）'),
      label(78, 72, 4.2, '统一社会信用代码'),
      value(116, 71.8, 4.4, owner.identityNo),
      ...words,
      label(128, 236, 5.4, '登记机关'),
      label(140, 262, 4.6, longDay(set.issueDate)),
      sample(86, 280, 3),
    ],
  };
};

const papers: Readonly<Record<PaperForm, readonly [string, string]>> = {
  'vehicle-licence-main': ['#f4f6f8', '#dfe8ee'],
  'vehicle-licence-duplicate': ['#eff2f4', '#d9e3e9'],
  'registration-certificate-p12': ['#eef4ee', '#dbe9dc'],
  'id-card-front': ['#f0edf2', '#e0dbe6'],
  'business-licence': ['#fbf9f2', '#f3ecd8'],
};

const look = (form: PaperForm, random: Random): Look => {
  const [light, dark] = papers[form];
  const labelColour = form === 'id-card-front' ? '#4a86b0' : random.pick(['#1f2a38', '#3a3f46', '#57504a']);
  return {
    inks: {
      title: { family: sans, weight: 700, colour: '#22262c', spacing: 0.04 },
      label: { family: serif, weight: random.pick([400, 700]), colour: labelColour },
      english: { family: "'Liberation Serif',serif", weight: 400, colour: labelColour },
      value: {
        family: random.pick([mono, mono, sans]),
        weight: 400,
        colour: random.pick(['#23262b', '#2d3142', '#333333']),
        spacing: random.between(-0.02, 0.09),
        stretch: random.between(0.86, 1.04),
        opacity: random.between(0.78, 0.98),
      },
      stamp: { family: sans, weight: 400, colour: '#d0453f', opacity: 0.8 },
      sample: { family: serif, weight: 400, colour: '#8a8f8a', opacity: 0.6 },
    },
    paper: `background:repeating-linear-gradient(28deg,${light} 0 11px,${dark} 12px 13px),${light}`,
    ruleColour: '#7f8b94',
    print: { x: random.between(-1, 1), y: random.between(-0.7, 0.8), turn: random.between(-0.5, 0.5) },
    stray: 0.25,
    corner: form === 'id-card-front' || form.startsWith('vehicle') ? 3 : 0,
  };
};

/** Papers as printed before, by a dot-matrix machine: ruled licence, stacked certificate pages, upright business licence. */
export const olderDrawing: Drawing = {
  name: 'older',
  look,
  sheet: (form, set) => {
    switch (form) {
      case 'vehicle-licence-main':
        return licenceMain(set);
      case 'vehicle-licence-duplicate':
        return licenceDuplicate(set);
      case 'registration-certificate-p12':
        return stackedCertificate(set);
      case 'id-card-front':
        return identityCard(set);
      case 'business-licence':
        return businessLicence(set);
    }
  },
};

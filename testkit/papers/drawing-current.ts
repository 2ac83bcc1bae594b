import { facingCertificate } from './certificate-facing.ts';
import { birthOf, broken, type Drawing, fitted, label, longDay, printed, sample, value } from './drawing.ts';
import type { PaperSet } from './paper-set.ts';
import type { Random } from './random.ts';
import type { Look, Sheet, Words } from './sheet.ts';
import type { PaperForm } from './truth.ts';

const sans = "'Noto Sans CJK SC'";
const serif = "'Noto Serif CJK SC'";

const bilingual = (x: number, y: number, chinese: string, english: string): readonly Words[] => [
  label(x, y, 2.2, chinese),
  { role: 'english', x, y: y + 2.5, size: 1.35, text: english },
];

const licenceMain = (set: PaperSet): Sheet => {
  const { vehicleType, useNature, brandModel } = printed(set);
  return {
    width: 88,
    height: 60,
    marks: [{ kind: 'frame', x: 3.4, y: 43, width: 20, height: 14.6, colour: '#c8403a' }],
    words: [
      { role: 'title', x: 17, y: 3.2, size: 3.6, text: '中华人民共和国机动车行驶证' },
      { role: 'english', x: 24, y: 8, size: 1.5, text: "Vehicle License of the People's Republic of China" },
      ...bilingual(4, 12.6, '号牌号码', 'Plate No.'),
      value(16.5, 12.2, 3, set.plateNo),
      ...bilingual(45, 12.6, '车辆类型', 'Vehicle Type'),
      fitted(58, 12.2, 3, vehicleType, 28),
      ...bilingual(4, 20, '所有人', 'Owner'),
      fitted(16.5, 19.6, 3, set.owner.name, 68),
      ...bilingual(4, 27.4, '住址', 'Address'),
      fitted(13.5, 27.2, 2.9, set.owner.address, 72),
      ...bilingual(4, 34.8, '使用性质', 'Use Character'),
      value(16.5, 34.4, 3, useNature),
      ...bilingual(33, 34.8, '品牌型号', 'Model'),
      fitted(45.5, 34.4, 3, brandModel, 40),
      ...['上海市公安', '局交通警察', '总　　　队'].map(
        (text, line): Words => ({ role: 'stamp', x: 5, y: 44.2 + line * 4.3, size: 3.2, text }),
      ),
      ...bilingual(26, 42.2, '车辆识别代号', 'VIN'),
      value(43, 41.8, 3, set.vin),
      ...bilingual(26, 48, '发动机号码', 'Engine No.'),
      value(43, 47.6, 3, set.engineNo),
      ...bilingual(26, 53.6, '注册日期', 'Register Date'),
      value(38, 53.2, 2.9, set.registrationDate),
      ...bilingual(57, 53.6, '发证日期', 'Issue Date'),
      value(69, 53.2, 2.9, set.issueDate),
      sample(66, 9.6, 1.6),
    ],
  };
};

const licenceDuplicate = (set: PaperSet): Sheet => {
  const { fuel, inspection } = printed(set);
  const row = (y: number, left: string, leftValue: string, right: string, rightValue: string): readonly Words[] => [
    label(4, y, 2.3, left),
    value(19, y - 0.3, 2.9, leftValue),
    label(45, y, 2.3, right),
    value(63, y - 0.3, 2.9, rightValue),
  ];
  return {
    width: 88,
    height: 60,
    marks: [{ kind: 'bars', x: 46, y: 50.5, width: 36, height: 4 }],
    words: [
      { role: 'title', x: 22, y: 3, size: 3, text: '中华人民共和国机动车行驶证副页' },
      ...row(9.5, '号牌号码', set.plateNo, '档案编号', set.fileNo),
      ...row(16, '核定载人数', `${set.seats}人`, '总质量', `${set.totalWeightKg}kg`),
      ...row(22.5, '整备质量', `${set.curbWeightKg}kg`, '核定载质量', '--'),
      label(4, 29, 2.3, '外廓尺寸'),
      fitted(19, 28.8, 2.6, '4674×1700×1464mm', 25),
      label(45, 29, 2.3, '准牵引总质量'),
      value(63, 28.7, 2.9, '--'),
      label(4, 35.5, 2.3, '备注'),
      value(19, 35.2, 2.7, `强制报废期止:${set.mandatoryScrapDate}`),
      value(66, 35.2, 2.7, fuel),
      label(4, 43, 2.3, '检验记录'),
      value(19, 42.7, 2.7, inspection),
      label(52, 55, 2.4, `*${set.fileNo}8*`),
      sample(4, 56.5, 1.6),
    ],
  };
};

const identityCard = (set: PaperSet): Sheet => {
  const { owner } = set;
  const [year = '', month = '', day = ''] = birthOf(owner.identityNo).split('-');
  const lines = broken(owner.address, 11);
  return {
    width: 85.6,
    height: 54,
    marks: [
      { kind: 'patch', x: 59, y: 8, width: 21, height: 28, colour: '#c9c4bd' },
      { kind: 'patch', x: 65, y: 13, width: 9, height: 11, colour: '#8d8175' },
    ],
    words: [
      label(6, 7, 2.6, '姓 名'),
      value(15, 6.6, 3.4, owner.name),
      label(6, 14, 2.6, '性 别'),
      value(15, 13.8, 2.9, Number(owner.identityNo.at(16)) % 2 === 1 ? '男' : '女'),
      label(25, 14, 2.6, '民 族'),
      value(34, 13.8, 2.9, '汉'),
      label(6, 20.8, 2.6, '出 生'),
      value(15, 20.6, 2.9, year),
      label(23.5, 20.8, 2.6, '年'),
      value(28, 20.6, 2.9, String(Number(month))),
      label(32.5, 20.8, 2.6, '月'),
      value(37, 20.6, 2.9, String(Number(day))),
      label(41.5, 20.8, 2.6, '日'),
      label(6, 28, 2.6, '住 址'),
      ...lines.map((text, line) => value(15, 27.8 + line * 4.3, 2.9, text)),
      label(6, 45.5, 2.6, '公民身份号码'),
      value(28, 44.8, 3.8, owner.identityNo),
      sample(60, 39, 1.8),
    ],
  };
};

const businessLicence = (set: PaperSet): Sheet => {
  const { owner, registrationDate } = set;
  const row = (x: number, y: number, name: string, content: string, width: number): readonly Words[] => [
    label(x, y, 4.2, name, 24),
    ...broken(content, width).map((text, line) => value(x + 30, y + line * 6.4, 4.2, text)),
  ];
  return {
    width: 297,
    height: 210,
    marks: [
      { kind: 'frame', x: 6, y: 6, width: 285, height: 198 },
      {
        kind: 'patch',
        x: 245,
        y: 22,
        width: 26,
        height: 26,
        colour: 'repeating-conic-gradient(#222 0 25%,#eee 0 50%) 0 0/9px 9px',
      },
    ],
    words: [
      { role: 'title', x: 106, y: 26, size: 17, text: '营业执照' },
      label(134, 50, 5, '（副  本）'),
      label(24, 24, 4, '统一社会信用代码'),
      value(24, 31, 4.4, owner.identityNo),
      ...row(24, 74, '名称', owner.name, 24),
      ...row(24, 88, '类型', '有限责任公司（自然人投资或控股）', 24),
      ...row(24, 102, '法定代表人', owner.legalRepresentative, 24),
      ...row(
        24,
        116,
        '经营范围',
        '许可项目：道路货物运输。一般项目：汽车销售；机动车修理和维护；小微型客车租赁经营服务。（演示样本）',
        24,
      ),
      ...row(166, 74, '注册资本', '人民币500.0000万元整', 22),
      ...row(166, 88, '成立日期', longDay(registrationDate, true), 22),
      ...row(166, 102, '住所', owner.address, 20),
      label(166, 150, 5.4, '登 记 机 关'),
      label(200, 178, 4.6, longDay(set.issueDate, true)),
      sample(24, 194, 3),
    ],
  };
};

const papers: Readonly<Record<PaperForm, readonly [string, string]>> = {
  'vehicle-licence-main': ['#eef4ec', '#d6e6da'],
  'vehicle-licence-duplicate': ['#f1f5ef', '#dce8de'],
  'registration-certificate-p12': ['#f4efe4', '#ece2cc'],
  'id-card-front': ['#e9eef3', '#dbe4ea'],
  'business-licence': ['#f7f3e6', '#f0e8cf'],
};

const look = (form: PaperForm, random: Random): Look => {
  const [light, dark] = papers[form];
  const labelColour = form === 'id-card-front' ? '#3f7ea8' : random.pick(['#2b2b2b', '#38443d', '#473f33']);
  const valueFamily = form === 'id-card-front' ? sans : random.pick([serif, serif, sans]);
  return {
    inks: {
      title: { family: serif, weight: 700, colour: '#2a2a2a', spacing: 0.12 },
      label: { family: sans, weight: 400, colour: labelColour },
      english: { family: "'Liberation Sans',sans-serif", weight: 400, colour: labelColour },
      value: {
        family: valueFamily,
        weight: random.pick([400, 700]),
        colour: '#1a1a1a',
        spacing: random.between(0, 0.06),
      },
      stamp: { family: serif, weight: 700, colour: '#c8403a', opacity: 0.85 },
      sample: { family: sans, weight: 400, colour: '#8a8f8a', opacity: 0.6 },
    },
    paper: `background:repeating-radial-gradient(circle at 30% 40%,${light} 0 9px,${dark} 10px 11px,${light} 12px 20px)`,
    ruleColour: form === 'registration-certificate-p12' ? '#6b5b45' : '#8a7a5a',
    print: { x: random.between(-0.5, 0.9), y: random.between(-0.6, 0.5), turn: random.between(-0.3, 0.3) },
    stray: 0.15,
    corner: form === 'id-card-front' || form.startsWith('vehicle') ? 2.5 : 0.3,
  };
};

/** Papers as printed now: bilingual licence, facing certificate pages, wide business licence. */
export const currentDrawing: Drawing = {
  name: 'current',
  look,
  sheet: (form, set, random) => {
    switch (form) {
      case 'vehicle-licence-main':
        return licenceMain(set);
      case 'vehicle-licence-duplicate':
        return licenceDuplicate(set);
      case 'registration-certificate-p12':
        return facingCertificate(set, random);
      case 'id-card-front':
        return identityCard(set);
      case 'business-licence':
        return businessLicence(set);
    }
  },
};

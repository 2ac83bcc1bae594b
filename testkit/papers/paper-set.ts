import { creditCodeOf, identityNoOf, vinOf } from '#apps/simulators/register/check-digits.ts';
import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import { vehicleTypes } from '#practices/vehicle/model/codes.ts';
import { type Random, randomOf, seedOf } from './random.ts';

/** The owner as printed on papers. */
export interface PrintedOwner {
  readonly kind: 'person' | 'organisation';
  readonly name: string;
  /** Identity number, or unified social credit code. */
  readonly identityNo: string;
  readonly address: string;
  /** Of organisations. */
  readonly legalRepresentative: string;
}

/** Everything that is printed on the papers of one vehicle and its owner. Codes are the police's (GA/T 16), days `yyyy-MM-dd`. */
export interface PaperSet {
  readonly plateNo: string;
  readonly vehicleTypeCode: string;
  readonly useNatureCode: string;
  readonly fuelTypeCode: string;
  readonly bodyColourCode: string;
  /** With 牌 at its end. */
  readonly brand: string;
  readonly model: string;
  readonly vin: string;
  readonly engineNo: string;
  readonly engineModel: string;
  readonly registrationDate: string;
  readonly issueDate: string;
  readonly madeOn: string;
  readonly mandatoryScrapDate: string;
  readonly curbWeightKg: number;
  readonly totalWeightKg: number;
  readonly seats: number;
  readonly fileNo: string;
  readonly certificateNo: string;
  readonly owner: PrintedOwner;
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎',
] as [string, ...string[]];
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉萍红辉鹏健俊浩宇欣怡晨曦梓涵'] as [
  string,
  ...string[],
];
const districts = [
  '黄浦区',
  '徐汇区',
  '长宁区',
  '静安区',
  '普陀区',
  '虹口区',
  '杨浦区',
  '闵行区',
  '宝山区',
  '嘉定区',
  '浦东新区',
  '金山区',
  '松江区',
  '青浦区',
  '奉贤区',
  '崇明区',
] as const;
const roads = ['演示路', '示例大道', '样本东路', '模拟一村', '测试新村', '演示镇示例村', '虚构公路'] as const;
const trades = ['物流', '汽车租赁', '建筑工程', '商贸', '机电设备', '环境科技', '客运服务'] as const;
const makes = [
  ['大众汽车牌', 'SVW71612BM', 'K33', 'A'],
  ['别克牌', 'SGM7154DAA2', 'K33', 'A'],
  ['丰田牌', 'TV7180GM', 'K33', 'A'],
  ['本田牌', 'DHW6454R3ASD', 'K32', 'A'],
  ['日产牌', 'DFL7162VB', 'K33', 'A'],
  ['荣威牌', 'CSA7000BEV', 'K33', 'C'],
  ['比亚迪牌', 'BYD7152WT6HEVC4', 'K33', 'O'],
  ['五菱牌', 'LZW6407BF', 'K31', 'A'],
  ['依维柯牌', 'NJ1046CFC', 'H31', 'B'],
  ['东风牌', 'DFL1160BX2', 'H12', 'B'],
  ['解放牌', 'CA3250P66K2L3T1E4', 'H17', 'B'],
  ['宇通牌', 'ZK6127HQ', 'K11', 'B'],
  ['金龙牌', 'XMQ6706AYD4D', 'K21', 'B'],
  ['江铃全顺牌', 'JX6541TA-M5', 'K21', 'B'],
] as const;

const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ';

const plateFrom = (random: Random, fuel: string): string => {
  const place = `${random.pick(['沪', '沪', '沪', '沪', '苏', '浙', '皖'])}${random.pick(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K'])}`;
  if (fuel === 'C' || fuel === 'O') return `${place}${random.pick(['D', 'F'])}${random.digits(5)}`;
  return random.chance(0.4)
    ? `${place}${random.pick([...letters] as [string, ...string[]])}${random.digits(4)}`
    : `${place}${random.digits(5)}`;
};

const engineNoFrom = (random: Random): string => {
  const letter = (): string => letters.charAt(random.whole(0, letters.length - 1));
  return random.pick([
    `${letter()}${letter()}${letter()}${random.digits(6)}`,
    `${random.digits(7)}${letter()}`,
    `${letter()}${random.digits(2)}${letter()}${random.digits(6)}`,
    `${random.digits(8)}`,
  ]);
};

const vinFrom = (random: Random): string => {
  const any = `${letters}0123456789`;
  const run = (count: number): string =>
    Array.from({ length: count }, () => any.charAt(random.whole(0, any.length - 1))).join('');
  return vinOf(`L${run(7)}`, `${random.pick([...'789ABCDEFGH'] as [string, ...string[]])}${run(1)}${random.digits(6)}`);
};

const addressFrom = (random: Random): string => {
  const place = `上海市${random.pick(districts)}${random.pick(roads)}${random.whole(1, 1999)}`;
  return random.pick([
    `${place}号`,
    `${place}号${random.whole(1, 90)}室`,
    `${place}弄${random.whole(1, 120)}号${random.whole(101, 2808)}室`,
    `${place}号${random.whole(1, 30)}幢${random.whole(1, 6)}单元${random.whole(101, 1802)}室`,
  ]);
};

const personFrom = (random: Random): PrintedOwner => {
  const birth = dayAfter('1900-01-01', random.whole(0, 6900)).replaceAll('-', '');
  return {
    kind: 'person',
    name: `${random.pick(surnames)}${random.pick(given)}${random.chance(0.3) ? random.pick(given) : ''}演示`,
    identityNo: identityNoOf(
      `3101${random.pick(['01', '04', '05', '06', '07', '09', '10', '12', '13', '14', '15'])}`,
      birth,
      random.whole(1, 999),
    ),
    address: addressFrom(random),
    legalRepresentative: '',
  };
};

const organisationFrom = (random: Random): PrintedOwner => ({
  kind: 'organisation',
  name: `演示${random.pick(given)}${random.pick(given)}${random.pick(trades)}（上海）有限公司`,
  identityNo: creditCodeOf(
    `9131011${random.whole(0, 8)}`,
    `MA1${random.pick(['K', 'G', 'H', 'L', 'N'])}${random.digits(4)}`,
  ),
  address: addressFrom(random),
  legalRepresentative: personFrom(random).name,
});

/** Papers of a made-up vehicle, all from the seed: check digits hold, people are born in 1900 to 1918 and named 演示. */
export const paperSetOf = (seed: number): PaperSet => {
  const random = randomOf(seed);
  const [brand, model, vehicleTypeCode, fuelTypeCode] = random.pick(makes);
  const heavy = /^[HK][12]/.test(vehicleTypeCode);
  const registrationDate = dayAfter('2001-01-03', random.whole(0, 7000));
  const curbWeightKg = heavy ? random.whole(3200, 14_900) : random.whole(890, 2150);
  return {
    plateNo: plateFrom(random, fuelTypeCode),
    vehicleTypeCode,
    useNatureCode: vehicleTypeCode.startsWith('H')
      ? 'F'
      : random.pick(['A', 'A', 'A', 'A', 'D', 'G', 'L', 'N', 'T', 'B']),
    fuelTypeCode,
    bodyColourCode: random.pick(['A', 'B', 'C', 'E', 'G', 'H', 'I', 'J']),
    brand,
    model,
    vin: vinFrom(random),
    engineNo: engineNoFrom(random),
    engineModel: random.pick(['CSTA', 'LJI', '4JB1-TC', 'G4FC', 'ISD6.7E5', 'BWA', '2ZR']),
    registrationDate,
    issueDate: dayAfter(registrationDate, random.whole(0, 2600)),
    madeOn: dayAfter(registrationDate, -random.whole(20, 200)),
    mandatoryScrapDate: random.chance(0.4)
      ? '2099-12-31'
      : `${Number(registrationDate.slice(0, 4)) + 15}${registrationDate.slice(4).replace('02-29', '02-28')}`,
    curbWeightKg,
    totalWeightKg: curbWeightKg + random.whole(300, 3000),
    seats: heavy ? random.pick([2, 3, 19, 45, 51]) : random.pick([5, 5, 7, 2]),
    fileNo: `3100${random.digits(8)}`,
    certificateNo: `3100${random.digits(8)}`,
    owner: random.chance(0.25) ? organisationFrom(random) : personFrom(random),
  };
};

/** A made-up person or organisation, from the seed. */
export const ownerOf = (seed: number, kind: PrintedOwner['kind']): PrintedOwner =>
  kind === 'person' ? personFrom(randomOf(seed)) : organisationFrom(randomOf(seed));

const brandAndModel = (brandModel: string): { readonly brand: string; readonly model: string } => {
  const end = brandModel.indexOf('牌') + 1;
  return { brand: brandModel.slice(0, end), model: brandModel.slice(end) };
};

/** The papers of a vehicle of the simulators' register; what the register does not know is made up from its VIN. */
export const paperSetOfVehicle = ({ papers, owner }: SimulatedVehicle): PaperSet => {
  const made = paperSetOf(seedOf(papers.vin));
  const { vehicleTypeCode, registrationDate, curbWeightKg } = papers;
  if (!(vehicleTypeCode in vehicleTypes)) throw new Error(`no vehicle type ${vehicleTypeCode}`);
  return {
    ...made,
    ...papers,
    ...brandAndModel(papers.brandModel),
    issueDate: dayAfter(registrationDate, 40),
    madeOn: dayAfter(registrationDate, -60),
    mandatoryScrapDate: papers.mandatoryScrapDate ?? '2099-12-31',
    totalWeightKg: curbWeightKg + 375,
    seats: vehicleTypeCode.startsWith('K3') ? 5 : made.seats,
    owner: {
      kind: owner.kind,
      name: owner.name,
      identityNo: owner.identityNo,
      address: owner.address,
      legalRepresentative: owner.kind === 'organisation' ? '负责人演示' : '',
    },
  };
};

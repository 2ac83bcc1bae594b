import { creditCodeOf } from './check-digits.ts';
import { listed, organisation, type Particulars, person, type SimulatedVehicle } from './vehicle.ts';

const haulier = organisation('演示物流（浦东）有限公司', creditCodeOf('91310115', 'MADEMB01'));
const carrier = organisation('演示客运（宝山）有限公司', creditCodeOf('91310113', 'MADEMB02'));
const school = organisation('演示小学', creditCodeOf('12310101', 'MADEMB03'));
const taxis = organisation('演示出租汽车有限公司', creditCodeOf('91310106', 'MADEMB04'));

const truck = (plateNo: string, vehicleTypeCode: string, papers: Particulars['papers'] = {}): Particulars => ({
  papers: {
    plateNo,
    plateTypeCode: '01',
    vehicleTypeCode,
    useNatureCode: 'F',
    fuelTypeCode: 'B',
    brandModel: '示例牌SLZ3250',
    mandatoryScrapDate: '2027-05-01',
    curbWeightKg: 12500,
    bodyColourCode: 'E',
    ...papers,
  },
  vehicle: { owner: haulier, supervisedHint: true },
});

/** A made-up traction battery code of 24 places. Source: domain 2.7 (GB/T 34014). */
const batteryCode = (order: number): string => `TSTPE00DEMA0000${String(order).padStart(9, '0')}`;

const electric = (plateNo: string, batteries: readonly number[], papers: Particulars['papers'] = {}): Particulars => ({
  papers: {
    plateNo,
    plateTypeCode: '52',
    fuelTypeCode: 'C',
    brandModel: '荣威牌CSA7000BEV',
    registrationDate: '2018-09-10',
    curbWeightKg: 1650,
    ...papers,
  },
  vehicle: { batteryCodes: batteries.map(batteryCode) },
});

/** Vehicles of other kinds: supervised, new-energy, trailers, motorcycles, yellow-label. Numbers 33 to 56. Source: domain 2.3, 2.7, 2.9. */
export const kindVehicles: readonly SimulatedVehicle[] = [
  listed(33, '监销：大型客车（公路客运），公安审核通过', {
    papers: {
      plateNo: '沪D20033',
      plateTypeCode: '01',
      vehicleTypeCode: 'K11',
      useNatureCode: 'B',
      fuelTypeCode: 'B',
      brandModel: '示例牌ZK6127',
      mandatoryScrapDate: '2027-05-01',
      curbWeightKg: 13200,
    },
    vehicle: { owner: carrier, supervisedHint: true },
  }),
  listed(34, '监销：重型自卸货车，公安审核通过', truck('沪D20034', 'H17')),
  listed(35, '监销：小型专用校车', {
    papers: {
      vehicleTypeCode: 'K38',
      useNatureCode: 'P',
      brandModel: '示例牌SL6520XC',
      bodyColourCode: 'C',
      mandatoryScrapDate: '2027-05-01',
    },
    vehicle: { owner: school, supervisedHint: true },
  }),
  listed(36, '监销：出租客运小型轿车', {
    papers: {
      useNatureCode: 'D',
      brandModel: '大众汽车牌SVW7183',
      mandatoryScrapDate: '2020-05-01',
      bodyColourCode: 'G',
    },
    vehicle: { owner: taxis, supervisedHint: true },
  }),
  listed(37, '营转非：默认不监销，列为需人工确认', { papers: { useNatureCode: 'L' } }),
  listed(38, '出租转非：默认不监销，列为需人工确认', { papers: { useNatureCode: 'M' } }),
  listed(39, '监销：重型半挂牵引车（与下一辆挂车是两辆车）', truck('沪D20039', 'Q11')),
  listed(40, '监销：重型普通半挂车，无发动机、变速器、方向机', {
    ...truck('沪D2040挂', 'B11', { plateTypeCode: '15', fuelTypeCode: 'Y', engineNo: '无', curbWeightKg: 6800 }),
  }),
  listed(41, '普通二轮摩托车：无方向机与桥', {
    papers: {
      plateNo: '沪C41041',
      plateTypeCode: '07',
      vehicleTypeCode: 'M21',
      brandModel: '示例牌SL125',
      mandatoryScrapDate: '2025-05-01',
      curbWeightKg: 118,
    },
  }),
  listed(42, '新能源：纯电动，一个动力蓄电池编码，无发动机', electric('沪AD20042', [42])),
  listed(43, '新能源：纯电动，两个动力蓄电池编码', electric('沪AD20043', [43, 143])),
  listed(
    44,
    '新能源：插电式混合动力（绿牌 F），有发动机也有电池',
    electric('沪AF20044', [44], { fuelTypeCode: 'O', brandModel: '比亚迪牌BYD7152WT6HEVC4' }),
  ),
  listed(45, '普通混合动力（蓝牌），不是新能源', { papers: { fuelTypeCode: 'O', brandModel: '丰田牌TV7180GHEV' } }),
  listed(46, '新能源：氢燃料大型货车，同时监销', {
    ...truck('沪A20046D', 'H12', {
      plateTypeCode: '51',
      fuelTypeCode: 'P',
      brandModel: '示例牌SLZ5310XXYFCEV',
      registrationDate: '2019-05-01',
    }),
    vehicle: { owner: haulier, supervisedHint: true, batteryCodes: [batteryCode(46)] },
  }),
  listed(47, '疑似黄标车：柴油，2008-07-01 前登记', {
    papers: {
      plateNo: '沪B20047',
      vehicleTypeCode: 'H31',
      useNatureCode: 'A',
      fuelTypeCode: 'B',
      brandModel: '示例牌SL1040',
      registrationDate: '2006-03-15',
      mandatoryScrapDate: '2021-03-15',
      curbWeightKg: 2400,
    },
  }),
  listed(48, '疑似黄标车：汽油，2001-07-01 前登记', {
    papers: { registrationDate: '2000-11-20', brandModel: '桑塔纳牌SVW7180CEi' },
  }),
  listed(
    49,
    '监销：危化品运输重型货车',
    truck('沪D20049', 'H12', { useNatureCode: 'R', brandModel: '示例牌SLZ5320GRY' }),
  ),
  listed(50, '教练车：默认不监销', {
    papers: { plateNo: '沪B2050学', plateTypeCode: '16', useNatureCode: 'N', mandatoryScrapDate: '2022-05-01' },
  }),
  listed(51, '监销：按车型用途不是，公安单独标记为是', { vehicle: { supervisedHint: true } }),
  listed(52, '监销：第一轮退回，补正后第二轮通过', {
    ...truck('沪D20052', 'H11'),
    vehicle: { owner: haulier, supervisedHint: true, behaviour: { decisions: ['returned', 'approved'] } },
  }),
  listed(53, '监销：公安每轮都审核不通过，退回补正', {
    ...truck('沪D20053', 'H11'),
    vehicle: { owner: haulier, supervisedHint: true, behaviour: { decisions: ['rejected'] } },
  }),
  listed(54, '外省市车辆（苏E），不自动比对，转人工审核', { papers: { plateNo: '苏E20054' } }),
  listed(55, '外省市监销车辆（浙A 重型货车）', truck('浙A20055', 'H17')),
  listed(56, '车架号校验位不符的早期车辆：警告并要求拓印照，不拦截', {
    papers: { vin: 'LTESTA002A0000056', registrationDate: '2003-08-01', brandModel: '示例牌进口老车' },
    vehicle: { owner: person(56, '老车车主演示') },
  }),
];

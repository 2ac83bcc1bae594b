import { judgeSupervision } from '#areas/elv/vehicle-case/model/supervision.ts';
import { emptyRecord, type VehicleCaseRecord } from '#areas/elv/vehicle-case/model/vehicle-case.record.ts';
import { identityCheckDigit } from '#practices/identity-codes/model/identity-number.ts';
import { vinCheckDigit } from '#practices/vehicle/model/vin.ts';
import type { Chance } from './chance.ts';

const signs = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const digits = '0123456789';
const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹'];
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文海燕春梅'];
const makers = [
  { weight: 30, code: 'LSV', model: '大众汽车牌SVW71612DM' },
  { weight: 25, code: 'LSG', model: '别克牌SGM7161DAAA' },
  { weight: 15, code: 'LSJ', model: '荣威牌CSA7153AC' },
  { weight: 12, code: 'LFV', model: '捷达牌FV7160GIX' },
  { weight: 10, code: 'LVS', model: '长安福特牌CAF7180A' },
  { weight: 8, code: 'LHG', model: '本田牌HG7203' },
] as const;
const builds = [
  { weight: 88, vehicleTypeCode: 'K33', useNatureCode: 'A' },
  { weight: 6, vehicleTypeCode: 'H31', useNatureCode: 'F' },
  { weight: 4, vehicleTypeCode: 'H11', useNatureCode: 'F' },
  { weight: 2, vehicleTypeCode: 'K11', useNatureCode: 'B' },
] as const;

const inSigns = (number: number, places: number): string =>
  Array.from(
    { length: places },
    (_, at) => signs[Math.floor(number / signs.length ** (places - 1 - at)) % signs.length],
  ).join('');

/** One frame number for each order of a lot, with its check digit. */
export const vinOf = (maker: string, lotNumber: number, order: number): string => {
  const head = `${maker}${inSigns(lotNumber, 3)}${inSigns(Math.floor(order / 1_000_000), 2)}`;
  const tail = `AB${String(order % 1_000_000).padStart(6, '0')}`;
  return `${head}${vinCheckDigit(`${head}0${tail}`)}${tail}`;
};

const taken = (chance: Chance, from: string, count: number): string =>
  Array.from({ length: count }, () => from.charAt(chance.below(from.length))).join('');

const identityNo = (chance: Chance): string => {
  const birth = `${1945 + chance.below(60)}${String(1 + chance.below(12)).padStart(2, '0')}${String(1 + chance.below(28)).padStart(2, '0')}`;
  const first = `3101${chance.of(['04', '05', '10', '12', '15'])}${birth}${taken(chance, digits, 3)}`;
  return `${first}${identityCheckDigit(first)}`;
};

/** What is filled in of a made-up vehicle and its owner, as far as lists show and search it. */
export const recordOf = (chance: Chance, lotNumber: number, order: number): VehicleCaseRecord => {
  const { code, model } = chance.weighted(makers);
  const { weight: _weight, ...build } = chance.weighted(builds);
  const empty = emptyRecord(true);
  const papers = {
    ...empty.sections.papers,
    plateNo: `${chance.draw() < 0.92 ? '沪' : chance.of([...'苏浙皖'])}${chance.of([...'ABCDEFGHJKLMN'])}${taken(chance, letters + digits, 2)}${taken(chance, digits, 3)}`,
    plateTypeCode: '02',
    vin: vinOf(code, lotNumber, order),
    brandModel: model,
    ...build,
    fuelTypeCode: 'A',
    engineNo: taken(chance, letters + digits, 8),
    registrationDate: `${2004 + chance.below(12)}-${String(1 + chance.below(12)).padStart(2, '0')}-15`,
  };
  const owner = {
    ownerKind: 'person',
    ownerName: `${chance.of(surnames)}${chance.of(given)}${chance.draw() < 0.8 ? chance.of(given) : ''}`,
    ownerIdentityNo: identityNo(chance),
    ownerPhone: `1${chance.of(['38', '39', '50', '86'])}${taken(chance, digits, 8)}`,
  };
  const { supervised } = judgeSupervision(build.vehicleTypeCode, build.useNatureCode);
  return {
    ...empty,
    sections: { ...empty.sections, papers, owner },
    supervision: { ...empty.supervision, byRule: supervised },
  };
};

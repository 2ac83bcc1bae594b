import { describe, expect, it } from 'vitest';
import {
  bodyColours,
  codeOf,
  fuelTypes,
  identityDocumentKinds,
  plateTypes,
  titleOf,
  useNatures,
  vehicleStatuses,
  vehicleTypes,
} from './codes.ts';

const lists = { bodyColours, fuelTypes, identityDocumentKinds, plateTypes, useNatures, vehicleStatuses, vehicleTypes };

describe('code lists', () => {
  it.each(Object.entries(lists))('%s is frozen, and a title leads back to its code', (_, list) => {
    expect(Object.isFrozen(list)).toBe(true);
    for (const [code, title] of Object.entries(list)) expect(codeOf(list, title)).toBe(code);
  });

  it('keeps an unknown code visible', () => {
    expect(titleOf(vehicleTypes, 'K33')).toBe('小型轿车');
    expect(titleOf(vehicleTypes, 'K99')).toBe('K99');
    expect(titleOf(vehicleTypes, 'constructor')).toBe('constructor');
    expect(codeOf(vehicleTypes, '飞机')).toBeUndefined();
  });

  it.each(
    Object.entries({
      K11: '大型普通客车',
      K12: '大型双层客车',
      K13: '大型卧铺客车',
      K14: '大型铰接客车',
      K16: '大型轿车',
      K17: '大型专用客车',
      K18: '大型专用校车',
      K21: '中型普通客车',
      K27: '中型专用客车',
      K28: '中型专用校车',
      K31: '小型普通客车',
      K32: '小型越野客车',
      K33: '小型轿车',
      K34: '小型专用客车',
      K38: '小型专用校车',
      K39: '小型面包车',
      K41: '微型普通客车',
      K43: '微型轿车',
      K49: '微型面包车',
      H11: '重型普通货车',
      H12: '重型厢式货车',
      H17: '重型自卸货车',
      H21: '中型普通货车',
      H31: '轻型普通货车',
      H32: '轻型厢式货车',
      H33: '轻型封闭货车',
      H38: '轻型特殊结构货车',
      H41: '微型普通货车',
      H45: '微型自卸货车',
      H51: '普通低速货车',
      Q11: '重型半挂牵引车',
      Q21: '中型半挂牵引车',
      Z11: '大型非载货专项作业车',
      Z32: '小型载货专项作业车',
      Z51: '重型非载货专项作业车',
      Z72: '轻型载货专项作业车',
      D11: '无轨电车',
      D12: '有轨电车',
      M11: '普通正三轮摩托车',
      M15: '侧三轮摩托车',
      M21: '普通二轮摩托车',
      M22: '轻便二轮摩托车',
      N11: '三轮汽车',
      T11: '大型轮式拖拉机',
      J11: '轮式装载机械',
      B11: '重型普通半挂车',
      B12: '重型厢式半挂车',
      B13: '重型罐式半挂车',
      B15: '重型集装箱半挂车',
      B21: '中型普通半挂车',
      B31: '轻型普通半挂车',
      B35: '轻型自卸半挂车',
      G11: '重型普通全挂车',
      X99: '其它',
    }),
  )('%s is %s', (code, title) => {
    expect(vehicleTypes[code]).toBe(title);
  });
});

type Bodies = Readonly<Record<string, string>>;

/** One row of the standard's matrix: letter and size give the code's head and the title's; each body adds its character and word. */
const row = (head: string, size: string, bodies: Bodies): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(bodies).map(([character, body]) => [`${head}${character}`, `${size}${body}`]));

const buses: Bodies = {
  '1': '普通客车',
  '2': '双层客车',
  '3': '卧铺客车',
  '4': '铰接客车',
  '5': '越野客车',
  '6': '轿车',
  '7': '专用客车',
  '8': '专用校车',
};

const lorries: Bodies = {
  '1': '普通货车',
  '2': '厢式货车',
  '3': '封闭货车',
  '4': '罐式货车',
  '5': '平板货车',
  '7': '自卸货车',
  '8': '特殊结构货车',
  '9': '仓栅式货车',
  A: '车辆运输车',
  B: '厢式自卸货车',
  C: '罐式自卸货车',
  D: '平板自卸货车',
  F: '特殊结构自卸货车',
  G: '仓栅式自卸货车',
};
const containerLorries: Bodies = { '6': '集装厢车', E: '集装厢自卸货车' };

/** Micro lorries number their bodies differently from 5 on. */
const microLorries: Bodies = {
  '1': '普通货车',
  '2': '厢式货车',
  '3': '封闭货车',
  '4': '罐式货车',
  '5': '自卸货车',
  '6': '特殊结构货车',
  '7': '仓栅式货车',
  A: '车辆运输车',
  B: '厢式自卸货车',
  C: '罐式自卸货车',
  F: '特殊结构自卸货车',
  G: '仓栅式自卸货车',
};

const lowSpeedLorries: Bodies = {
  '1': '普通低速货车',
  '2': '厢式低速货车',
  '3': '罐式低速货车',
  '4': '自卸低速货车',
  '5': '仓栅式低速货车',
  B: '厢式自卸低速货车',
  C: '罐式自卸低速货车',
};

const tractors: Bodies = { '1': '半挂牵引车', '2': '全挂牵引车' };
const specials: Bodies = { '1': '非载货专项作业车', '2': '载货专项作业车' };

const semiTrailers: Bodies = {
  '1': '普通半挂车',
  '2': '厢式半挂车',
  '3': '罐式半挂车',
  '4': '平板半挂车',
  '5': '集装箱半挂车',
  '6': '自卸半挂车',
  '7': '特殊结构半挂车',
  '8': '仓栅式半挂车',
  '9': '旅居半挂车',
  A: '专项作业半挂车',
  B: '低平板半挂车',
};

/** Light semi-trailers number their bodies differently from 5 on. */
const lightSemiTrailers: Bodies = {
  '1': '普通半挂车',
  '2': '厢式半挂车',
  '3': '罐式半挂车',
  '4': '平板半挂车',
  '5': '自卸半挂车',
  '6': '仓栅式半挂车',
  '7': '旅居半挂车',
  '8': '专项作业半挂车',
  '9': '低平板半挂车',
};

const furtherTrailers: Bodies = {
  C: '车辆运输半挂车',
  D: '罐式自卸半挂车',
  E: '平板自卸半挂车',
  F: '集装箱自卸半挂车',
  G: '特殊结构自卸半挂车',
  H: '仓栅式自卸半挂车',
  J: '专项作业自卸半挂车',
  K: '低平板自卸半挂车',
  U: '中置轴旅居挂车',
  V: '中置轴车辆运输车',
  W: '中置轴普通挂车',
};

const fullTrailers: Bodies = {
  '1': '普通全挂车',
  '2': '厢式全挂车',
  '3': '罐式全挂车',
  '4': '平板全挂车',
  '5': '集装箱全挂车',
  '6': '自卸全挂车',
  '7': '仓栅式全挂车',
  '8': '旅居全挂车',
  '9': '专项作业全挂车',
};

/** Light full trailers have no container body, so the numbers after it move up. */
const lightFullTrailers: Bodies = {
  '1': '普通全挂车',
  '2': '厢式全挂车',
  '3': '罐式全挂车',
  '4': '平板全挂车',
  '5': '自卸全挂车',
  '6': '仓栅式全挂车',
  '7': '旅居全挂车',
  '8': '专项作业全挂车',
};

const tippingFullTrailers: Bodies = {
  A: '厢式自卸全挂车',
  B: '罐式自卸全挂车',
  C: '平板自卸全挂车',
  D: '集装箱自卸全挂车',
  E: '仓栅式自卸全挂车',
  F: '专项作业自卸全挂车',
};

/** Vehicle types as the standard lays them out: letter, size, body; cars first. Source: GA/T 16.4-2012; domain 2.9. */
export const vehicleTypeMatrix: Readonly<Record<string, string>> = Object.freeze({
  ...row('K3', '小型', {
    '3': '轿车',
    '1': '普通客车',
    '2': '越野客车',
    '4': '专用客车',
    '8': '专用校车',
    '9': '面包车',
  }),
  ...row('K4', '微型', { '1': '普通客车', '2': '越野客车', '3': '轿车', '9': '面包车' }),
  ...row('K1', '大型', buses),
  ...row('K2', '中型', buses),
  ...row('H1', '重型', { ...lorries, ...containerLorries }),
  ...row('H2', '中型', { ...lorries, ...containerLorries }),
  ...row('H3', '轻型', lorries),
  ...row('H4', '微型', microLorries),
  ...row('H5', '', lowSpeedLorries),
  ...row('Q1', '重型', tractors),
  ...row('Q2', '中型', tractors),
  ...row('Q3', '轻型', tractors),
  ...row('Z1', '大型', specials),
  ...row('Z2', '中型', specials),
  ...row('Z3', '小型', specials),
  ...row('Z4', '微型', specials),
  ...row('Z5', '重型', specials),
  ...row('Z7', '轻型', specials),
  ...row('D1', '', { '1': '无轨电车', '2': '有轨电车' }),
  ...row('M1', '', {
    '1': '普通正三轮摩托车',
    '2': '轻便正三轮摩托车',
    '3': '正三轮载客摩托车',
    '4': '正三轮载货摩托车',
    '5': '侧三轮摩托车',
  }),
  ...row('M2', '', { '1': '普通二轮摩托车', '2': '轻便二轮摩托车' }),
  N11: '三轮汽车',
  T11: '大型轮式拖拉机',
  T21: '小型轮式拖拉机',
  T22: '手扶拖拉机',
  T23: '手扶变形运输机',
  ...row('J1', '', { '1': '轮式装载机械', '2': '轮式挖掘机械', '3': '轮式平地机械' }),
  ...row('B1', '重型', { ...semiTrailers, ...furtherTrailers }),
  ...row('B2', '中型', { ...semiTrailers, ...furtherTrailers }),
  ...row('B3', '轻型', { ...lightSemiTrailers, ...furtherTrailers }),
  ...row('G1', '重型', { ...fullTrailers, ...tippingFullTrailers }),
  ...row('G2', '中型', { ...fullTrailers, ...tippingFullTrailers }),
  ...row('G3', '轻型', { ...lightFullTrailers, ...tippingFullTrailers }),
  X99: '其它',
});

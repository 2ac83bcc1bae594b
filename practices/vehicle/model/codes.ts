import { vehicleTypeMatrix } from './vehicle-type-matrix.ts';

/** A code list: code to title, in the order of the standard. */
export type CodeList = Readonly<Record<string, string>>;

/** 车辆类型. Source: GA/T 16.4-2012; domain 2.9. */
export const vehicleTypes: CodeList = vehicleTypeMatrix;

/** 使用性质. Source: GA/T 16.3; domain 2.9. */
export const useNatures: CodeList = Object.freeze({
  A: '非营运',
  B: '公路客运',
  C: '公交客运',
  D: '出租客运',
  E: '旅游客运',
  F: '货运',
  G: '租赁',
  H: '警用',
  I: '消防',
  J: '救护',
  K: '工程救险',
  L: '营转非',
  M: '出租转非',
  N: '教练',
  O: '幼儿校车',
  P: '小学生校车',
  Q: '初中生校车',
  R: '危化品运输',
  S: '中小学生校车',
  T: '预约出租客运',
  U: '预约出租转非',
});

/** 燃料种类. Source: GA/T 16.9; domain 2.9. */
export const fuelTypes: CodeList = Object.freeze({
  A: '汽油',
  B: '柴油',
  C: '电',
  D: '混合油',
  E: '天然气',
  F: '液化石油气',
  L: '甲醇',
  M: '乙醇',
  N: '太阳能',
  O: '混合动力',
  P: '氢',
  Q: '生物燃料',
  Y: '无',
  Z: '其他',
});

/** 号牌种类. A number-like key stands before the others whatever is written here, so lists sort by use, not by this order. Source: GA/T 16.7; domain 2.9. */
export const plateTypes: CodeList = Object.freeze({
  '01': '大型汽车',
  '02': '小型汽车',
  '03': '使馆汽车',
  '04': '领馆汽车',
  '05': '境外汽车',
  '06': '外籍汽车',
  '07': '普通摩托车',
  '08': '轻便摩托车',
  '09': '使馆摩托车',
  '10': '领馆摩托车',
  '11': '境外摩托车',
  '12': '外籍摩托车',
  '13': '低速车',
  '14': '拖拉机',
  '15': '挂车',
  '16': '教练汽车',
  '17': '教练摩托车',
  '18': '试验汽车',
  '19': '试验摩托车',
  '20': '临时入境汽车',
  '21': '临时入境摩托车',
  '22': '临时行驶车',
  '23': '警用汽车',
  '24': '警用摩托车',
  '25': '原农机',
  '26': '香港入出境车',
  '27': '澳门入出境车',
  '31': '武警车辆',
  '32': '军队车辆',
  '41': '无号牌',
  '42': '假号牌',
  '43': '挪用号牌',
  '51': '大型新能源汽车',
  '52': '小型新能源汽车',
  '99': '其他',
});

/** 车身颜色. Source: GA/T 16.8; domain 2.9. */
export const bodyColours: CodeList = Object.freeze({
  A: '白',
  B: '灰',
  C: '黄',
  D: '粉',
  E: '红',
  F: '紫',
  G: '绿',
  H: '蓝',
  I: '棕',
  J: '黑',
  Z: '其他',
});

/**
 * 机动车状态: police send a set of these as one text (`GQ`). Two public sources disagree on L (扣留/暂扣) and M (达到报废标准/强制注销);
 * what police return decides. Source: GA/T 16; domain 2.9.
 */
export const vehicleStatuses: CodeList = Object.freeze({
  A: '正常',
  B: '转出',
  C: '被盗抢',
  D: '停驶',
  E: '注销',
  F: '撤销',
  G: '违法未处理',
  H: '海关监管',
  I: '事故未处理',
  J: '嫌疑车',
  K: '查封',
  L: '扣留',
  M: '达到报废标准',
  N: '事故逃逸',
  O: '锁定',
  P: '达到报废标准公告牌证作废',
  Q: '逾期未检验',
});

/** 身份证明名称. Source: GA/T 16; domain 2.9. */
export const identityDocumentKinds: CodeList = Object.freeze({
  A: '居民身份证',
  B: '组织机构代码证书',
  C: '军官证',
  D: '士兵证',
  E: '军官离退休证',
  F: '境外人员身份证明',
  G: '外交人员身份证明',
  H: '居民户口簿',
  I: '外国人永久居留身份证',
  J: '单位注销证明',
  K: '居住暂住证明',
  L: '驻华机构证明',
  M: '临时居民身份证',
  N: '统一社会信用代码',
  P: '个体工商户注册号',
});

/** The title of a code; the code itself where the list lacks it, so that an unknown code stays visible. */
export const titleOf = (list: CodeList, code: string): string =>
  Object.hasOwn(list, code) ? (list[code] ?? code) : code;

/** The code of a title as printed on a licence; undefined for a title the list lacks. */
export const codeOf = (list: CodeList, title: string): string | undefined =>
  Object.entries(list).find(([, one]) => one === title)?.[0];

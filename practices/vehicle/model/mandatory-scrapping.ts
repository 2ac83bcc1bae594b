import { assumption, rule, type Source } from '#kernel/source/source.ts';

/** How long a vehicle may be used at most, and after how many kilometres scrapping is advised. */
export interface ScrappingLimit {
  readonly category: string;
  /** Null where the law sets no age. */
  readonly years: number | null;
  /** Null where the law names no distance. Advice only, but for ride-hailing cars. */
  readonly guideKm: number | null;
  /** False where code alone does not settle it and the stricter reading was taken: a person should look. */
  readonly certain: boolean;
  readonly source: Source;
}

const law = rule('机动车强制报废标准规定（2012 年第 12 号令）', '第五、七条及附件 1');
const reading = assumption('代码不足以判定报废年限的，从严推定，由人工核对');

const limit = (
  category: string,
  years: number | null,
  guideTenThousandKm: number | null,
  certain = true,
): ScrappingLimit => ({
  category,
  years,
  guideKm: guideTenThousandKm === null ? null : guideTenThousandKm * 10_000,
  certain,
  source: certain ? law : reading,
});

/** 1 large, 2 medium, 3 small, 4 micro: the second character of a bus or car's type code. */
type BusSize = '1' | '2' | '3' | '4';

const bySize = (
  category: string,
  limits: Readonly<Record<BusSize, readonly [years: number, guide: number]>>,
  certain = true,
) =>
  Object.fromEntries(
    Object.entries(limits).map(([size, [years, guide]]) => [size, limit(category, years, guide, certain)]),
  );

const taxi = { '1': [12, 60], '2': [10, 50], '3': [8, 60], '4': [8, 60] } as const;
const otherOperating = { '1': [15, 80], '2': [15, 50], '3': [10, 60], '4': [10, 60] } as const;
const hired = { '1': [15, 60], '2': [15, 60], '3': [15, 60], '4': [15, 60] } as const;
const city = { '1': [13, 40], '2': [13, 40], '3': [13, 40], '4': [13, 40] } as const;
const learner = { '1': [15, 60], '2': [12, 50], '3': [10, 50], '4': [10, 50] } as const;

const passengerByUse: Readonly<Record<string, Readonly<Record<string, ScrappingLimit>>>> = {
  B: bySize('营运载客（公路客运）', otherOperating),
  C: bySize('公交客运', city),
  D: bySize('出租客运', taxi),
  E: bySize('营运载客（旅游客运）', otherOperating),
  G: bySize('租赁载客', hired),
  L: bySize('营转非载客', otherOperating, false),
  M: bySize('出租转非载客', taxi),
  N: bySize('教练载客', learner),
};

const rideHailing: ScrappingLimit = {
  category: '预约出租客运',
  years: null,
  guideKm: 600_000,
  certain: true,
  source: rule('网络预约出租汽车经营服务管理暂行办法', '第三十九条'),
};
const schoolBus = limit('专用校车', 15, 40);
const ordinarySchoolBus = limit('非专用校车', 15, 40, false);
const smallPrivate = limit('非营运小、微型客车和大型轿车', null, 60);
const mediumPrivate = limit('非营运中型客车', 20, 50);
const largePrivate = limit('非营运大型客车', 20, 60);

const privateLimit = (type: string): ScrappingLimit => {
  if (type === 'K16' || /^K[34]/.test(type)) return smallPrivate;
  return type.startsWith('K2') ? mediumPrivate : largePrivate;
};

const passengerLimit = (type: string, use: string): ScrappingLimit | undefined => {
  if (['K18', 'K28', 'K38'].includes(type)) return schoolBus;
  if (['O', 'P', 'Q', 'S'].includes(use)) return ordinarySchoolBus;
  if (use === 'T') return rideHailing;
  const operating = passengerByUse[use]?.[type[1] ?? ''];
  if (operating) return operating;
  // A ride-hailing car that has left the trade, and services of the state, count as private.
  return ['A', 'H', 'I', 'J', 'K', 'U'].includes(use) ? privateLimit(type) : undefined;
};

const lorryLimit = (type: string, use: string): ScrappingLimit => {
  // A low-speed lorry's nine years are stricter than the ten of hazardous goods.
  if (type.startsWith('H5')) return limit('低速货车（单缸 9 年，多缸 12 年）', 9, null, false);
  if (use === 'R') return limit('危险品运输载货', 10, 40);
  if (type.startsWith('H4')) return limit('微型载货', 12, 50);
  return type.startsWith('H1') ? limit('重型载货', 15, 70) : limit('中、轻型载货', 15, 60);
};

const semiTrailerLimit = (type: string, use: string): ScrappingLimit => {
  if (use === 'R') return limit('危险品运输半挂车', 10, null);
  if (/^B[12]5$/.test(type)) return limit('集装箱半挂车', 20, null);
  return limit('其他半挂车', 15, null, !/[UVW]$/.test(type));
};

const byLetter: Readonly<Record<string, (type: string, use: string) => ScrappingLimit | undefined>> = {
  K: passengerLimit,
  H: lorryLimit,
  Q: (_, use) => (use === 'R' ? limit('危险品运输载货', 10, 40) : limit('牵引车', 15, 70)),
  Z: (type) => (type.endsWith('2') ? limit('有载货功能的专项作业车', 15, 50) : limit('无载货功能的专项作业车', 30, 50)),
  B: semiTrailerLimit,
  G: () => limit('全挂车', 10, null),
  M: (type) => (/^M1[1-4]$/.test(type) ? limit('正三轮摩托车', 12, 10) : limit('其他摩托车', 13, 12)),
  N: () => limit('三轮汽车', 9, null),
  J: () => limit('轮式专用机械车', null, 50),
  D: (type) => (type === 'D11' ? limit('公交客运', 13, 40, false) : undefined),
};

/**
 * The limit for a vehicle type and use nature; undefined where the table has none (tractors, trams, others) or a code is unknown.
 * Source: 机动车强制报废标准规定附件 1; domain 2.4.
 */
export const scrappingLimit = (vehicleTypeCode: string, useNatureCode: string): ScrappingLimit | undefined => {
  if (!/^[A-Z]\d[0-9A-Z]$/.test(vehicleTypeCode) || !/^[A-U]$/.test(useNatureCode)) return undefined;
  const letter = vehicleTypeCode.charAt(0);
  return Object.hasOwn(byLetter, letter) ? byLetter[letter]?.(vehicleTypeCode, useNatureCode) : undefined;
};

const plusYears = (day: string, years: number): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  return new Date(Date.UTC(year + years, month - 1, Math.min(date, lastOfMonth))).toISOString().slice(0, 10);
};

/** A vehicle left unregistered for longer counts its years from the day it was made. Source: domain 2.4. */
const yearsUnregistered = 4;

/**
 * The day a vehicle must be scrapped by, `yyyy-MM-dd`, counted from its registration; null where there is no age limit, undefined
 * where it cannot be told. What police say goes before. Source: domain 2.4.
 */
export const mandatoryScrapDate = (vehicle: {
  readonly vehicleTypeCode: string;
  readonly useNatureCode: string;
  readonly registrationDate: string;
  readonly manufacturedOn?: string | null;
}): string | null | undefined => {
  const found = scrappingLimit(vehicle.vehicleTypeCode, vehicle.useNatureCode);
  if (!found || found.years === null) return found === undefined ? undefined : null;
  const made = vehicle.manufacturedOn ?? null;
  const late = made !== null && plusYears(made, yearsUnregistered) < vehicle.registrationDate;
  return plusYears(late ? made : vehicle.registrationDate, found.years);
};

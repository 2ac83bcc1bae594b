import { assumption, rule, type Source } from '#kernel/source/source.ts';

/** Why a vehicle must be dismantled under police supervision. */
export interface SupervisionReason {
  readonly text: string;
  readonly source: Source;
}

const regulation = rule('报废机动车回收管理办法（国务院令第715号）', '第十一条');
const registration = rule('机动车登记规定（公安部令第164号）', '第三十八条');
const trafficLaw = rule('道路交通安全法', '第十四条');

const schoolUses = ['O', 'P', 'Q', 'S'];
const schoolTypes = ['K18', 'K28', 'K38'];
const operatingUses = ['B', 'C', 'D', 'E', 'F', 'G', 'R', 'T'];
const converted = ['L', 'M', 'U'];

const isHeavyTruck = (type: string): boolean =>
  type.startsWith('H1') ||
  type.startsWith('Q1') ||
  type === 'Z51' ||
  type === 'Z52' ||
  type.startsWith('B1') ||
  type.startsWith('G1');

/**
 * The union of three laws: school buses, large buses, heavy trucks whatever their use, and all other operating vehicles.
 * Converted former operating vehicles are not supervised by default but a person is asked to look. Source: domain 0.5, 2.3.
 */
export const judgeSupervision = (
  vehicleTypeCode: string | null,
  useNatureCode: string | null,
): { readonly supervised: boolean; readonly reasons: readonly SupervisionReason[]; readonly askPerson: boolean } => {
  const type = vehicleTypeCode ?? '';
  const use = useNatureCode ?? '';
  const reasons: SupervisionReason[] = [];
  if (schoolUses.includes(use) || schoolTypes.includes(type))
    reasons.push({ text: '校车须在公安监督下解体', source: regulation });
  if (type.startsWith('K1')) reasons.push({ text: '大型客车须在公安监督下解体', source: registration });
  if (isHeavyTruck(type)) reasons.push({ text: '重型货车（含重型挂车）须在公安监督下解体', source: registration });
  if (operatingUses.includes(use)) reasons.push({ text: '营运车辆须在公安监督下解体', source: trafficLaw });
  return { supervised: reasons.length > 0, reasons, askPerson: reasons.length === 0 && converted.includes(use) };
};

/** Days before which a vehicle of a fuel is suspected of lacking the emission stage; the law's own field is not on the papers. */
export const yellowLabelBefore: Readonly<Record<string, { readonly day: string; readonly source: Source }>> =
  Object.freeze({
    A: { day: '2001-07-01', source: assumption('汽油车低于国Ⅰ：按 2001-07-01 前登记推定，待业主确认') },
    B: { day: '2008-07-01', source: assumption('柴油车低于国Ⅲ：按 2008-07-01 前登记推定，待业主确认') },
  });

/** Whether a vehicle is suspected to be a yellow-label one; it is marked, nothing else follows. Source: tender R02, domain 2.3. */
export const isYellowLabelSuspect = (fuelTypeCode: string | null, registrationDate: string | null): boolean => {
  const limit = fuelTypeCode === null ? undefined : yellowLabelBefore[fuelTypeCode];
  return limit !== undefined && registrationDate !== null && registrationDate < limit.day;
};

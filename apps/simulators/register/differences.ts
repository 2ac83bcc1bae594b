import type { Papers, SimulatedVehicle } from './vehicle.ts';

const paperTitles: Readonly<Record<keyof Papers, string>> = {
  vin: '车辆识别代号',
  plateNo: '号牌号码',
  plateTypeCode: '号牌种类',
  vehicleTypeCode: '车辆类型',
  useNatureCode: '使用性质',
  fuelTypeCode: '燃料种类',
  brandModel: '品牌型号',
  engineNo: '发动机号',
  registrationDate: '注册日期',
  mandatoryScrapDate: '强制报废期止',
  bodyColourCode: '车身颜色',
  curbWeightKg: '整备质量',
};

/** What the police have otherwise than the papers say; `police` is empty where they leave the field blank. */
export interface Difference {
  readonly title: string;
  readonly papers: string;
  readonly police: string;
}

/** Names of blankable answer fields as the papers call them. */
const paperOfBlank: Readonly<Record<string, keyof Papers>> = {
  engineNo: 'engineNo',
  brandModel: 'brandModel',
  fuel: 'fuelTypeCode',
};

/** The differences between a vehicle's papers and the police's file and owner, in the order of the papers. */
export const differencesOf = ({ papers, policeFile, owner, policeOwner, behaviour }: SimulatedVehicle) => {
  const blanks = new Set((behaviour.policeBlanks ?? []).map((field) => paperOfBlank[field]));
  // The keys of the titles are those of the papers.
  const fields = (Object.keys(paperTitles) as (keyof Papers)[])
    .filter((field) => blanks.has(field) || papers[field] !== policeFile[field])
    .map((field) => ({
      title: paperTitles[field],
      papers: String(papers[field] ?? ''),
      police: blanks.has(field) ? '' : String(policeFile[field] ?? ''),
    }));
  const owners = [
    { title: '所有人', papers: owner.name, police: policeOwner.name },
    { title: '证件号码', papers: owner.identityNo, police: policeOwner.identityNo },
  ].filter((difference) => difference.papers !== difference.police);
  return [...fields, ...owners] satisfies readonly Difference[];
};

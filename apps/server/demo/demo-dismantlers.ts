import { plusDays } from '#kernel/time/shanghai.ts';
import type { EntrySections } from '#practices/registry/model/entry-sections.ts';

interface Yard {
  readonly legalRepresentative: string;
  readonly registeredAddress: string;
  readonly contactName: string;
  readonly yearlyCapacity: number;
  readonly siteArea: number;
  /** Days from the day the story ends to the last day of the qualification. */
  readonly validFor: number;
}

const yards: readonly Yard[] = [
  ['钱一演示', '上海市浦东新区演示路1号', '周一演示', 60_000, 32_000, 900],
  ['钱二演示', '上海市闵行区演示路2号', '吴一演示', 40_000, 21_000, 38],
  // The data lake has another representative and another address of the third; see its simulator.
  ['钱三演示', '上海市嘉定区演示路3号', '郑一演示', 25_000, 18_000, 500],
  ['钱四演示', '上海市青浦区演示路4号', '王一演示', 20_000, 16_500, 700],
  ['钱五演示', '上海市奉贤区演示路5号', '冯一演示', 15_000, 12_000, 420],
  ['钱六演示', '上海市松江区演示路6号', '许一演示', 18_000, 14_000, 600],
  ['钱七演示', '上海市宝山区演示路7号', '何一演示', 22_000, 15_000, 800],
  ['钱八演示', '上海市崇明区演示路8号', '吕一演示', 12_000, 11_000, 900],
].map(([legalRepresentative, registeredAddress, contactName, yearlyCapacity, siteArea, validFor]) => ({
  legalRepresentative: String(legalRepresentative),
  registeredAddress: String(registeredAddress),
  contactName: String(contactName),
  yearlyCapacity: Number(yearlyCapacity),
  siteArea: Number(siteArea),
  validFor: Number(validFor),
}));

/** Where the made-up yards stand: in the open country of their districts. */
const positions = [
  '31.10520, 121.78140',
  '31.03360, 121.39250',
  '31.38710, 121.23980',
  '31.15830, 121.03120',
  '30.87540, 121.56310',
  '30.99180, 121.18460',
  '31.44290, 121.34770',
  '31.62350, 121.52690',
];

/** What the made-up yard of that number (from 1) says of itself. `today` is `yyyy-MM-dd`. Source: domain 11.2. */
export const yardValues = (number: number, today: string): EntrySections => {
  const yard = yards[number - 1];
  if (!yard) throw new Error(`there is no demo yard ${number}`);
  const { legalRepresentative, registeredAddress, contactName, yearlyCapacity, siteArea, validFor } = yard;
  const validUntil = plusDays(today, validFor);
  return {
    basic: { legalRepresentative, registeredAddress, contactName, contactPhone: `1380000101${number}` },
    qualification: {
      certificateNo: `SIM-31000${number}`,
      issuingAuthority: '上海市商务委员会（演示）',
      issuedOn: plusDays(validUntil, -1_826),
      validUntil,
      filingNo: `演示备〔2024〕${number}号`,
    },
    capacity: {
      yearlyCapacity,
      siteArea,
      siteCondition: '作业区与存储区分开，地面硬化防渗，雨污分流，设危险废物贮存间',
      sitePosition: positions[number - 1] ?? null,
      mainEquipment: '举升机 4 台，油液抽排设备 2 套，制冷剂回收机 2 台，安全气囊引爆装置 1 套',
    },
  };
};

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultTitles } from '#apps/simulators/page/words.ts';
import { differencesOf } from '#apps/simulators/register/differences.ts';
import { familyVin } from '#apps/simulators/register/family.ts';
import { vehicleGroups } from '#apps/simulators/register/register.ts';
import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import { fuelTypes, plateTypes, titleOf, useNatures, vehicleTypes } from '#practices/vehicle/model/codes.ts';

const home = join(import.meta.dirname, '..');

/** Where the guide lies. */
export const guideFile = join(home, 'docs/simulated-vehicles.md');

/** Text as it may stand in a cell of a table. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(titles), row(titles.map(() => '---')), ...rows.map(row)].join('\n');

const coded = (list: Readonly<Record<string, string>>, code: string): string => `${code} ${titleOf(list, code)}`;

const policeOf = (vehicle: SimulatedVehicle): string => {
  const different = differencesOf(vehicle).map(({ title, police }) => `${title}：${police === '' ? '（空）' : police}`);
  return [
    vehicle.statusCodes,
    ...(vehicle.pledged ? ['抵押'] : []),
    ...(vehicle.sealed ? ['查封'] : []),
    ...(vehicle.supervisedHint ? ['监销'] : []),
    ...different,
  ].join('；');
};

const vehicleRow = (vehicle: SimulatedVehicle): readonly string[] => {
  const { papers, owner, agent, batteryCodes } = vehicle;
  const party = ({ name, identityNo, phone }: typeof owner): string => `${name} ${identityNo} ${phone}`;
  return [
    `${papers.plateNo}（${coded(plateTypes, papers.plateTypeCode)}）`,
    vehicle.shows,
    `\`${papers.vin}\``,
    `\`${papers.engineNo}\``,
    `${papers.brandModel}；${coded(vehicleTypes, papers.vehicleTypeCode)}；${coded(useNatures, papers.useNatureCode)}；${coded(fuelTypes, papers.fuelTypeCode)}；注册 ${papers.registrationDate}`,
    [party(owner), ...(agent ? [`代理人 ${party(agent)}`] : []), ...batteryCodes.map((code) => `电池 ${code}`)].join(
      '；',
    ),
    policeOf(vehicle),
  ];
};

const vehicleTitles = [
  '号牌（种类）',
  '用来看什么',
  '车辆识别代号',
  '发动机号',
  '车辆',
  '所有人与代理人',
  '公安：状态与不同之处',
];

const groups = (): string =>
  vehicleGroups
    .map(({ title, vehicles }) => `### ${title}\n\n${table(vehicleTitles, vehicles.map(vehicleRow))}`)
    .join('\n\n');

const family = (): string =>
  table(
    ['种类', '第一辆', '是什么'],
    [
      ['A', `\`${familyVin(0, 'A')}\``, '私家车，与公安完全一致'],
      ['D', `\`${familyVin(0, 'D')}\``, '私家车，发动机号与公安不一致'],
      ['E', `\`${familyVin(0, 'E')}\``, '纯电动，绿牌，有一个动力蓄电池编码'],
      ['M', `\`${familyVin(0, 'M')}\``, '普通二轮摩托车'],
      ['T', `\`${familyVin(0, 'T')}\``, '重型普通货车，监销'],
    ],
  );

const faults = (): string =>
  table(
    ['故障', 'kind', '做什么'],
    Object.entries(faultTitles).map(([kind, [name, effect]]) => [name, `\`${kind}\``, effect]),
  );

/** The guide: `words` with the tables from the register in their places. */
const guideOf = (words: string): string =>
  `${words.replace('{{groups}}', groups()).replace('{{family}}', family()).replace('{{faults}}', faults()).trim()}\n`;

/** What stands in the guide when it is up to date. */
export const simulatedVehiclesGuide = (): string =>
  guideOf(readFileSync(join(home, 'tools/simulated-vehicles.words.md'), 'utf8'));

if (import.meta.filename === process.argv[1]) writeFileSync(guideFile, simulatedVehiclesGuide());

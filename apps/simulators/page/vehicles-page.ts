import { type Difference, differencesOf } from '../register/differences.ts';
import { vehicleGroups } from '../register/register.ts';
import type { Party, SimulatedVehicle } from '../register/vehicle.ts';
import { escaped, frame } from './frame.ts';

const yellow: ReadonlySet<string> = new Set(['01', '07', '15', '16']);

const plateTone = (typeCode: string): string => {
  if (typeCode === '52') return 'green';
  if (typeCode === '51') return 'yellow-green';
  return yellow.has(typeCode) ? 'yellow' : 'blue';
};

const copied = (text: string): string => `<code class="whole">${escaped(text)}</code>`;

const partyOf = ({ name, identityNo, phone }: Party, as: string): string =>
  `<div><small>${as}</small> ${escaped(name)}<br>${copied(identityNo)}<br>${copied(phone)}</div>`;

const differenceOf = ({ title, police }: Difference): string =>
  `<div><small>${title}</small> ${police === '' ? '（空）' : escaped(police)}</div>`;

const policeOf = (vehicle: SimulatedVehicle): string =>
  `<div><small>状态</small> ${vehicle.statusCodes}${vehicle.pledged ? '，抵押' : ''}${vehicle.sealed ? '，查封' : ''}${vehicle.supervisedHint ? '，监销' : ''}</div>
${differencesOf(vehicle).map(differenceOf).join('')}`;

const row = (vehicle: SimulatedVehicle): string => {
  const { papers, owner, agent, shows, batteryCodes } = vehicle;
  return `<tr><td><span class="plate ${plateTone(papers.plateTypeCode)}">${escaped(papers.plateNo)}</span><br><small>种类</small> ${papers.plateTypeCode}</td>
<td data-title="用来看什么"><b>${escaped(shows)}</b></td>
<td><div><small>车辆识别代号</small><br>${copied(papers.vin)}</div><div><small>发动机号</small><br>${copied(papers.engineNo)}</div>
${batteryCodes.map((code) => `<div><small>电池编码</small><br>${copied(code)}</div>`).join('')}</td>
<td>${escaped(papers.brandModel)}<div><small>类型</small> ${papers.vehicleTypeCode} <small>性质</small> ${papers.useNatureCode} <small>燃料</small> ${papers.fuelTypeCode}</div>
<div><small>注册</small> ${papers.registrationDate}</div>${papers.mandatoryScrapDate === null ? '' : `<div><small>报废期止</small> ${papers.mandatoryScrapDate}</div>`}
<div><small>整备质量</small> ${papers.curbWeightKg} kg</div></td>
<td>${partyOf(owner, '所有人')}${agent ? partyOf(agent, '代理人') : ''}</td><td data-title="公安档案">${policeOf(vehicle)}</td></tr>`;
};

const titles = ['号牌', '用来看什么', '编号', '车辆', '所有人与代理人', '公安状态与不同之处'];

const section = (title: string, vehicles: readonly SimulatedVehicle[]): string =>
  `<section class="card" data-group><h2>${escaped(title)} <small>${vehicles.length} 辆</small></h2>
<table class="vehicles"><thead><tr>${titles.map((one) => `<th>${one}</th>`).join('')}</tr></thead><tbody>${vehicles.map(row).join('')}</tbody></table></section>`;

/** The simulated vehicles as their papers say, in their groups; those seeded by somebody stand last. */
export const vehiclesPage = (vehicles: readonly SimulatedVehicle[]): string => {
  const now = new Map(vehicles.map((vehicle) => [vehicle.papers.vin, vehicle]));
  const groups = vehicleGroups.map(({ title, vehicles: listed }) => ({
    title,
    vehicles: listed.map((vehicle) => now.get(vehicle.papers.vin) ?? vehicle),
  }));
  const listed = new Set(vehicleGroups.flatMap((group) => group.vehicles.map(({ papers }) => papers.vin)));
  const seeded = vehicles.filter(({ papers }) => !listed.has(papers.vin));
  const all = seeded.length === 0 ? groups : [...groups, { title: '补登的车辆', vehicles: seeded }];
  return frame(
    '模拟车辆',
    '/vehicles',
    `<h1>模拟车辆 <small>${vehicles.length} 辆</small></h1>
<p>录入时照表填写，一次点选即选中整个编号。表外还有无数辆：识别代号形如 <code>LDEM…</code> 且校验位正确的，公安都有登记，只有第五位为 D 的发动机号不符。</p>
<input type="search" data-filter placeholder="筛选：号牌、识别代号、姓名、用途" aria-label="筛选模拟车辆">
${all.map((group) => section(group.title, group.vehicles)).join('')}`,
  );
};

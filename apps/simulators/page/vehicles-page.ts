import type { SimulatedVehicle } from '../register/vehicle.ts';
import { escaped, frame } from './frame.ts';

const row = (vehicle: SimulatedVehicle): string => {
  const { papers, owner, agent } = vehicle;
  const cells = [
    papers.plateNo,
    papers.plateTypeCode,
    papers.vin,
    papers.vehicleTypeCode,
    papers.useNatureCode,
    papers.fuelTypeCode,
    papers.brandModel,
    papers.engineNo,
    papers.registrationDate,
    owner.name,
    owner.identityNo,
    agent ? `${agent.name} ${agent.identityNo}` : '',
    vehicle.statusCodes,
    vehicle.shows,
  ];
  return `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`;
};

const titles = ['号牌号码', '种类', '车辆识别代号', '车型', '性质', '燃料', '品牌型号', '发动机号', '注册日期', '所有人', '证件号码', '代理人', '公安状态', '用来看什么'];

/** The simulated vehicles, as their papers say. */
export const vehiclesPage = (vehicles: readonly SimulatedVehicle[], nonce: string): string =>
  frame(
    '模拟车辆',
    `<h2>模拟车辆 ${vehicles.length} 辆</h2><p>录入时照此填写；公安档案与之不同之处见末列。识别代号形如 LDEM… 且校验位正确的车辆不在表内，一律视为一致。</p>
<table><thead><tr>${titles.map((title) => `<th>${title}</th>`).join('')}</tr></thead><tbody>${vehicles.map(row).join('')}</tbody></table>`,
    '',
    nonce,
  );

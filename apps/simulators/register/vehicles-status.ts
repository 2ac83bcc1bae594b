import { listed, type SimulatedVehicle } from './vehicle.ts';

const withStatus = (order: number, statusCodes: string, shows: string): SimulatedVehicle =>
  listed(order, `公安状态 ${statusCodes}：${shows}`, { vehicle: { statusCodes } });

/** Cars in each police status. Numbers 11 to 32. Source: domain 2.9. */
export const statusVehicles: readonly SimulatedVehicle[] = [
  withStatus(11, 'G', '违法未处理，放行并提示'),
  withStatus(12, 'Q', '逾期未检验，放行并提示'),
  withStatus(13, 'GQ', '两个状态同时有效，放行并提示'),
  withStatus(14, 'M', '达到报废标准，放行'),
  withStatus(15, 'P', '达到报废标准公告牌证作废，放行，牌证可缺'),
  withStatus(16, 'D', '停驶，放行并提示'),
  withStatus(17, 'C', '被盗抢，阻断、冻结并向公安报告'),
  withStatus(18, 'J', '嫌疑车，阻断、冻结并向公安报告'),
  withStatus(19, 'N', '事故逃逸，阻断、冻结并向公安报告'),
  withStatus(20, 'E', '已注销，阻断'),
  listed(21, '公安状态 K：查封，阻断', { vehicle: { statusCodes: 'K', sealed: true } }),
  withStatus(22, 'L', '扣留/暂扣，阻断'),
  withStatus(23, 'O', '锁定，人工核实'),
  withStatus(24, 'H', '海关监管，人工核实'),
  withStatus(25, 'I', '事故未处理，人工核实'),
  withStatus(26, 'B', '转出，阻断，按外地车流程'),
  withStatus(27, 'F', '撤销，阻断'),
  withStatus(28, 'GKQ', '多状态中有查封，阻断'),
  withStatus(29, 'AX', '含未登记的状态代码，人工核实'),
  listed(30, '抵押登记期间（状态字母正常），阻断', { vehicle: { pledged: true } }),
  listed(31, '查封标记单独返回（状态字母正常），阻断', { vehicle: { sealed: true } }),
  listed(32, '抵押且逾期未检验，阻断', { vehicle: { pledged: true, statusCodes: 'Q' } }),
];

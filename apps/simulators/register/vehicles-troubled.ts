import { listed, type SimulatedVehicle } from './vehicle.ts';

/** Vehicles about which an outside system behaves oddly. Numbers 67 to 76. Source: domain 9.1, 9.2. */
export const troubledVehicles: readonly SimulatedVehicle[] = [
  listed(67, '已在其他企业受理', {
    vehicle: {
      behaviour: { acceptedElsewhere: { enterprise: '演示报废车服务（奉贤）有限公司', since: '2026-01-05' } },
    },
  }),
  listed(68, '公安查无此车（4040）：可能是非车管车辆或号牌种类填错', {
    vehicle: { behaviour: { policeFinds: 'nothing' } },
  }),
  listed(69, '公安多条命中（4041），转人工', { vehicle: { behaviour: { policeFinds: 'several' } } }),
  listed(70, '公安应答慢（8 秒），界面显示核验中', { vehicle: { behaviour: { policeSlowMs: 8000 } } }),
  listed(71, '公安首次答复“结果未知”（5040），自动重试后正常', {
    vehicle: { behaviour: { policeUnknownFirst: true } },
  }),
  listed(72, '号牌种类须填 01，填 02 则公安查无此车', {
    papers: { vehicleTypeCode: 'K21', brandModel: '示例牌SL6750中型客车', mandatoryScrapDate: '2032-05-01' },
    policeFile: { plateTypeCode: '01' },
  }),
  listed(73, '全国系统退回：车辆已在他企登记（4004）', {
    vehicle: { behaviour: { nationalRefuses: { code: '4004', message: '车辆已在其他企业登记' } } },
  }),
  listed(74, '全国系统退回：字典码无效（4002）', {
    vehicle: { behaviour: { nationalRefuses: { code: '4002', message: '字典码无效：燃料种类' } } },
  }),
  listed(75, '回收证明出具慢（60 秒），其间显示处理中', { vehicle: { behaviour: { certificateDelayMs: 60_000 } } }),
  listed(76, '强制报废期已过的非营运小客车（状态 MQ），一路放行', { vehicle: { statusCodes: 'MQ' } }),
];

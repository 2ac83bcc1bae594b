import { creditCodeOf, identityNoOf } from './check-digits.ts';
import { demoName, listed, organisation, person, type SimulatedVehicle } from './vehicle.ts';

/** Vehicles about owners and agents. Numbers 57 to 66. */
export const partyVehicles: readonly SimulatedVehicle[] = [
  listed(57, '单位所有：在营企业', {
    vehicle: { owner: organisation('演示商贸（静安）有限公司', creditCodeOf('91310106', 'MADEMB57')) },
  }),
  listed(58, '单位所有：已注销单位，凭准予注销登记通知书办理', {
    vehicle: { owner: organisation('演示老厂（已注销）', creditCodeOf('91310108', 'MADEMB58')) },
  }),
  listed(59, '单位所有：破产清算中的企业', {
    vehicle: { owner: organisation('演示机械（清算中）有限公司', creditCodeOf('91310114', 'MADEMB59')) },
  }),
  listed(60, '所有人实名核验不一致', { vehicle: { owner: person(60, demoName(60), { identityAnswer: 'no-match' }) } }),
  listed(61, '所有人实名核验查无此人', {
    vehicle: { owner: person(61, demoName(61), { identityAnswer: 'not-found' }) },
  }),
  listed(62, '有代理人，代理人实名核验一致', { vehicle: { agent: person(462, '代办六二演示') } }),
  listed(63, '有代理人，代理人实名核验不一致，不得继续', {
    vehicle: { agent: person(463, '代办六三演示', { identityAnswer: 'no-match' }) },
  }),
  listed(64, '有代理人，代理人实名核验查无此人', {
    vehicle: { agent: person(464, '代办六四演示', { identityAnswer: 'not-found' }) },
  }),
  listed(65, '所有人持港澳台居民居住证', {
    vehicle: { owner: person(65, '港居住证演示', { identityNo: identityNoOf('810000', '19900101', 1) }) },
  }),
  listed(66, '所有人姓名含生僻字与间隔号', { vehicle: { owner: person(66, '阿依古丽·㛃演示') } }),
];

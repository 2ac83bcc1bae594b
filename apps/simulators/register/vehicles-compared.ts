import { listed, person, type SimulatedVehicle } from './vehicle.ts';

/** Private cars whose papers and police file agree or differ. Numbers 1 to 10. */
export const comparedVehicles: readonly SimulatedVehicle[] = [
  listed(1, '本市私家车，录入与公安完全一致，系统自动通过', {
    papers: { plateNo: '沪A12345', engineNo: 'TEST123456' },
    vehicle: { owner: person(1, '张三演示') },
  }),
  listed(2, '品牌型号有空格、全半角括号之差，归一后一致，自动通过', {
    papers: { brandModel: '大众汽车牌SVW7166(双燃料)' },
    policeFile: { brandModel: '大众汽车牌 SVW7166（双燃料） ' },
  }),
  listed(3, '一项不一致：发动机号', { policeFile: { engineNo: 'TEST000033' } }),
  listed(4, '两项不一致：发动机号、品牌型号', {
    policeFile: { engineNo: 'TEST000044', brandModel: '别克牌SGM7154DAA2' },
  }),
  listed(5, '三项不一致：发动机号、注册日期、使用性质', {
    policeFile: { engineNo: 'TEST000055', registrationDate: '2011-05-01', useNatureCode: 'L' },
  }),
  listed(6, '所有人姓名与公安不符', { policeOwner: { name: '另有其人演示' } }),
  listed(7, '所有人姓名、证件号码均与公安不符', {
    policeOwner: { name: '另有其人演示', identityNo: person(907, '').identityNo },
  }),
  listed(8, '车架号一致但公安登记的号牌不同', { policeFile: { plateNo: '沪B29908' } }),
  listed(9, '发动机号公安大小写、全角不同，归一后一致', { policeFile: { engineNo: 'ｔｅｓｔ000009' } }),
  listed(10, '公安返回的部分字段为空（null、空串、—），不得当作一致', {
    vehicle: { behaviour: { policeBlanks: ['engineNo', 'brandModel', 'fuel'] } },
  }),
];

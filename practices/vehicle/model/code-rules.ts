import { assumption, standard } from '#kernel/source/source.ts';
import type { CodeRule } from '#practices/identity-codes/model/code-rules.ts';
import { checkEbikeFrameCode, checkEbikePlate } from './ebike-plate.ts';
import { checkEngineNumber } from './engine-number.ts';
import { checkPlate } from './plate.ts';
import { checkTractionBatteryCode } from './traction-battery-code.ts';
import { readVin } from './vin.ts';

/** The codes of vehicles, for the data dictionary and the list of rules to be confirmed. */
export const vehicleCodeRules = Object.freeze({
  vin: { title: '车辆识别代号', source: standard('GB 16735', '车辆识别代号的内容与构成'), check: readVin },
  plate: { title: '号牌号码', source: standard('GA 36-2018', '机动车号牌式样'), check: checkPlate },
  engineNumber: {
    title: '发动机号',
    source: assumption('发动机号没有国家校验规则，按 4 至 30 位字母、数字放行，挂车填“无”'),
    check: checkEngineNumber,
  },
  tractionBattery: {
    title: '动力蓄电池编码',
    source: standard('GB/T 34014-2017', '汽车动力蓄电池编码规则'),
    check: checkTractionBatteryCode,
  },
  ebikePlate: {
    title: '电动自行车号牌',
    source: assumption('上海电动自行车号牌的编码规则未公开，按可配置的格式放行'),
    check: (raw) => checkEbikePlate(raw),
  },
  ebikeFrameCode: {
    title: '电动自行车整车编码',
    source: standard('GB 17761', '整车编码'),
    check: checkEbikeFrameCode,
  },
} satisfies Record<string, CodeRule>);

import { z } from 'zod';
import { choice, day, fieldsOf } from '#kernel/fields/field.ts';
import { assumption, rule, tender } from '#kernel/source/source.ts';
import { checkIdentityNumber } from '#practices/identity-codes/model/identity-number.ts';
import { checkContactPhone } from '#practices/identity-codes/model/phone.ts';
import { checkedBy } from '#practices/vehicle/model/checked.ts';
import { checkTractionBatteryCode } from '#practices/vehicle/model/traction-battery-code.ts';
import { assemblyKinds, dispositions } from './major-assembly.ts';

const instant = () => z.iso.datetime({ offset: true, message: '请选择日期和时间' });
const shortText = (max: number) => z.string().trim().max(max, `最多 ${max} 个字`);

/** 拖车信息. Source: tender R03 (1). */
export const towFields = fieldsOf({
  towSlipNo: {
    title: '拖车单号',
    source: tender(3),
    kind: 'code',
    sensitivity: 'open',
    schema: shortText(40),
    optional: true,
  },
  towedFrom: {
    title: '交车地点',
    source: tender(3),
    kind: 'text',
    sensitivity: 'open',
    schema: shortText(120),
    optional: true,
  },
  towPlateNo: {
    title: '拖车车牌',
    source: tender(3),
    kind: 'code',
    sensitivity: 'open',
    schema: shortText(12),
    optional: true,
  },
});

/** 进场信息. Source: tender R03 (2). */
export const entryFields = fieldsOf({
  enteredAt: { title: '进场时间', source: tender(3), kind: 'time', sensitivity: 'open', schema: instant() },
  odometerKm: {
    title: '行驶里程',
    source: tender(3),
    kind: 'number',
    unit: 'km',
    sensitivity: 'open',
    schema: z.coerce.number().int('请填整数').min(0).max(3_000_000, '不大于 3000000'),
    optional: true,
  },
  entryNote: {
    title: '车况说明',
    source: tender(3),
    kind: 'long-text',
    sensitivity: 'open',
    schema: shortText(300),
    optional: true,
  },
});

const assembly = z.object({
  kind: choice(assemblyKinds, '总成'),
  quantity: z.coerce.number('请填数量').int('数量请填整数').min(0, '数量不小于 0').max(9, '数量不大于 9'),
  disposition: choice(dispositions, '处置方式'),
  destination: z.string('请写去向单位').trim().min(2, '请写去向单位').max(80, '最多 80 个字'),
});

/** One of the five assemblies with where it went. */
export type AssemblyLine = z.output<typeof assembly>;

/** 拆解信息: three times in order, five assemblies with destination, batteries. Source: tender R04; Regulation 715 art. 12, 13. */
export const dismantlingFields = fieldsOf({
  roofOrBeamCutAt: { title: '掀顶/断梁时间', source: tender(4), kind: 'time', sensitivity: 'open', schema: instant() },
  assembliesDismantledAt: {
    title: '五大总成拆解时间',
    source: tender(4),
    kind: 'time',
    sensitivity: 'open',
    schema: instant(),
  },
  dismantledOn: { title: '拆解日期', source: tender(4), kind: 'date', sensitivity: 'open', schema: day() },
  assemblies: {
    title: '五大总成去向',
    source: rule('报废机动车回收管理办法（国务院令第715号）', '第十二、十三条'),
    kind: 'list',
    sensitivity: 'open',
    schema: z.array(assembly).min(1, '请登记五大总成的数量和去向').max(12),
  },
  batteryCodes: {
    title: '动力蓄电池编码',
    source: tender(4),
    kind: 'list',
    sensitivity: 'open',
    optional: true,
    schema: z.array(checkedBy(checkTractionBatteryCode)).max(12, '最多 12 个'),
    hint: '新能源车必填，一包一个编码（GB/T 34014，24 位）',
  },
  batteryMissing: {
    title: '电池缺失',
    source: assumption('新能源车缺电池的，须有缺电池情况说明并由商务委审核'),
    kind: 'switch',
    sensitivity: 'open',
    schema: z.boolean(),
    optional: true,
  },
});

/** 注销信息. Source: tender R07 (1). */
export const deregistrationFields = fieldsOf({
  deregisteredOn: { title: '注销日期', source: tender(7), kind: 'date', sensitivity: 'open', schema: day() },
  deregistrationProofNo: {
    title: '注销证明编号',
    source: tender(7),
    kind: 'code',
    sensitivity: 'open',
    schema: shortText(60),
    optional: true,
  },
});

const collectorKinds = { owner: '所有人本人', agent: '代理人', other: '其他受托人' };

/** 领证人: whoever takes the certificate is verified by real name. Source: tender R07 (3). */
export const collectionFields = fieldsOf({
  collectorKind: {
    title: '领证人身份',
    source: tender(7),
    kind: 'choice',
    sensitivity: 'open',
    schema: choice(collectorKinds),
    choices: collectorKinds,
  },
  collectorName: {
    title: '领证人姓名',
    source: tender(7),
    kind: 'text',
    sensitivity: 'open',
    schema: z.string().trim().min(2, '至少 2 个字').max(40, '最多 40 个字'),
    readFrom: [{ paper: 'collector-id-card-front', key: 'name' }],
  },
  collectorIdentityNo: {
    title: '领证人身份证号码',
    source: tender(7),
    kind: 'code',
    sensitivity: 'secret',
    mask: 'identity-number',
    schema: checkedBy(checkIdentityNumber),
    readFrom: [{ paper: 'collector-id-card-front', key: 'identityNo' }],
  },
  collectorPhone: {
    title: '领证人电话',
    source: tender(7),
    kind: 'code',
    sensitivity: 'personal',
    mask: 'phone',
    schema: checkedBy(checkContactPhone),
    optional: true,
  },
});

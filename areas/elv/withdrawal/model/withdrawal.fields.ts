import { z } from 'zod';
import { choice, fieldsOf } from '#kernel/fields/field.ts';
import { assumption, rule, tender } from '#kernel/source/source.ts';

/** What is asked for. Source: tender R08 (更换报废企业、终止报废). */
export const withdrawalKinds = {
  'change-enterprise': '更换报废企业',
  stop: '终止报废',
} as const;

/** Why it is asked for; the tender names none, so the list is ours. */
export const withdrawalCauses = {
  'owner-chose-other': '车主改选其他企业',
  'owner-keeps': '车主不再报废',
  'wrong-entry': '受理信息有误',
  dispute: '车辆权属或手续有争议',
  'enterprise-unable': '本企业不能继续办理',
  other: '其他',
} as const;

/** What an enterprise says when it asks for a case to be withdrawn. Source: tender R08 (撤销的事项、原因). */
export const applicationFields = fieldsOf({
  kind: {
    title: '撤销事项',
    source: tender(8),
    kind: 'choice',
    sensitivity: 'open',
    choices: withdrawalKinds,
    schema: choice(withdrawalKinds, '撤销事项'),
  },
  cause: {
    title: '撤销原因',
    source: assumption('招标需求未列撤销原因，按常见情形预设，请业主确认'),
    kind: 'choice',
    sensitivity: 'open',
    choices: withdrawalCauses,
    schema: choice(withdrawalCauses, '撤销原因'),
  },
  successorId: {
    title: '改由哪家企业报废',
    // The owner chooses freely: every dismantler is listed, none is proposed.
    source: rule('报废机动车回收管理办法（国务院令第715号）', '第八条'),
    kind: 'choice',
    sensitivity: 'open',
    schema: z.string('请选择企业').min(1, '请选择企业').max(64),
    shownIf: { kind: ['change-enterprise'] },
    hint: '由车主自行选定，准予撤销后由该企业接收',
  },
  reason: {
    title: '原因说明',
    source: tender(8),
    kind: 'long-text',
    sensitivity: 'open',
    schema: z.string().trim().min(4, '请写明原因，至少 4 个字').max(500, '原因最多 500 个字'),
  },
});

/** A place for a paper of an application. */
export interface PaperPlace {
  readonly part: string;
  readonly title: string;
  readonly hint: string;
  readonly many: boolean;
}

/** The papers an application may carry; both show a person. */
export const paperPlaces: readonly PaperPlace[] = [
  {
    part: 'owner-consent',
    title: '车主同意书',
    hint: '写明同意更换企业，并同意把车证、身份信息和照片转给新企业，由车主签名',
    many: false,
  },
  { part: 'other-proof', title: '其他证明材料', hint: '能说明撤销原因的材料', many: true },
];

/** Whether an application of that kind cannot do without the paper. Source: tender R08; PIPL art. 23 (consent to hand personal data on). */
export const isRequired = (part: string, kind: unknown): boolean =>
  part === 'owner-consent' && kind === 'change-enterprise';

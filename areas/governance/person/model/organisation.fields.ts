import { z } from 'zod';
import { choice, fieldsOf } from '#kernel/fields/field.ts';
import { tender } from '#kernel/source/source.ts';
import { checkSocialCreditCode } from '#practices/identity-codes/model/social-credit-code.ts';
import { shanghaiDistricts } from '#practices/place/model/shanghai-districts.ts';
import { checkedBy } from '#practices/vehicle/model/checked.ts';

/** What the kinds of organisation are called; which kinds there are is said by the areas' `rolesOfKind`. */
export const organisationKinds: Readonly<Record<string, string>> = Object.freeze({
  dismantler: '报废机动车回收拆解企业',
});

/** What is kept of an organisation so that its people can be entered. The registry of enterprises (R49) will keep more. Source: tender R42. */
export const organisationFields = fieldsOf({
  name: {
    title: '单位名称',
    source: tender(42),
    kind: 'text',
    sensitivity: 'open',
    schema: z.string().trim().min(2, '至少 2 个字').max(120, '最多 120 个字'),
    hint: '与营业执照一致',
  },
  creditCode: {
    title: '统一社会信用代码',
    source: tender(42),
    kind: 'code',
    sensitivity: 'open',
    schema: checkedBy(checkSocialCreditCode),
    hint: '18 位，保存时校验',
  },
  districtCode: {
    title: '所在区',
    source: tender(42, 44),
    kind: 'choice',
    sensitivity: 'open',
    schema: choice(shanghaiDistricts, '上海市的一个区'),
    choices: shanghaiDistricts,
    hint: '决定哪些“本区”人员能看到',
  },
  kind: {
    title: '单位类别',
    source: tender(42, 43),
    kind: 'choice',
    sensitivity: 'open',
    schema: choice(organisationKinds, '单位类别'),
    choices: organisationKinds,
    hint: '决定企业管理员可以授予哪些角色',
  },
});

/** See {@link organisationFields}. */
export type OrganisationField = keyof typeof organisationFields;

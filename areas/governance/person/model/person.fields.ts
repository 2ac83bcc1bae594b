import { z } from 'zod';
import { choice, day, fieldsOf } from '#kernel/fields/field.ts';
import { assumption, tender } from '#kernel/source/source.ts';
import { checkIdentityNumber } from '#practices/identity-codes/model/identity-number.ts';
import { checkPersonName } from '#practices/identity-codes/model/person-name.ts';
import { checkContactPhone } from '#practices/identity-codes/model/phone.ts';
import { shanghaiDistricts } from '#practices/place/model/shanghai-districts.ts';
import { checkedBy } from '#practices/vehicle/model/checked.ts';

/** What is kept of a person beside the account. Source: tender R42; domain 10.5 (what is sealed and how it is masked). */
export const personFields = fieldsOf({
  name: {
    title: '姓名',
    source: tender(42),
    kind: 'text',
    sensitivity: 'open',
    schema: checkedBy(checkPersonName),
    hint: '与身份证一致',
  },
  identityNo: {
    title: '身份证号码',
    source: tender(42),
    kind: 'code',
    sensitivity: 'secret',
    mask: 'identity-number',
    schema: checkedBy(checkIdentityNumber),
    hint: '加密保存，列表和页面只显示前 3 位、后 4 位',
  },
  phone: {
    title: '手机或电话',
    source: tender(42),
    kind: 'code',
    sensitivity: 'personal',
    mask: 'phone',
    schema: checkedBy(checkContactPhone),
    hint: '加密保存',
  },
  email: {
    title: '电子邮箱',
    source: tender(42),
    kind: 'text',
    sensitivity: 'personal',
    mask: 'email',
    schema: z.email('应为电子邮箱地址，例如 zhang@example.cn').max(120, '最多 120 个字符'),
    optional: true,
  },
  post: {
    title: '岗位',
    source: tender(42),
    kind: 'text',
    sensitivity: 'open',
    schema: z.string().trim().min(1).max(40, '最多 40 个字'),
    optional: true,
  },
  districtCode: {
    title: '所属区',
    source: tender(42, 44),
    kind: 'choice',
    sensitivity: 'open',
    schema: choice(shanghaiDistricts, '上海市的一个区'),
    choices: shanghaiDistricts,
    optional: true,
    hint: '决定“本区”数据范围；不填则随单位所在区',
  },
  validUntil: {
    title: '有效期至',
    source: assumption('账号有效期按日管理，当日 24 时止，不填为长期'),
    kind: 'date',
    sensitivity: 'open',
    schema: day(),
    optional: true,
    hint: '不填为长期有效',
  },
});

/** See {@link personFields}. */
export type PersonField = keyof typeof personFields;

/** The fields that are sealed at rest, in the order they are shown. */
export const sealedFields = ['identityNo', 'phone', 'email'] as const satisfies readonly PersonField[];

/** The same with what they are called: single values that roles may show otherwise than the rest. Source: tender R44. */
export const personalOfPeople: Readonly<Record<string, string>> = Object.fromEntries(
  sealedFields.map((field) => [field, personFields[field].title]),
);

/** See {@link sealedFields}. */
export type SealedField = (typeof sealedFields)[number];

/** The values of a person that were checked: all that is asked for is there. */
export interface PersonValues {
  readonly name: string;
  readonly identityNo: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly post: string | null;
  readonly districtCode: string | null;
  readonly validUntil: string | null;
}

import { z } from 'zod';
import { choice, fieldsOf } from '#kernel/fields/field.ts';
import { rule, tender } from '#kernel/source/source.ts';
import { checkIdentityNumber } from '#practices/identity-codes/model/identity-number.ts';
import { checkContactPhone } from '#practices/identity-codes/model/phone.ts';
import { checkSocialCreditCode } from '#practices/identity-codes/model/social-credit-code.ts';
import { checkedBy } from '#practices/vehicle/model/checked.ts';

const person = { ownerKind: ['person'] };
const organisation = { ownerKind: ['organisation'] };
const kinds = { person: '个人', organisation: '单位' };
const standings = { active: '在营', deregistered: '已注销', bankrupt: '破产清算' };

/** 所有人信息. Source: tender R01; organisations no longer in business: 机动车登记规定第八十九条. */
export const ownerFields = fieldsOf({
  ownerKind: {
    title: '所有人类型',
    source: tender(1),
    kind: 'choice',
    sensitivity: 'open',
    schema: choice(kinds),
    choices: kinds,
  },
  ownerName: {
    title: '所有人名称',
    source: tender(1),
    kind: 'text',
    sensitivity: 'open',
    schema: z.string().trim().min(2, '至少 2 个字').max(60, '最多 60 个字'),
    comparedWith: 'ownerName',
    readFrom: [
      { paper: 'id-card-front', key: 'name' },
      { paper: 'business-licence', key: 'name' },
      { paper: 'vehicle-licence-main', key: 'ownerName' },
    ],
  },
  ownerIdentityNo: {
    title: '身份证号码',
    source: tender(1),
    kind: 'code',
    sensitivity: 'secret',
    mask: 'identity-number',
    schema: checkedBy(checkIdentityNumber),
    shownIf: person,
    readFrom: [{ paper: 'id-card-front', key: 'identityNo' }],
  },
  ownerCreditCode: {
    title: '统一社会信用代码',
    source: tender(1),
    kind: 'code',
    sensitivity: 'open',
    schema: checkedBy(checkSocialCreditCode),
    shownIf: organisation,
    readFrom: [{ paper: 'business-licence', key: 'creditCode' }],
  },
  organisationStanding: {
    title: '单位状况',
    source: rule('机动车登记规定（公安部令第164号）', '第八十九条'),
    kind: 'choice',
    sensitivity: 'open',
    schema: choice(standings),
    choices: standings,
    shownIf: organisation,
    hint: '已注销或破产的，提交准予注销登记通知书或清算组织证明',
  },
  responsiblePerson: {
    title: '负责人',
    source: tender(1),
    kind: 'text',
    sensitivity: 'open',
    schema: z.string().trim().min(2, '至少 2 个字').max(40, '最多 40 个字'),
    shownIf: organisation,
    readFrom: [{ paper: 'business-licence', key: 'legalRepresentative' }],
  },
  ownerPhone: {
    title: '联系电话',
    source: tender(1),
    kind: 'code',
    sensitivity: 'personal',
    mask: 'phone',
    schema: checkedBy(checkContactPhone),
    hint: '手机 11 位；单位可填固定电话 021-12345678',
  },
  ownerAddress: {
    title: '地址',
    source: tender(1),
    kind: 'long-text',
    sensitivity: 'personal',
    mask: 'address',
    schema: z.string().trim().min(4, '请写到街道门牌').max(120, '最多 120 个字'),
    optional: true,
    readFrom: [
      { paper: 'id-card-front', key: 'address' },
      { paper: 'vehicle-licence-main', key: 'address' },
      { paper: 'business-licence', key: 'address' },
    ],
  },
});

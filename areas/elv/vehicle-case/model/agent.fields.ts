import { z } from 'zod';
import { fieldsOf } from '#kernel/fields/field.ts';
import { tender } from '#kernel/source/source.ts';
import { checkIdentityNumber } from '#practices/identity-codes/model/identity-number.ts';
import { checkContactPhone } from '#practices/identity-codes/model/phone.ts';
import { checkedBy } from '#practices/vehicle/model/checked.ts';

const withAgent = { hasAgent: [true] };

/** 代理人信息. Source: tender R01 (3). */
export const agentFields = fieldsOf({
  hasAgent: { title: '由代理人办理', source: tender(1), kind: 'switch', sensitivity: 'open', schema: z.boolean() },
  agentName: {
    title: '代理人姓名',
    source: tender(1),
    kind: 'text',
    sensitivity: 'open',
    schema: z.string().trim().min(2, '至少 2 个字').max(40, '最多 40 个字'),
    shownIf: withAgent,
    readFrom: [{ paper: 'agent-id-card-front', key: 'name' }],
  },
  agentIdentityNo: {
    title: '代理人身份证号码',
    source: tender(1),
    kind: 'code',
    sensitivity: 'secret',
    mask: 'identity-number',
    schema: checkedBy(checkIdentityNumber),
    shownIf: withAgent,
    readFrom: [{ paper: 'agent-id-card-front', key: 'identityNo' }],
  },
  agentPhone: {
    title: '代理人手机',
    source: tender(1),
    kind: 'code',
    sensitivity: 'personal',
    mask: 'phone',
    schema: checkedBy(checkContactPhone),
    shownIf: withAgent,
  },
});

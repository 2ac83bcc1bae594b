import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';

/** The signed trail of a case, to be kept and checked elsewhere. Source: tender R55 (5), T5.7. */
export const signedTrailContract = {
  signedTrail: operation({
    id: 'elv.vehicle-case.signedTrail',
    title: '下载办理签名记录',
    source: tender(55),
    method: 'GET',
    path: '/elv/vehicle-cases/{id}/signed-trail',
    permission: 'elv.vehicle-case:read',
    reply: 'file',
    input: z.object({ id: z.string().max(40), form: z.enum(['json', 'pdf']).default('json') }),
    output: z.unknown(),
    errors: { MASKED: { status: 403, message: '签名记录中含车主个人信息的脱敏内容，您的角色不能查看' } },
    audit: 'read',
  }),
};

import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { rule, tender } from '#kernel/source/source.ts';
import { qualificationRegistry } from './qualification.profile.ts';

const id = z.string().min(1).max(64);
const { path } = qualificationRegistry;

/** The papers of a qualification. Source: tender R10, R11 (发证；生成审核文件). */
export const qualificationContract = {
  certificatePdf: operation({
    id: 'elv.qualification.certificatePdf',
    title: '打印资质认定书',
    source: rule('报废机动车回收管理办法（国务院令第715号）', '第七条'),
    method: 'GET',
    path: `${path}/{id}/certificate.pdf`,
    permission: 'elv.qualification:read',
    reply: 'file',
    input: z.object({ id }),
    output: z.unknown(),
    errors: { NOT_QUALIFIED: { status: 409, message: '企业没有有效的资质，不能打印资质认定书' } },
    audit: 'read',
  }),
  documentPdf: operation({
    id: 'elv.qualification.documentPdf',
    title: '打印资质办理文书',
    source: tender(11),
    method: 'GET',
    path: `${path}/{id}/documents/{seq}`,
    permission: 'elv.qualification:read',
    reply: 'file',
    input: z.object({ id, seq: z.coerce.number().int().min(1).max(100_000) }),
    output: z.unknown(),
    errors: { NO_DOCUMENT: { status: 404, message: '这一步没有文书' } },
    audit: 'read',
  }),
};

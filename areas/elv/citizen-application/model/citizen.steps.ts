import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { ownApplicationView } from './citizen.views.ts';

const stepErrors = {
  REFUSED: { status: 422, message: '现在还不能办理，请先处理列出的问题' },
  STALE: { status: 409, message: '申请在您打开之后已有变化，请查看最新内容' },
} as const;

const step = (action: 'submit' | 'recall', title: string) =>
  operation({
    id: `elv.citizen-application.${action}`,
    title,
    source: tender(62),
    method: 'POST',
    path: `/elv/citizen/applications/{id}/steps/${action}`,
    door: 'citizen',
    permission: `elv.citizen-application:${action}`,
    /** The same version sent again, however often and by whatever tap, is the same step and gets the same answer. */
    input: z.object({
      id: z.string().min(1).max(64),
      version: z.int(),
      input: z.record(z.string(), z.unknown()).default({}),
    }),
    output: ownApplicationView,
    errors: stepErrors,
    audit: 'write',
  });

/** What an applicant does to an application; named as the actions of the lifecycle. Source: tender R62. */
export const citizenStepContract = {
  submit: step('submit', '个人报废申请：提交申请'),
  recall: step('recall', '个人报废申请：撤回申请'),
};

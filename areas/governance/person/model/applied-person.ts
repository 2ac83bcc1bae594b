import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { type ProposalPlace, proposalRow } from '#practices/proposal/model/proposal.contract.ts';

/** How the government's sign-on finds a person, in words. */
export const signOnWays = {
  bound: '政务认证已绑定',
  number: '政务认证按此号码识别',
  after: '批准后，政务认证按此号码识别',
  none: '政务认证未绑定',
} as const;
/** See {@link signOnWays}. */
export type SignOnWay = keyof typeof signOnWays;

/**
 * Whom an application gives something to, as whoever agrees must know them: by the identity number the government's sign-on finds them by, masked. Null where none is kept, or
 * the reader may not see it. Source: tender R42, R43; domain 10.5.
 */
export const appliedPerson = z.object({
  identityNo: z.string().nullable(),
  signOn: z.enum(['bound', 'number', 'after', 'none']),
  mayReveal: z.boolean(),
  /** Agreeing ends how the person signs in now: one administrator alone has set it. */
  ends: z.boolean(),
});
/** See {@link appliedPerson}. */
export type AppliedPerson = z.output<typeof appliedPerson>;

/** An application in a list, with the person it is about; null where it gives nobody anything. */
export const appliedRow = proposalRow.extend({ person: appliedPerson.nullable() });
/** See {@link appliedRow}. */
export type AppliedRow = z.output<typeof appliedRow>;

/** What whoever agrees reads of the person in one line. */
export const appliedInWords = ({ identityNo, signOn, ends }: AppliedPerson): string =>
  `身份证号码 ${identityNo ?? '未登记'}；${signOnWays[signOn]}${
    ends ? '；现有的密码由一名管理员单独设置，批准后与第二重验证、绑定一并失效，由系统管理员重新申请设置密码' : ''
  }`;

/** The operation by which whoever may agree to an application sees the identity number, for a reason that is put down. */
export const revealOf = ({ id, path, title, source }: ProposalPlace) =>
  operation({
    id: `${id}.reveal`,
    title: `查看${title}所涉人员的身份证号码`,
    source,
    method: 'POST',
    path: `${path}/{id}/reveal`,
    permission: `${id}:reveal`,
    input: z.object({
      id: z.string().min(1).max(64),
      reason: z.string().trim().min(4, '请写明原因，至少 4 个字').max(200, '原因不超过 200 个字'),
    }),
    output: z.object({ value: z.string().nullable() }),
    errors: {
      NOT_FOUND: { status: 404, message: '没有找到这项申请，请刷新列表' },
      NOT_YOURS: { status: 403, message: '只有能审批这项申请的人，在审批之前可以查看身份证号码' },
    },
    audit: 'write',
  });

import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { tender } from '#kernel/source/source.ts';
import { challenge, credentialNotice, inputs, refusals, totpOffer } from './account.contract.ts';

const moment = z.iso.datetime();

/** What a person may see of their own account. */
export const ownAccount = z.object({
  userName: z.string(),
  name: z.string(),
  organisationName: z.string().nullable(),
  roles: z.array(z.string()),
  createdAt: moment,
  validUntil: moment.nullable(),
  password: z.object({
    changedAt: moment,
    expiresAt: moment.nullable(),
    rules: z.object({ minLength: z.number(), classes: z.number(), history: z.number(), maxAgeDays: z.number() }),
  }),
  secondFactor: z.object({
    /** Whether the person's roles demand one. */
    mandatory: z.boolean(),
    totpSince: moment.nullable(),
    recoveryCodesLeft: z.number(),
    certificatesOffered: z.boolean(),
    certificates: z.array(z.object({ id: z.string(), subject: z.string(), expiresAt: moment, boundAt: moment })),
  }),
  /** What others have set of how the person signs in, the latest first. */
  notices: z.array(credentialNotice),
  signOn: z.object({
    title: z.string().nullable(),
    bound: z.array(z.object({ subject: z.string(), boundAt: moment })),
  }),
});
/** See {@link ownAccount}. */
export type OwnAccount = z.output<typeof ownAccount>;

/** One of the person's own sessions. */
const ownSession = z.object({
  id: z.string(),
  /** The one that asks. */
  here: z.boolean(),
  ip: z.string(),
  /** What the browser called itself. */
  userAgent: z.string(),
  way: z.enum(['password', 'sign-on']),
  createdAt: moment,
  seenAt: moment,
});
const own = { source: tender(42), permission: 'signed-in', audit: 'write' } as const;
const base = '/governance/own-account' as const;
const { LOCKED, WRONG_CODE, WRONG_CERTIFICATE, TICKET_GONE, WEAK } = refusals;
const { SIGN_ON_OFF, SIGN_ON_REFUSED, SIGN_ON_UNREACHABLE } = refusals;
const WRONG_PASSWORD = { status: 403, message: '当前密码不对，请重新输入' } as const;
const NOT_FOUND = { status: 404, message: '没有找到，可能已经不在' } as const;
const LAST_FACTOR = {
  status: 409,
  message: '您的岗位必须使用双因素登录，不能停用唯一的一种；请先启用另一种',
} as const;
/** Whoever weakens or changes how one signs in shows once more that it is their account. */
const withPassword = z.object({ password: inputs.password });
const done = z.object({ done: z.literal(true) });

/** A person's own account: password, second factor, sign-on, sessions. Source: tender R42. */
export const ownAccountContract = {
  read: operation({
    ...own,
    id: 'governance.ownAccount.read',
    title: '个人设置',
    method: 'GET',
    path: base,
    input: z.object({}),
    output: ownAccount,
    errors: {},
    audit: 'none',
  }),
  changePassword: operation({
    ...own,
    id: 'governance.ownAccount.changePassword',
    title: '修改密码',
    method: 'PUT',
    path: `${base}/password`,
    input: z.object({ current: inputs.password, next: inputs.password }),
    output: z.object({ endedSessions: z.number() }),
    errors: { WRONG_PASSWORD, LOCKED, WEAK },
  }),
  offerTotp: operation({
    ...own,
    id: 'governance.ownAccount.offerTotp',
    title: '启用动态验证码',
    method: 'POST',
    path: `${base}/totp`,
    input: withPassword,
    output: totpOffer,
    errors: { WRONG_PASSWORD, LOCKED },
  }),
  confirmTotp: operation({
    ...own,
    id: 'governance.ownAccount.confirmTotp',
    title: '确认启用动态验证码',
    method: 'PUT',
    path: `${base}/totp`,
    input: z.object({ ticket: inputs.ticket, code: inputs.code }),
    output: z.object({ recoveryCodes: z.array(z.string()) }),
    errors: { WRONG_CODE, TICKET_GONE },
  }),
  removeTotp: operation({
    ...own,
    id: 'governance.ownAccount.removeTotp',
    title: '停用动态验证码',
    method: 'POST',
    path: `${base}/totp/removal`,
    input: withPassword,
    output: done,
    errors: { WRONG_PASSWORD, LOCKED, LAST_FACTOR },
  }),
  renewRecoveryCodes: operation({
    ...own,
    id: 'governance.ownAccount.renewRecoveryCodes',
    title: '重新生成恢复码',
    method: 'POST',
    path: `${base}/recovery-codes`,
    input: withPassword,
    output: z.object({ recoveryCodes: z.array(z.string()) }),
    errors: { WRONG_PASSWORD, LOCKED },
  }),
  askChallenge: operation({
    ...own,
    id: 'governance.ownAccount.askChallenge',
    title: '绑定 UKey 的待签内容',
    method: 'POST',
    path: `${base}/certificates/challenge`,
    input: withPassword,
    output: challenge,
    errors: { WRONG_PASSWORD, LOCKED },
  }),
  bindCertificate: operation({
    ...own,
    id: 'governance.ownAccount.bindCertificate',
    title: '绑定 UKey 证书',
    method: 'POST',
    path: `${base}/certificates`,
    input: z.object({
      ticket: inputs.ticket,
      certificate: z.string().trim().min(1, '请填入证书').max(10_000),
      signature: z.string().trim().min(1, '请填入签名').max(400),
    }),
    output: done,
    errors: {
      WRONG_CERTIFICATE,
      TICKET_GONE,
      TAKEN: { status: 409, message: '这张证书已绑定在一个账号上，请先由那个账号解除' },
    },
  }),
  removeCertificate: operation({
    ...own,
    id: 'governance.ownAccount.removeCertificate',
    title: '解除 UKey 证书',
    method: 'POST',
    path: `${base}/certificates/{certificateId}/removal`,
    input: withPassword.extend({ certificateId: z.string().max(64) }),
    output: done,
    errors: { WRONG_PASSWORD, LOCKED, LAST_FACTOR, NOT_FOUND },
  }),
  beginSignOn: operation({
    ...own,
    id: 'governance.ownAccount.beginSignOn',
    title: '关联统一身份认证',
    method: 'POST',
    path: `${base}/sign-on`,
    input: withPassword,
    output: z.object({ address: z.string(), ticket: z.string() }),
    errors: { WRONG_PASSWORD, LOCKED, SIGN_ON_OFF, SIGN_ON_UNREACHABLE },
  }),
  bindSignOn: operation({
    ...own,
    id: 'governance.ownAccount.bindSignOn',
    title: '确认关联统一身份认证',
    method: 'PUT',
    path: `${base}/sign-on`,
    input: inputs.signOnAnswer,
    output: done,
    errors: {
      SIGN_ON_OFF,
      SIGN_ON_REFUSED,
      SIGN_ON_UNREACHABLE,
      TICKET_GONE,
      TAKEN: { status: 409, message: '这个统一身份认证账号已关联到另一个用户' },
    },
  }),
  unbindSignOn: operation({
    ...own,
    id: 'governance.ownAccount.unbindSignOn',
    title: '解除统一身份认证',
    method: 'POST',
    path: `${base}/sign-on/removal`,
    input: withPassword,
    output: done,
    errors: { WRONG_PASSWORD, LOCKED },
  }),
  sessions: operation({
    ...own,
    id: 'governance.ownAccount.sessions',
    title: '我的登录',
    method: 'GET',
    path: `${base}/sessions`,
    input: z.object({}),
    output: z.array(ownSession),
    errors: {},
    audit: 'none',
  }),
  endSession: operation({
    ...own,
    id: 'governance.ownAccount.endSession',
    title: '退出一处登录',
    method: 'DELETE',
    path: `${base}/sessions/{sessionId}`,
    input: z.object({ sessionId: z.string().max(64) }),
    output: done,
    errors: { NOT_FOUND },
  }),
  endOtherSessions: operation({
    ...own,
    id: 'governance.ownAccount.endOtherSessions',
    title: '退出其他各处登录',
    method: 'POST',
    path: `${base}/sessions/end-others`,
    input: z.object({}),
    output: z.object({ ended: z.number() }),
    errors: {},
  }),
};

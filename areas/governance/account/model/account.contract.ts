import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { assumption, tender } from '#kernel/source/source.ts';

/** The signed-in person as the screens know them. */
export const me = z.object({
  id: z.string(),
  userName: z.string(),
  name: z.string(),
  organisationName: z.string().nullable(),
  roles: z.array(z.object({ id: z.string(), title: z.string() })),
  /** Every permission held on at least some rows. */
  permissions: z.array(z.string()),
  demo: z.boolean(),
});
/** See {@link me}. */
export type Me = z.output<typeof me>;

/** That somebody else has set how a person signs in, for the person to see. */
export const credentialNotice = z.object({
  what: z.enum(['password', 'second-factor']),
  at: z.iso.datetime(),
  /** Who has set it, or applied for it. */
  by: z.string(),
  /** Who has agreed; null where nobody had to. */
  agreed: z.string().nullable(),
});
/** See {@link credentialNotice}. */
export type CredentialNotice = z.output<typeof credentialNotice>;

const passwordRules = z.object({
  minLength: z.number(),
  classes: z.number(),
  history: z.number(),
  maxAgeDays: z.number(),
});

/**
 * How far a sign-in has come, and so what must be shown next. Until it is `full` the session may do nothing but the steps below;
 * every step hands out a new token.
 */
export const progress = z.discriminatedUnion('stage', [
  z.object({
    stage: z.literal('full'),
    me,
    /** How many older sessions of this person were ended because there were too many. */
    endedElsewhere: z.number(),
    /** What others have set since the last time. */
    notices: z.array(credentialNotice),
  }),
  z.object({
    stage: z.literal('second-factor'),
    userName: z.string(),
    ways: z.array(z.enum(['code', 'certificate'])),
  }),
  z.object({
    stage: z.literal('change-password'),
    why: z.enum(['first', 'expired']),
    userName: z.string(),
    rules: passwordRules,
  }),
  z.object({ stage: z.literal('enrol'), userName: z.string() }),
]);
/** See {@link progress}. */
export type Progress = z.output<typeof progress>;
/** A sign-in that has come to its end. */
export type Entered = Extract<Progress, { stage: 'full' }>;

/** What a phone must be told to become a second factor. The picture is an SVG. */
export const totpOffer = z.object({ secret: z.string(), picture: z.string(), ticket: z.string() });

/** A text to be signed by a key device, as hex, and the ticket that goes with it. */
export const challenge = z.object({ text: z.string(), ticket: z.string() });

/** Parts of inputs that several operations share. */
export const inputs = {
  ticket: z.string().min(1).max(4_000),
  code: z.string().trim().min(6, '请输入 6 位验证码，或一个恢复码').max(20, '验证码为 6 位数字'),
  password: z.string().min(1, '请输入密码').max(200, '密码过长'),
  /** What the sign-on provider sent back in the address of the page. */
  signOnAnswer: z.object({
    ticket: z.string().min(1).max(4_000),
    code: z.string().min(1).max(2_000),
    state: z.string().min(1).max(500),
    iss: z.string().max(500).optional(),
  }),
} as const;

/** Refusals that several operations share. */
export const refusals = {
  LOCKED: { status: 429, message: '连续出错次数过多，账号已暂时锁定，请半小时后再试，或联系管理员解锁' },
  START_AGAIN: { status: 403, message: '登录已超时，请重新输入用户名和密码' },
  WRONG_CODE: { status: 403, message: '验证码不对或已用过，请核对手机时间，用下一个验证码再试' },
  WRONG_CERTIFICATE: { status: 403, message: '数字证书验证没有通过，请确认插入的是已绑定的 UKey' },
  TICKET_GONE: { status: 409, message: '这一步已超时或已用过，请重新开始' },
  WEAK: { status: 422, message: '新密码不符合要求' },
  SIGN_ON_OFF: { status: 404, message: '没有开通统一身份认证登录' },
  SIGN_ON_REFUSED: { status: 403, message: '统一身份认证没有通过，请重新发起' },
  SIGN_ON_UNREACHABLE: { status: 503, message: '统一身份认证暂时连接不上，请稍后再试，或用用户名和密码登录' },
} as const;

const { LOCKED, START_AGAIN, WRONG_CODE, WRONG_CERTIFICATE, TICKET_GONE, WEAK } = refusals;
const { SIGN_ON_OFF, SIGN_ON_REFUSED, SIGN_ON_UNREACHABLE } = refusals;
const SHUT = { status: 403, message: '账号已停用或已过有效期，如需使用请联系管理员' } as const;

/** Steps of a sign-in are public: they serve who is not signed in yet, and look at the half signed-in session themselves. */
const step = { source: tender(42), permission: 'public', audit: 'write' } as const;

/** Signing in, step by step, and out. Source: tender R42; domain 10.3. */
export const accountContract = {
  signIn: operation({
    ...step,
    id: 'governance.account.signIn',
    title: '登录',
    method: 'POST',
    path: '/governance/session',
    input: z.object({
      userName: z.string().trim().min(1, '请输入用户名').max(40),
      password: inputs.password,
      captcha: z.object({ ticket: inputs.ticket, text: z.string().trim().min(1, '请输入图中字符').max(10) }).optional(),
    }),
    output: progress,
    errors: {
      WRONG: { status: 403, message: '用户名或密码不对，请重新输入' },
      LOCKED,
      CAPTCHA: { status: 403, message: '请输入图中字符，再登录' },
      SHUT,
    },
  }),
  captcha: operation({
    ...step,
    id: 'governance.account.captcha',
    title: '图形验证码',
    method: 'POST',
    path: '/governance/session/captcha',
    input: z.object({ userName: z.string().trim().min(1, '请输入用户名').max(40) }),
    output: z.object({ ticket: z.string(), picture: z.string() }),
    errors: {},
    audit: 'none',
  }),
  proveCode: operation({
    ...step,
    id: 'governance.account.proveCode',
    title: '动态验证码',
    method: 'POST',
    path: '/governance/session/code',
    input: z.object({ code: inputs.code }),
    output: progress,
    errors: { WRONG_CODE, LOCKED, START_AGAIN, SHUT },
  }),
  askChallenge: operation({
    ...step,
    id: 'governance.account.askChallenge',
    title: 'UKey 登录的待签内容',
    method: 'POST',
    path: '/governance/session/challenge',
    input: z.object({}),
    output: challenge,
    errors: { START_AGAIN },
    audit: 'none',
  }),
  proveCertificate: operation({
    ...step,
    id: 'governance.account.proveCertificate',
    title: 'UKey 登录',
    method: 'POST',
    path: '/governance/session/certificate',
    input: z.object({ ticket: inputs.ticket, signature: z.string().trim().min(1, '请填入签名').max(400) }),
    output: progress,
    errors: { WRONG_CERTIFICATE, TICKET_GONE, LOCKED, START_AGAIN, SHUT },
  }),
  choosePassword: operation({
    ...step,
    id: 'governance.account.choosePassword',
    title: '登录时修改密码',
    method: 'PUT',
    path: '/governance/session/password',
    input: z.object({ next: inputs.password }),
    output: progress,
    errors: { WEAK, START_AGAIN, SHUT },
  }),
  beginEnrolment: operation({
    ...step,
    id: 'governance.account.beginEnrolment',
    title: '登录时启用动态验证码',
    method: 'POST',
    path: '/governance/session/enrolment',
    input: z.object({}),
    output: totpOffer,
    errors: { START_AGAIN },
    audit: 'none',
  }),
  finishEnrolment: operation({
    ...step,
    id: 'governance.account.finishEnrolment',
    title: '确认启用动态验证码',
    method: 'PUT',
    path: '/governance/session/enrolment',
    input: z.object({ ticket: inputs.ticket, code: inputs.code }),
    output: z.object({ progress, recoveryCodes: z.array(z.string()) }),
    errors: { WRONG_CODE, TICKET_GONE, START_AGAIN, SHUT },
  }),
  signOnOffer: operation({
    ...step,
    id: 'governance.account.signOnOffer',
    title: '统一身份认证是否开通',
    method: 'GET',
    path: '/governance/sign-on',
    input: z.object({}),
    output: z.object({ title: z.string().nullable() }),
    errors: {},
    audit: 'none',
  }),
  beginSignOn: operation({
    ...step,
    id: 'governance.account.beginSignOn',
    title: '发起统一身份认证',
    method: 'POST',
    path: '/governance/sign-on',
    input: z.object({}),
    output: z.object({ address: z.string(), ticket: z.string() }),
    errors: { SIGN_ON_OFF, SIGN_ON_UNREACHABLE },
    audit: 'none',
  }),
  finishSignOn: operation({
    ...step,
    id: 'governance.account.finishSignOn',
    title: '统一身份认证登录',
    method: 'POST',
    path: '/governance/session/sign-on',
    input: inputs.signOnAnswer,
    output: progress,
    errors: {
      SIGN_ON_OFF,
      SIGN_ON_REFUSED,
      SIGN_ON_UNREACHABLE,
      TICKET_GONE,
      NOT_BOUND: {
        status: 403,
        message: '认证通过，但没有与之关联的本系统账号；请用用户名和密码登录后在“个人设置”中关联，或联系管理员',
      },
      LOCKED,
      SHUT,
    },
  }),
  me: operation({
    id: 'governance.account.me',
    title: '当前用户',
    source: tender(42),
    method: 'GET',
    path: '/governance/session',
    permission: 'signed-in',
    input: z.object({}),
    output: me,
    errors: {},
    audit: 'none',
  }),
  signOut: operation({
    id: 'governance.account.signOut',
    title: '退出登录',
    source: tender(42),
    method: 'DELETE',
    path: '/governance/session',
    permission: 'signed-in',
    input: z.object({}),
    output: z.object({ done: z.literal(true) }),
    errors: {},
    audit: 'write',
  }),
  /** Only answers in demo mode; the sign-in page lists these accounts. */
  demoAccounts: operation({
    id: 'governance.account.demoAccounts',
    title: '演示账号',
    source: assumption('演示模式下登录页列出账号和当前动态验证码，便于试用'),
    method: 'GET',
    path: '/governance/demo-accounts',
    permission: 'public',
    input: z.object({}),
    output: z.array(
      z.object({
        userName: z.string(),
        password: z.string(),
        name: z.string(),
        role: z.string(),
        organisationName: z.string().nullable(),
        /** The code of the account's second factor at this moment; null where it has none, or none that would be taken yet. */
        code: z.string().nullable(),
        /** When the code changes; null where there is no second factor. */
        codeUntil: z.iso.datetime().nullable(),
      }),
    ),
    errors: {},
    audit: 'none',
  }),
};

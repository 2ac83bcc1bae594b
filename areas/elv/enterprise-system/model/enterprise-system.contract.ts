import { z } from 'zod';
import { isRange } from '#kernel/contract/address-range.ts';
import { operation } from '#kernel/contract/operation.ts';
import { stepView } from '#kernel/lifecycle/step-view.ts';
import { tender } from '#kernel/source/source.ts';
import { type EnterpriseSystemAction, enterpriseSystem } from './enterprise-system.lifecycle.ts';
import { publicKey } from './public-key.ts';

const id = z.string().min(1).max(64);
const one = z.object({ id });
const actions = Object.keys(enterpriseSystem.actions) as [EnterpriseSystemAction, ...EnterpriseSystemAction[]];

/** An address at which a system listens. Which addresses may be called at all is judged where they are registered, and at every call. */
export const webhookUrl = z
  .string()
  .trim()
  .max(300, '地址最多 300 个字符')
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return (
      url !== undefined &&
      /^https?:$/.test(url.protocol) &&
      url.username === '' &&
      url.password === '' &&
      url.hash === ''
    );
  }, '应为 https:// 开头的完整地址，不含用户名、密码和 #');

/** What is entered of a system. */
export const systemInput = z.object({
  name: z.string().trim().min(2, '系统名称至少 2 个字').max(40, '系统名称最多 40 个字'),
  publicKey,
  ranges: z
    .array(z.string().trim().refine(isRange, '应为 IP 地址或地址段，例如 203.0.113.0/24'))
    .max(20, '地址段最多 20 个')
    .default([]),
  validUntil: z.iso.date('日期应为 年-月-日，例如 2027-12-31').nullable().default(null),
  webhookUrl: webhookUrl.nullable().default(null),
});

/** An enterprise's system as lists show it. */
export const systemRow = z.object({
  id,
  name: z.string(),
  enterpriseName: z.string(),
  /** What the system calls under: the fingerprint of its public key. */
  appId: z.string(),
  publicKey: z.string(),
  ranges: z.array(z.string()),
  validUntil: z.string().nullable(),
  webhookUrl: z.string().nullable(),
  state: z.string(),
  stateTitle: z.string(),
  version: z.int(),
  registeredBy: z.string(),
  registeredAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  opinion: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  /** Calls that were not let in, of the last seven days. */
  refusedCalls: z.int(),
  /** Steps the asking person may take now. */
  actions: z.array(z.enum(actions)),
  /** Its own registration waits for somebody else. */
  waitsForAnother: z.boolean(),
});
/** See {@link systemRow}. */
export type SystemRow = z.output<typeof systemRow>;

/** How a message to a system stands. */
export const deliveryView = z.object({
  id,
  eventTitle: z.string(),
  caseNo: z.string(),
  status: z.enum(['waiting', 'retrying', 'delivered', 'refused', 'needs-person']),
  attempts: z.int(),
  createdAt: z.string(),
  deliveredAt: z.string().nullable(),
  nextAttemptAt: z.string().nullable(),
  note: z.string().nullable(),
  resendable: z.boolean(),
});
/** See {@link deliveryView}. */
export type DeliveryView = z.output<typeof deliveryView>;

/** One system with how it has been used. */
export const systemView = systemRow.extend({
  /** The public key with which messages to systems are signed; null before this one was confirmed. */
  platformKey: z.string().nullable(),
  timeline: z.array(stepView),
  refusals: z.array(
    z.object({ day: z.string(), title: z.string(), count: z.int(), lastAt: z.string(), lastIp: z.string() }),
  ),
  deliveries: z.array(deliveryView),
});
/** See {@link systemView}. */
export type SystemView = z.output<typeof systemView>;

const errors = {
  REFUSED: { status: 422, message: '现在不能办理，请先处理列出的问题' },
  STALE: { status: 409, message: '这个系统在您打开之后已有变化，请查看最新内容后再办理' },
} as const;

const own = { source: tender(1, 3, 6) } as const;
const base = '/elv/enterprise-systems';
const read = `${enterpriseSystem.id}:read` as const;

/** Looking after enterprises' own systems: who may call, and what they were told. Source: issue “dismantlers’ own systems”; domain 9. */
export const enterpriseSystemContract = {
  list: operation({
    ...own,
    id: 'elv.enterprise-system.list',
    title: '企业系统列表',
    method: 'GET',
    path: base,
    permission: read,
    input: z.object({
      /** `living`: in use, or waiting to be confirmed. */
      show: z.enum(['living', 'waiting', 'all']).default('living'),
      page: z.coerce.number().int().min(1).max(100_000).default(1),
      size: z.coerce.number().int().min(1).max(100).default(20),
    }),
    output: z.object({ rows: z.array(systemRow), total: z.int() }),
    errors: {},
    audit: 'none',
  }),
  get: operation({
    ...own,
    id: 'elv.enterprise-system.get',
    title: '查看企业系统',
    method: 'GET',
    path: `${base}/{id}`,
    permission: read,
    input: one,
    output: systemView,
    errors: {},
    audit: 'none',
  }),
  challenge: operation({
    ...own,
    id: 'elv.enterprise-system.challenge',
    title: '取得待签的登记文本',
    method: 'POST',
    path: `${base}/challenge`,
    permission: `${enterpriseSystem.id}:register`,
    input: z.object({}),
    /** A text that whoever registers has signed by the key they register; good for an hour and for their own enterprise. */
    output: z.object({ text: z.string(), validUntil: z.iso.datetime() }),
    errors: {},
    audit: 'none',
  }),
  register: operation({
    ...own,
    id: 'elv.enterprise-system.register',
    title: '登记企业系统',
    method: 'POST',
    path: base,
    permission: `${enterpriseSystem.id}:register`,
    /** `key` makes a repeated click answer with the first registration. */
    input: systemInput.extend({
      key: z.uuid(),
      challenge: z.string().max(300),
      /** The signature of the challenge by the private half of the key that is registered: SM2 with SM3, DER, base64. */
      proof: z.string().trim().min(1, '请填写对登记文本的签名').max(200, '签名最多 200 个字符'),
    }),
    output: z.object({ id, appId: z.string() }),
    errors: {
      KEY_TAKEN: { status: 409, message: '这把公钥已登记，每个系统须用自己的密钥' },
      TOO_MANY_SYSTEMS: {
        status: 409,
        message: '本企业待确认和使用中的系统已有 20 个，请先停用或撤回不用的，再登记新的',
      },
      ADDRESS: { status: 422, message: '推送地址不能使用' },
      CHALLENGE_OVER: { status: 409, message: '登记文本已过期，已换新的文本，请用私钥重新签名' },
      NOT_PROVED: { status: 422, message: '签名与公钥不符：请用这把公钥的私钥，对上面的登记文本重新签名' },
    },
    audit: 'write',
  }),
  resend: operation({
    ...own,
    id: 'elv.enterprise-system.resend',
    title: '重新推送',
    method: 'POST',
    path: `${base}/{id}/deliveries/{exchangeId}/resend`,
    permission: `${enterpriseSystem.id}:resend`,
    input: one.extend({ exchangeId: id }),
    output: z.object({ done: z.literal(true) }),
    errors: { NOT_WAITING: { status: 409, message: '这条消息已送达，不需要重发' } },
    audit: 'write',
  }),
};

const stepOf = (action: EnterpriseSystemAction) =>
  operation({
    id: `${enterpriseSystem.id}.${action}`,
    title: `企业系统：${enterpriseSystem.actions[action].title}`,
    source: enterpriseSystem.actions[action].source,
    method: 'POST',
    path: `${base}/{id}/steps/${action}`,
    permission: `${enterpriseSystem.id}:${action}`,
    input: z.object({ id, version: z.int(), key: z.uuid(), input: z.record(z.string(), z.unknown()).default({}) }),
    output: z.object({ state: z.string(), version: z.int() }),
    errors,
    audit: 'write',
  });

/** The steps after registering, each an operation. */
export const systemStepContract = {
  confirm: stepOf('confirm'),
  refuse: stepOf('refuse'),
  withdraw: stepOf('withdraw'),
  revoke: stepOf('revoke'),
};
/** A step that is taken with a system that is registered. */
export type SystemStep = keyof typeof systemStepContract;

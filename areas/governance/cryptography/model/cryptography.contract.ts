import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { standard, tender } from '#kernel/source/source.ts';

/** Something found just now. `good` is null where it only informs. */
export const evidence = z.object({ text: z.string(), good: z.boolean().nullable() });
/** See {@link evidence}. */
export type Evidence = z.output<typeof evidence>;

/** A control of a standard: how it is met, what was found, what the platform must add. */
export const controlView = z.object({
  id: z.string(),
  standard: z.enum(['GB/T 39786', 'GB/T 22239']),
  layer: z.string(),
  title: z.string(),
  how: z.string(),
  evidence: z.array(evidence),
  cloud: z.string().nullable(),
  /** `met`: by software, as found. `attention`: something found is not good. `cloud`: what is missing is the platform's. */
  verdict: z.enum(['met', 'attention', 'cloud']),
});
/** See {@link controlView}. */
export type ControlView = z.output<typeof controlView>;

/** A key as its keepers see it; never the key. */
export const keyView = z.object({
  purpose: z.string(),
  title: z.string(),
  id: z.string(),
  version: z.int(),
  state: z.enum(['current', 'superseded', 'retired']),
  createdAt: z.iso.datetime(),
  retiredAt: z.iso.datetime().nullable(),
  days: z.int(),
});
/** See {@link keyView}. */
export type KeyView = z.output<typeof keyView>;

/** How a renewal of keys stands. */
export const rotationView = z.object({
  id: z.string(),
  state: z.enum(['starting', 'running', 'checking', 'done', 'needs-person']),
  startedAt: z.iso.datetime(),
  startedBy: z.string(),
  table: z.string().nullable(),
  done: z.int(),
  total: z.int(),
  broken: z.array(z.object({ table: z.string(), key: z.string() })),
  finishedAt: z.iso.datetime().nullable(),
  remark: z.string(),
});
/** See {@link rotationView}. */
export type RotationView = z.output<typeof rotationView>;

/** The whole self-check. */
export const selfCheckView = z.object({ checkedAt: z.iso.datetime(), controls: z.array(controlView) });
/** See {@link selfCheckView}. */
export type SelfCheckView = z.output<typeof selfCheckView>;

const source = standard('GB/T 39786—2021 第三级', 'GB/T 22239—2019 第三级');

/** Keys and the self-check of cryptography and classified protection. Source: tender R55, T4, T5. */
export const cryptographyContract = {
  keys: operation({
    id: 'governance.cryptography.keys',
    title: '查看密钥清单',
    source: tender(55),
    method: 'GET',
    path: '/governance/cryptography/keys',
    permission: 'governance.cryptography:read',
    input: z.object({}),
    output: z.object({ certified: z.boolean(), keys: z.array(keyView), rotation: rotationView.nullable() }),
    errors: {},
    audit: 'none',
  }),
  selfCheck: operation({
    id: 'governance.cryptography.selfCheck',
    title: '查看密码与等保自查',
    source,
    method: 'GET',
    path: '/governance/cryptography/self-check',
    permission: 'governance.cryptography:read',
    input: z.object({}),
    output: selfCheckView,
    errors: {},
    audit: 'none',
  }),
  checkNow: operation({
    id: 'governance.cryptography.checkNow',
    title: '重新自查',
    source,
    method: 'POST',
    path: '/governance/cryptography/self-check',
    permission: 'governance.cryptography:check',
    input: z.object({}),
    output: selfCheckView,
    errors: {},
    audit: 'write',
  }),
  document: operation({
    id: 'governance.cryptography.exportSelfCheck',
    title: '下载密码与等保自查报告',
    source,
    method: 'GET',
    path: '/governance/cryptography/self-check.md',
    permission: 'governance.cryptography:read',
    reply: 'file',
    input: z.object({}),
    output: z.unknown(),
    errors: {},
    audit: 'read',
  }),
  renew: operation({
    id: 'governance.cryptography.renew',
    title: '轮换数据密钥',
    source: tender(55),
    method: 'POST',
    path: '/governance/cryptography/renewals',
    permission: 'governance.cryptography:renew',
    input: z.object({}),
    output: rotationView,
    errors: { UNDER_WAY: { status: 409, message: '上一次轮换还没有结束，请等它完成' } },
    audit: 'write',
  }),
};

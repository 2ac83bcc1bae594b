import { z } from 'zod';
import { lifecycleOf } from '#kernel/lifecycle/lifecycle.ts';
import { assumption, standard, tender } from '#kernel/source/source.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';

/** What is registered of an enterprise's own system, as it is confirmed; a change is a new registration. */
export interface EnterpriseSystem {
  readonly name: string;
  /** 130 hex digits. */
  readonly publicKey: string;
  /** Where calls may come from, in CIDR notation; empty for anywhere. */
  readonly ranges: readonly string[];
  /** The last day it may call, `yyyy-MM-dd` in Shanghai; null without end. */
  readonly validUntil: string | null;
  /** Where it is told of its cases; null where it asks by itself. */
  readonly webhookUrl: string | null;
  /** What was said at the last decision. */
  readonly opinion: string | null;
}

/** Whether the last day a system may call, and be told of cases, is over. */
export const isOver = ({ validUntil }: Pick<EnterpriseSystem, 'validUntil'>, now: Date): boolean =>
  validUntil !== null && shanghaiDay(now) > validUntil;

const opinion = z.object({ opinion: z.string().trim().max(200, '意见不超过 200 个字').optional() });
const reason = z.object({
  reason: z.string().trim().min(4, '请写明原因，至少 4 个字').max(200, '原因不超过 200 个字'),
});

const said = (record: EnterpriseSystem, input: unknown): EnterpriseSystem => {
  // Parsed by one of the two schemas above.
  const { opinion: kept, reason: why } = input as { opinion?: string; reason?: string };
  return { ...record, opinion: why ?? kept ?? null };
};

const twoPersons = standard('GB/T 22239-2019', '8.1.4.1 身份鉴别（双人确认）');

/**
 * A key by which an enterprise's own system calls: entered by the enterprise's administrator, in force when the commission has confirmed it, ended at once by either. Every
 * step is signed, so who let a key in can be shown later. Source: issue “dismantlers’ own systems”; domain 9, 10.4.
 */
export const enterpriseSystem = lifecycleOf<EnterpriseSystem>()({
  id: 'elv.enterprise-system',
  version: 1,
  title: '企业系统',
  source: tender(1, 3, 6),
  initial: 'drafted',
  actors: {
    enterprise: { title: '企业管理员', stands: 'same-organisation' },
    commission: { title: '商务委审核人员', stands: 'any-authorised' },
    either: { title: '企业管理员或商务委审核人员', stands: 'any-authorised' },
  },
  holds: {},
  states: {
    drafted: { title: '填写', kind: 'work' },
    proposed: { title: '待确认', kind: 'work' },
    active: { title: '使用中', kind: 'work' },
    refused: { title: '未确认', kind: 'final' },
    withdrawn: { title: '已撤回', kind: 'final' },
    revoked: { title: '已停用', kind: 'final' },
  },
  actions: {
    register: {
      title: '登记',
      source: twoPersons,
      by: 'enterprise',
      from: ['drafted'],
      to: 'proposed',
      signed: true,
    },
    confirm: {
      title: '确认',
      source: twoPersons,
      by: 'commission',
      from: ['proposed'],
      to: 'active',
      signed: true,
      apartFrom: ['register'],
      input: opinion,
      record: said,
      effects: [{ do: 'run', hook: 'seal-key' }],
      consequence: '确认前请与企业核对公钥指纹；确认后，该系统即可以自己的签名为本企业报送案卷。',
    },
    refuse: {
      title: '不予确认',
      source: twoPersons,
      by: 'commission',
      from: ['proposed'],
      to: 'refused',
      signed: true,
      input: reason,
      record: said,
    },
    withdraw: {
      title: '撤回登记',
      source: twoPersons,
      by: 'enterprise',
      from: ['proposed'],
      to: 'withdrawn',
      signed: true,
    },
    revoke: {
      title: '停用',
      source: assumption('密钥泄露或系统停用时，企业和商务委都可立即停用', '0045'),
      by: 'either',
      from: ['active'],
      to: 'revoked',
      signed: true,
      input: reason,
      record: said,
      consequence: '停用立即生效，不能恢复；要再使用须重新登记。',
    },
  },
});

/** What may be done to an enterprise's system. */
export type EnterpriseSystemAction = keyof typeof enterpriseSystem.actions;

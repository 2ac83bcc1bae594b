import { z } from 'zod';
import { type LifecycleOf, lifecycleOf, widened } from '#kernel/lifecycle/lifecycle.ts';
import { standard, tender } from '#kernel/source/source.ts';
import type { AccessChange } from './access-change.ts';

/** An application to change the access list. */
export interface AccessApplication {
  readonly change: AccessChange;
  /** The change in a sentence, as it was read by whoever approved it. */
  readonly summary: string;
  readonly reason: string;
  readonly opinion: string | null;
  /** What the change was read against: the role as it stood, in its one text; null for a new one and for other kinds of change. */
  readonly against: string | null;
}

const twoPersons = standard('GB/T 22239-2019', '8.1.4.2 访问控制；8.1.5 安全管理中心（权限分离）');
const opinion = z.object({ opinion: z.string().trim().max(200, '意见不超过 200 个字').optional() });
const reason = z.object({
  reason: z.string().trim().min(4, '请写明原因，至少 4 个字').max(200, '原因不超过 200 个字'),
});

const withOpinion = (record: AccessApplication, input: unknown): AccessApplication => {
  // Parsed by one of the two schemas above.
  const { opinion: kept, reason: why } = input as { opinion?: string; reason?: string };
  return { ...record, opinion: why ?? kept ?? null };
};

const noted = { do: 'run', hook: 'note-decision' } as const;

/** Permissions change only when a second person agrees. Source: tender R43, R44; domain 10.4. */
export const accessChangeLifecycle = lifecycleOf<AccessApplication>()({
  id: 'governance.access-change',
  version: 1,
  title: '授权申请',
  source: tender(43, 44),
  initial: 'drafted',
  actors: { securityAdministrator: { title: '安全管理员', stands: 'any-authorised' } },
  holds: {},
  states: {
    drafted: { title: '填写', kind: 'work' },
    proposed: { title: '待审批', kind: 'work' },
    approved: { title: '已批准', kind: 'final' },
    refused: { title: '未批准', kind: 'final' },
    withdrawn: { title: '已撤回', kind: 'final' },
  },
  actions: {
    propose: {
      title: '提交申请',
      source: twoPersons,
      by: 'securityAdministrator',
      from: ['drafted'],
      to: 'proposed',
      signed: true,
    },
    approve: {
      title: '批准',
      source: twoPersons,
      by: 'securityAdministrator',
      from: ['proposed'],
      to: 'approved',
      apartFrom: ['propose'],
      input: opinion,
      record: withOpinion,
      effects: [noted, { do: 'run', hook: 'change-list' }],
      consequence: '批准后立即生效，几秒内所有服务器按新的权限判断',
      signed: true,
    },
    refuse: {
      title: '不批准',
      source: twoPersons,
      by: 'securityAdministrator',
      from: ['proposed'],
      to: 'refused',
      apartFrom: ['propose'],
      input: reason,
      record: withOpinion,
      effects: [noted],
      signed: true,
    },
    withdraw: {
      title: '撤回',
      source: twoPersons,
      by: 'securityAdministrator',
      from: ['proposed'],
      to: 'withdrawn',
      effects: [noted],
      signed: true,
    },
  },
});

/** The same, as the generic machinery reads it. */
export const anyAccessChange: LifecycleOf<AccessApplication> = widened(accessChangeLifecycle);

import { type LifecycleOf, widened } from '#kernel/lifecycle/lifecycle.ts';
import { standard, tender } from '#kernel/source/source.ts';
import { type Proposal, proposalLifecycle } from '#practices/proposal/model/proposal.lifecycle.ts';
import type { AccessChange } from './access-change.ts';

/** An application to change the access list. */
export interface AccessApplication extends Proposal {
  readonly change: AccessChange;
  /** What the change was read against: the role as it stood, in its one text; null for a new one and for other kinds of change. */
  readonly against: string | null;
}

/** Permissions change only when a second person agrees. Source: tender R43, R44; domain 10.4. */
export const accessChangeLifecycle = proposalLifecycle<AccessApplication>({
  id: 'governance.access-change',
  title: '授权申请',
  source: tender(43, 44),
  twoPersons: standard('GB/T 22239-2019', '8.1.4.2 访问控制；8.1.5 安全管理中心（权限分离）'),
  by: '安全管理员',
  carryOut: 'change-list',
  consequence: '批准后立即生效，几秒内所有服务器按新的权限判断',
});

/** The same, as the generic machinery reads it. */
export const anyAccessChange: LifecycleOf<AccessApplication> = widened(accessChangeLifecycle);

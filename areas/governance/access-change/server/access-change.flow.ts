import { lineage } from '#kernel/access/access.ts';
import { ListBroken } from '#kernel/access/access-list.store.ts';
import { listFaults } from '#kernel/access/access-list.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { Hook } from '#kernel/lifecycle/engine.ts';
import { proposalStore } from '#practices/proposal/server/proposal.store.ts';
import { type ProposalDesk, proposalDesk } from '#practices/proposal/server/proposal-desk.ts';
import { type AccessApplication, anyAccessChange } from '../model/access-change.lifecycle.ts';
import {
  type AccessChange,
  changeTitles,
  desertion,
  hindrance,
  standingOf,
  withChange,
} from '../model/access-change.ts';
import type { AccessDesk } from './access-desk.ts';
import { hasOthersPassword } from './people.store.ts';

/** The hooks the lifecycle may name. */
export const accessChangeHooks = ['change-list'] as const;

const refusal = (message: string) => ({ refusals: [{ why: 'guard' as const, path: 'change', message }] });

/** What stands in the way of a change to a list, all of it; the empty list when it may be made. */
export const obstaclesTo = (
  desk: AccessDesk,
  list: Parameters<typeof withChange>[0],
  change: AccessChange,
): readonly string[] => {
  const hindered = hindrance(list, change);
  if (hindered !== null) return [hindered];
  const known = new Set(desk.permissions().map(({ permission }) => permission));
  const already = new Set(listFaults(list, known));
  const after = withChange(list, change, { id: 'x', reason: '', approvedBy: '' });
  const unknown = change.kind === 'special' && !known.has(change.permission) ? [`没有权限 ${change.permission}`] : [];
  const deserted = desertion(list, after);
  // What was wrong before, for example after an upgrade, does not stand in the way of putting it right.
  return [
    ...unknown,
    ...(deserted === null ? [] : [deserted]),
    ...listFaults(after, known).filter((fault) => !already.has(fault)),
  ];
};

/** What stands in the way beside the list itself: a role of the platform is for whoever holds the account, and that is not shown while the password is another's. */
export const personObstacles = async (
  db: Db | Tx,
  list: Parameters<typeof withChange>[0],
  change: AccessChange,
): Promise<readonly string[]> => {
  if (change.kind !== 'hold') return [];
  const byId = new Map(list.roles.map((role) => [role.id, role]));
  if (!lineage(byId, change.roleId).some(({ level }) => level === 'platform')) return [];
  return (await hasOthersPassword(db, change.subjectId))
    ? ['此人的密码由管理员设置，尚未由本人更换；请其先登录改密，再授予平台角色']
    : [];
};

const changeList =
  (desk: AccessDesk): Hook<AccessApplication> =>
  async ({ tx, after, actor, now, traceId }) => {
    const { change, summary, reason, against } = after.record;
    const found: string[] = [...(await personObstacles(tx, desk.access.list(), change))];
    try {
      await desk.accessList.change(
        tx,
        { by: actor, what: { application: after.id, summary }, at: now, traceId },
        (list) => {
          if (standingOf(list, change) !== against)
            found.push('这个角色在申请之后已被改动，请撤回，按现在的内容重新申请');
          found.push(...obstaclesTo(desk, list, change));
          return found.length > 0 ? list : withChange(list, change, { id: after.id, reason, approvedBy: actor.id });
        },
      );
    } catch (error) {
      if (error instanceof ListBroken) return refusal('权限清单与其签名不符，恢复之前不能变更，请联系安全审计员');
      throw error;
    }
    return found.length > 0 ? { refusals: found.map((message) => ({ why: 'guard', path: 'change', message })) } : {};
  };

/** Applications: approving changes the list in the very same transaction. */
export const applicationDesk = (desk: AccessDesk): ProposalDesk<AccessApplication> => {
  const hooks: Readonly<Record<(typeof accessChangeHooks)[number], Hook<AccessApplication>>> = {
    'change-list': changeList(desk),
  };
  return proposalDesk<AccessApplication>({
    ...desk,
    lifecycle: anyAccessChange,
    store: proposalStore('governance.access_change'),
    hooks,
    kindTitle: ({ change }) => changeTitles[change.kind],
  });
};

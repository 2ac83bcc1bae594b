import { ListBroken } from '#kernel/access/access-list.store.ts';
import { type AccessList, listFaults, platformSubjects } from '#kernel/access/access-list.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { EffectScene, Hook } from '#kernel/lifecycle/engine.ts';
import { proposalStore } from '#practices/proposal/server/proposal.store.ts';
import { type ProposalDesk, proposalDesk } from '#practices/proposal/server/proposal-desk.ts';
import { type AccessApplication, anyAccessChange } from '../model/access-change.lifecycle.ts';
import {
  type AccessChange,
  changeTitles,
  desertion,
  faultyConditions,
  faultyFields,
  hindrance,
  standingOf,
  withChange,
} from '../model/access-change.ts';
import type { AccessDesk } from './access-desk.ts';

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
    ...faultyConditions(change, desk.conditions),
    ...faultyFields(change, desk.personal),
    ...(deserted === null ? [] : [deserted]),
    ...listFaults(after, known).filter((fault) => !already.has(fault)),
  ];
};

/** Whom a change newly trusts with more than an organisation's own roles give. */
export const newlyTrusted = (list: AccessList, change: AccessChange, now: Date): readonly string[] => {
  const before = platformSubjects(list, now);
  const after = platformSubjects(withChange(list, change, { id: 'x', reason: '', approvedBy: '' }), now);
  return [...after].filter((id) => !before.has(id)).sort();
};

/** Of the people newly trusted, ends what one administrator alone has set: whoever that was could come in as them. */
const endAlone = async (
  { accounts }: AccessDesk,
  { tx, after, actor, now, traceId }: EffectScene<AccessApplication>,
  ids: readonly string[],
): Promise<void> => {
  for (const id of ids) {
    const ended = await accounts.endSetAlone(tx, id, now);
    if (ended === null) continue;
    await appendFact(tx, {
      at: now,
      kind: 'security',
      action: 'governance.person.endCredentials',
      actor: { id: actor.id, name: actor.name, organisationId: actor.organisationId, ip: actor.ip },
      object: { type: 'governance.person', id },
      outcome: 'done',
      detail: { application: after.id, ...ended },
      traceId,
    });
  }
};

const changeList =
  (desk: AccessDesk): Hook<AccessApplication> =>
  async (scene) => {
    const { tx, after, actor, now, traceId } = scene;
    const { change, summary, reason, against } = after.record;
    const found: string[] = [];
    // People before the list, as everybody does who holds both. A reset by one holds the person too, and reads the list after that.
    const held = newlyTrusted(desk.access.list(), change, now);
    await desk.accounts.hold(tx, held);
    let trusted: readonly string[] = [];
    try {
      await desk.accessList.change(
        tx,
        { by: actor, what: { application: after.id, summary }, at: now, traceId },
        (list) => {
          if (standingOf(list, change) !== against)
            found.push('这个角色在申请之后已被改动，请撤回，按现在的内容重新申请');
          found.push(...obstaclesTo(desk, list, change));
          trusted = newlyTrusted(list, change, now);
          if (trusted.some((id) => !held.includes(id))) found.push('权限清单刚刚有变化，请稍候几秒再批准');
          return found.length > 0 ? list : withChange(list, change, { id: after.id, reason, approvedBy: actor.id });
        },
      );
    } catch (error) {
      if (error instanceof ListBroken) return refusal('权限清单与其签名不符，恢复之前不能变更，请联系安全审计员');
      throw error;
    }
    if (found.length > 0) return { refusals: found.map((message) => ({ why: 'guard', path: 'change', message })) };
    await endAlone(desk, scene, trusted);
    return {};
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

import { ListBroken } from '#kernel/access/access-list.store.ts';
import { listFaults } from '#kernel/access/access-list.ts';
import { type Engine, engineOf, type Hook } from '#kernel/lifecycle/engine.ts';
import { type AccessApplication, anyAccessChange } from '../model/access-change.lifecycle.ts';
import { type AccessChange, desertion, hindrance, standingOf, withChange } from '../model/access-change.ts';
import { applicationStore, noteDecision } from './access-change.store.ts';
import type { AccessDesk } from './access-desk.ts';

/** The hooks the lifecycle may name. */
export const accessChangeHooks = ['change-list', 'note-decision'] as const;

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

const changeList =
  (desk: AccessDesk): Hook<AccessApplication> =>
  async ({ tx, after, actor, now, traceId }) => {
    const { change, summary, reason, against } = after.record;
    const found: string[] = [];
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

/** The engine of applications: approving changes the list in the very same transaction. */
export const accessChangeEngine = (desk: AccessDesk): Engine<AccessApplication> => {
  const hooks: Readonly<Record<(typeof accessChangeHooks)[number], Hook<AccessApplication>>> = {
    'change-list': changeList(desk),
    'note-decision': async ({ tx, after, actor, now }) => {
      await noteDecision(tx, after.id, actor, now);
      return {};
    },
  };
  const none = (): never => {
    throw new Error('an application for permissions has neither messages nor deadlines');
  };
  return engineOf<AccessApplication>({
    db: desk.db,
    clock: desk.clock,
    lifecycles: [anyAccessChange],
    store: applicationStore,
    send: none,
    hooks,
    deadline: none,
    sign: (tx, actor, digest) => desk.signer.sign(tx, actor.id, digest),
    changes: async () => [],
    digestible: (record) => record,
  });
};

import { lineage } from '#kernel/access/access.ts';
import type { AccessList } from '#kernel/access/access-list.ts';
import { passes } from '#kernel/access/predicate.ts';
import type { ListState } from '#kernel/access/stored-access.ts';
import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { StepActor } from '#kernel/lifecycle/step.store.ts';
import type { ApplicationRow, accessChangeContract, ListStateView, RoleView } from '../model/access-change.contract.ts';
import { accessChangeLifecycle, anyAccessChange } from '../model/access-change.lifecycle.ts';
import { type AccessChange, changeTitles, standingOf } from '../model/access-change.ts';
import { describeChange } from '../model/describe-change.ts';
import { accessChangeEngine, obstaclesTo } from './access-change.flow.ts';
import { addApplication, findApplication, listApplications, type StoredApplication } from './access-change.store.ts';
import { type AccessDesk, namesFor } from './access-desk.ts';
import { explanationInWords } from './explain.ts';
import { findPeople, findPerson } from './people.store.ts';

const lifecycleId = accessChangeLifecycle.id;
const read = `${lifecycleId}:read`;
const decisions = ['approve', 'refuse', 'withdraw'] as const;
type Decision = (typeof decisions)[number];

const brokenWords: Readonly<Record<string, string>> = {
  altered: '清单中的行与签名时不同，有人绕过系统改动过',
  'bad-seal': '签名无效，或不是本系统所签',
  'no-seal': '签名记录不见了',
  replayed: '清单被换成了较早的版本',
};

const stateView = (state: ListState): ListStateView => ({
  intact: state.intact,
  version: state.version,
  what: state.intact ? null : (brokenWords[state.what] ?? state.what),
  checkedAt: state.checkedAt.toISOString(),
  sealedAt: state.intact ? (state.sealedAt?.toISOString() ?? null) : null,
});

const actorOf = ({ subject, ip }: CallContext): StepActor => ({
  id: subject.id,
  name: subject.name,
  organisationId: subject.organisationId,
  organisationName: subject.organisationName,
  ip,
});

const subjectIdsOf = (list: AccessList, change: AccessChange): readonly string[] => {
  if ('subjectId' in change) return [change.subjectId];
  if (change.kind !== 'end-special') return [];
  return list.special.filter(({ id }) => id === change.specialId).map(({ subjectId }) => subjectId);
};

const roleViews = (list: AccessList): RoleView[] => {
  const byId = new Map(list.roles.map((role) => [role.id, role]));
  const holders = Map.groupBy(list.holdings, ({ roleId }) => roleId);
  return list.roles.map((role) => ({
    id: role.id,
    title: role.title,
    description: role.description ?? '',
    group: role.group ?? '',
    level: role.level,
    shipped: role.shipped,
    parents: [...(role.parents ?? [])],
    excludes: [...(role.excludes ?? [])],
    holders: holders.get(role.id)?.length ?? 0,
    grants: role.grants.map((grant) => ({ ...grant })) as RoleView['grants'],
    inherited: lineage(byId, role.id)
      .filter(({ id }) => id !== role.id)
      .flatMap(({ id, grants }) => grants.map((grant) => ({ from: id, grant }))) as RoleView['inherited'],
  }));
};

/** The thing a permission may be about, by what people know it by. */
const findTarget = async (desk: AccessDesk, permission: string, known: string) =>
  desk.targets()[permission.split(':')[0] ?? '']?.find(known);

/** Handlers of applications and of looking into permissions. Source: tender R43, R44. */
export const accessChangeHandlers = (desk: AccessDesk): Handlers<typeof accessChangeContract> => {
  const { db, access } = desk;
  const engine = accessChangeEngine(desk);

  const rowOf = (one: StoredApplication, context: CallContext): ApplicationRow => {
    const { record, state, version } = one.snapshot;
    const waiting = state === 'proposed';
    const seen = { id: one.id, owner: one.proposedBy, state };
    const permitted = decisions.filter((action) =>
      passes(access.rowFilter(context.subject, `${lifecycleId}:${action}`), seen),
    );
    const own = one.proposedBy === context.subject.id;
    const actions = waiting ? permitted.filter((action) => action === 'withdraw' || !own) : [];
    return {
      id: one.id,
      kind: one.kind,
      kindTitle: changeTitles[record.change.kind],
      summary: record.summary,
      reason: record.reason,
      state,
      stateTitle: anyAccessChange.states[state]?.title ?? state,
      version,
      proposedBy: one.proposedByName,
      proposedAt: one.proposedAt.toISOString(),
      decidedBy: one.decidedByName,
      decidedAt: one.decidedAt?.toISOString() ?? null,
      opinion: record.opinion,
      actions: [...actions],
      waitsForAnother: waiting && own,
    };
  };

  const decide =
    (action: Decision) =>
    async (
      input: { id: string; version: number; key: string; input: Record<string, unknown> },
      context: CallContext<'REFUSED' | 'STALE'>,
    ): Promise<{ state: string; version: number }> => {
      const rows = access.rowFilter(context.subject, `${lifecycleId}:${action}`);
      const one = await findApplication(db, input.id, rows);
      if (!one) throw notFound();
      const result = await engine.perform({
        caseId: input.id,
        action,
        input: input.input,
        expectedVersion: input.version,
        stepKey: input.key,
        actor: actorOf(context),
        traceId: context.traceId,
        mayAct: ({ state }) => passes(rows, { id: one.id, owner: one.proposedBy, state }),
      });
      if (result.outcome === 'not-found') throw notFound();
      if (result.outcome === 'refused') {
        const problems = result.refusals.map(({ path, message }) => ({ path, message }));
        return context.fail(result.refusals.some(({ why }) => why === 'stale') ? 'STALE' : 'REFUSED', { problems });
      }
      if (action === 'approve') await access.check();
      return { state: result.snapshot.state, version: result.snapshot.version };
    };

  return {
    list: async ({ open, page, size }, context) => {
      const { rows, total } = await listApplications(db, { open, page, size }, access.rowFilter(context.subject, read));
      return { rows: rows.map((one) => rowOf(one, context)), total };
    },
    propose: async ({ key, change: asked, reason }, context) => {
      const list = access.list();
      const target = asked.kind === 'special' ? await findTarget(desk, asked.permission, asked.targetId) : null;
      if (target === undefined) {
        const message = '没有找到这个案卷或对象，请核对编号';
        return context.fail('REFUSED', { message, problems: [{ path: 'change.targetId', message }] });
      }
      // People know a case by its number; a grant is about its id.
      const change = asked.kind === 'special' && target ? { ...asked, targetId: target.row.id ?? '' } : asked;
      const obstacles = obstaclesTo(desk, list, change);
      if (obstacles.length > 0)
        return context.fail('REFUSED', {
          message: obstacles.join('；'),
          problems: obstacles.map((message) => ({ path: 'change', message })),
        });
      const people = await findPeople(db, { ids: subjectIdsOf(list, change) });
      if (people.length < subjectIdsOf(list, change).length)
        return context.fail('REFUSED', {
          message: '没有这个人员，请重新选择',
          problems: [{ path: 'change', message: '没有这个人员' }],
        });
      const names = { ...namesFor(desk, people), ...(target ? { target: () => target.title } : {}) };
      const summary = describeChange(list, change, names);
      const { now, subject, traceId } = context;
      const id = await inTransaction(db, async (tx) => {
        const record = { change, summary, reason, opinion: null, against: standingOf(list, change) };
        const added = await addApplication(tx, { id: uuidv7(now), key, record, by: subject, at: now });
        if (added.made)
          await engine.performIn(tx, {
            caseId: added.id,
            action: 'propose',
            input: {},
            expectedVersion: 1,
            stepKey: key,
            actor: actorOf(context),
            traceId,
            mayAct: () => true,
          });
        return added.id;
      });
      return { id, summary };
    },
    approve: decide('approve'),
    refuse: decide('refuse'),
    withdraw: decide('withdraw'),
    roles: async () => ({
      roles: roleViews(access.list()),
      permissions: [...desk.permissions()],
      state: stateView(access.state()),
    }),
    special: async (_, context) => {
      const { special } = access.list();
      const people = await findPeople(db, {
        ids: special.flatMap(({ subjectId, approvedBy }) => [subjectId, approvedBy]),
      });
      const names = namesFor(desk, people);
      return special.map((one) => ({
        id: one.id,
        personName: names.person(one.subjectId),
        permissionTitle: names.permission(one.permission),
        targetId: one.targetId,
        effect: one.effect,
        from: one.from.toISOString(),
        until: one.until.toISOString(),
        reason: one.reason,
        approvedBy: names.person(one.approvedBy),
        living: one.from <= context.now && context.now < one.until,
      }));
    },
    people: async ({ q, roleId }) => {
      const ids = access
        .list()
        .holdings.filter((one) => one.roleId === roleId)
        .map(({ subjectId }) => subjectId);
      const people = await findPeople(db, roleId === undefined ? { q } : { ids });
      return people.map((person) => ({
        ...person,
        roles: access.rolesOf(person.id).map((id) => ({ id, title: access.titleOf(id) })),
      }));
    },
    why: async ({ subjectId, permission, target }, context) => {
      const person = await findPerson(db, subjectId);
      if (!person) return context.fail('NOT_FOUND');
      const subject = { ...person, roles: access.rolesOf(person.id) };
      const names = namesFor(desk, []);
      const wanted = target === undefined || target === '' ? null : target;
      const found = wanted === null ? null : await findTarget(desk, permission, wanted);
      if (found === undefined) return context.fail('NOT_FOUND');
      const explanation = access.explain(subject, permission, found?.row ?? {});
      // Asked about no object in particular: any grant will do.
      const anywhere = found === null && access.holds(subject, permission);
      const words = explanationInWords(explanation, found?.title ?? null, names);
      return anywhere ? { ...words, allowed: true, verdict: '能：至少对一部分数据有这项权限，范围见下' } : words;
    },
    checkList: async () => stateView(await access.check()),
  };
};

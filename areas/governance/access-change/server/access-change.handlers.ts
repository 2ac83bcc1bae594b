import { lineage } from '#kernel/access/access.ts';
import type { AccessList } from '#kernel/access/access-list.ts';
import type { ListState } from '#kernel/access/stored-access.ts';
import type { Handlers } from '#kernel/contract/mount.ts';
import { inTransaction } from '#kernel/db/database.ts';
import type { ShownProposal } from '#practices/proposal/server/proposal-desk.ts';
import type { accessChangeContract, ListStateView, RoleView } from '../model/access-change.contract.ts';
import type { AccessApplication } from '../model/access-change.lifecycle.ts';
import { type AccessChange, standingOf } from '../model/access-change.ts';
import { describeChange } from '../model/describe-change.ts';
import { applicationDesk, newlyTrusted, obstaclesTo } from './access-change.flow.ts';
import { type AccessDesk, namesFor } from './access-desk.ts';
import { explanationInWords } from './explain.ts';
import { findPeople, findPerson } from './people.store.ts';

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

const matter = 'governance.access-change';

/** Whom an application gives something to: a role, or what a special grant allows. */
const appliedOf =
  (list: AccessList, now: Date) =>
  ({ row, record: { change } }: ShownProposal<AccessApplication>) => {
    const gives = change.kind === 'hold' || (change.kind === 'special' && change.effect === 'allow');
    const personId = gives ? change.subjectId : null;
    const trusts = personId !== null && row.state === 'proposed' && newlyTrusted(list, change, now).includes(personId);
    return { row, personId, leads: false, trusts };
  };

/** What a change of a role does to its holders, where it makes people of the platform of them. */
const crossingWords = (list: AccessList, change: AccessChange, now: Date): string => {
  const crossing = change.kind === 'save-role' ? newlyTrusted(list, change, now).length : 0;
  return crossing === 0
    ? ''
    : `；${crossing} 名持有人由此成为平台人员，其中登录凭据由一名管理员单独设置的，批准后失效，由系统管理员重新申请设置密码`;
};

/** The thing a permission may be about, by what people know it by. */
const findTarget = (desk: AccessDesk, permission: string, known: string) =>
  desk.findTarget(permission.split(':')[0] ?? '', known);

/** Handlers of applications and of looking into permissions. Source: tender R43, R44. */
export const accessChangeHandlers = (desk: AccessDesk): Handlers<typeof accessChangeContract> => {
  const { db, access } = desk;
  const applications = applicationDesk(desk);
  return {
    list: async (filter, { subject, now }) => {
      const { rows, total } = await applications.list(filter, subject);
      return { rows: await desk.applied.rowsOf(matter, subject, rows.map(appliedOf(access.list(), now))), total };
    },
    reveal: async ({ id, reason }, context) => {
      const found = await applications.find(id, context.subject);
      const end = await desk.applied.reveal(matter, found && appliedOf(access.list(), context.now)(found), {
        reason,
        by: context,
      });
      return 'refused' in end ? context.fail(end.refused) : end;
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
      const summary = describeChange(list, change, names) + crossingWords(list, change, context.now);
      const record = { change, summary, reason, opinion: null, against: standingOf(list, change) };
      const { id } = await inTransaction(db, (tx) =>
        applications.propose(tx, { key, kind: change.kind, record }, context),
      );
      return { id, summary };
    },
    approve: async (said, context) => {
      const after = await applications.decide('approve', said, context);
      await access.check();
      const change = (await applications.find(said.id, context.subject))?.record.change;
      if (change && 'subjectId' in change) desk.accounts.forget(change.subjectId);
      return after;
    },
    refuse: (said, context) => applications.decide('refuse', said, context),
    withdraw: (said, context) => applications.decide('withdraw', said, context),
    roles: async () => ({
      roles: roleViews(access.list()),
      permissions: [...desk.permissions()],
      conditions: Object.fromEntries(
        Object.entries(desk.conditions).map(([stem, fields]) => [
          stem,
          fields.map((one) => ({ ...one, values: { ...one.values } })),
        ]),
      ),
      personal: Object.fromEntries(Object.entries(desk.personal).map(([id, titles]) => [id, { ...titles }])),
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

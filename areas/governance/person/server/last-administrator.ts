import { lineage } from '#kernel/access/access.ts';
import type { AccessList } from '#kernel/access/access-list.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { Tx } from '#kernel/db/database.ts';
import { enterpriseAdministrator, systemAdministrator } from '../model/person.roles.ts';
import { heldList, type PersonParts } from './person.parts.ts';
import { countUsable, type StoredPerson } from './person.store.ts';
import { grantedByPlatform } from './person-access.ts';

/** How many of a role must remain: one to open accounts, two to agree on every grant, one to watch. Source: domain 10.4 (三员分立). */
const posts: Readonly<Record<string, number>> = {
  [systemAdministrator]: 1,
  'security-administrator': 2,
  'security-auditor': 1,
  [enterpriseAdministrator]: 1,
};

/** Whose account ends within this time is not counted on any more. Assumption: a month is enough to appoint another one. */
const noticeMs = 30 * 24 * 3_600_000;

/** The posts a role fills, by itself or by what it inherits. */
const postsOf = (list: AccessList) => {
  const byId = new Map(list.roles.map((role) => [role.id, role]));
  return (roleId: string): readonly string[] =>
    lineage(byId, roleId)
      .map(({ id }) => id)
      .filter((id) => Object.hasOwn(posts, id));
};

const holdersOf = (list: AccessList, post: string): readonly string[] => {
  const filled = postsOf(list);
  return list.holdings.filter(({ roleId }) => filled(roleId).includes(post)).map(({ subjectId }) => subjectId);
};

/** The posts of a person that must not be deserted by this asker. Whoever acts for the platform may close an enterprise down. */
const guardedPosts = ({ access }: PersonParts, person: StoredPerson, { subject }: CallContext): readonly string[] => {
  const filled = new Set(access.rolesOf(person.id).flatMap(postsOf(access.list())));
  const mayClose = grantedByPlatform(access, subject, 'governance.person:disable');
  return [...filled].filter((post) => post !== enterpriseAdministrator || !mayClose);
};

/**
 * Refuses, after the fact and before the commit, what has left an enterprise without an administrator, or the platform without somebody to
 * open accounts, to agree or to watch. `until`: the account is to end then, so those are counted who serve longer. The access list is held
 * meanwhile, so that two who shut one another out follow one another.
 */
export const keepAnAdministrator = async (
  parts: PersonParts,
  tx: Tx,
  person: StoredPerson,
  context: CallContext<'LAST_ADMINISTRATOR'>,
  { changed, until }: { readonly changed?: AccessList; readonly until?: Date } = {},
): Promise<void> => {
  const guarded = guardedPosts(parts, person, context);
  if (guarded.length === 0) return;
  const list = changed ?? (await heldList(parts, tx, context));
  const soon = new Date(context.now.getTime() + noticeMs);
  const at = until !== undefined && until > soon ? until : soon;
  for (const post of guarded) {
    const least = posts[post] ?? 0;
    const place = post === enterpriseAdministrator ? person.organisationId : null;
    if ((await countUsable(tx, holdersOf(list, post), place, at)) >= least) continue;
    if (least === 1 && post !== 'security-auditor') context.fail('LAST_ADMINISTRATOR');
    const message = `可用的${parts.access.titleOf(post)}不能少于 ${least} 人（30 日内到期的不计），请先增加另一名`;
    context.fail('LAST_ADMINISTRATOR', { message });
  }
};

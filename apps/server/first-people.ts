import type { PasswordRules } from '#areas/governance/account/model/sign-in-rules.ts';
import { ensureAccount } from '#areas/governance/account/server/account.store.ts';
import { initialPassword } from '#areas/governance/person/model/initial-password.ts';
import type { AccessListStore } from '#kernel/access/access-list.store.ts';
import { type AccessList, withShippedRoles } from '#kernel/access/access-list.ts';
import { hashPassword } from '#kernel/crypto/password.ts';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { roles } from './plans.ts';

/** The posts that must be filled before anybody else can be, and how many people each needs. Source: domain 10.4 (三员分立；授权双人). */
const posts = {
  system: { role: 'system-administrator', title: '系统管理员', least: 1 },
  security: { role: 'security-administrator', title: '安全管理员', least: 2 },
  auditor: { role: 'security-auditor', title: '安全审计员', least: 1 },
} as const;
type Post = keyof typeof posts;

/** One of the first people. */
export interface FirstPerson {
  readonly post: Post;
  readonly userName: string;
  readonly name: string;
}

/** What cannot be done, in words for whoever installs the system. */
export class FirstPeopleRefused extends Error {}

const isPost = (text: string | undefined): text is Post => text !== undefined && Object.hasOwn(posts, text);

const personOf = (text: string): FirstPerson => {
  const [, post, userName, name] = /^(\w+)=([a-z][a-z0-9._-]{2,39}):(.{2,40})$/.exec(text) ?? [];
  if (!isPost(post) || userName === undefined || name === undefined) {
    throw new FirstPeopleRefused(`“${text}”不符合要求，应为 岗位=用户名:姓名，岗位是 system、security 或 auditor`);
  }
  return { post, userName, name };
};

/** Reads who they are to be. Errors: throws {@link FirstPeopleRefused} for a line that is malformed, a name given twice, or a post not filled. */
export const readFirstPeople = (given: readonly string[]): readonly FirstPerson[] => {
  const people = given.map(personOf);
  if (new Set(people.map(({ userName }) => userName)).size < people.length)
    throw new FirstPeopleRefused('同一用户名不能用于两个岗位：三员不能兼任');
  for (const [post, { title, least }] of Object.entries(posts)) {
    const count = people.filter((one) => one.post === post).length;
    if (count < least) throw new FirstPeopleRefused(`${title}至少 ${least} 人（现有 ${count} 人）`);
  }
  return people;
};

const withFirst = (list: AccessList, holdings: AccessList['holdings']): AccessList => {
  const first = Object.values(posts).map(({ role }): string => role);
  if (list.holdings.some(({ roleId }) => first.includes(roleId)))
    throw new FirstPeopleRefused('已有管理员：此后的人员由系统管理员开通、由两名安全管理员授权，不能再用这个命令');
  const known = withShippedRoles(list, roles);
  return { ...known, holdings: [...known.holdings, ...holdings] };
};

/**
 * Makes the accounts of the first administrators in an installation that has none, all or none of them; each must choose a password of their own at the first
 * sign-in. Answers the passwords to begin with, which are kept nowhere. Errors: throws {@link FirstPeopleRefused}.
 */
export const makeFirstPeople = async (
  parts: {
    readonly db: Db;
    readonly accessList: AccessListStore;
    readonly rules: PasswordRules;
    readonly now: Date;
    readonly below: (limit: number) => number;
  },
  people: readonly FirstPerson[],
): Promise<readonly (FirstPerson & { readonly title: string; readonly password: string })[]> => {
  const { db, accessList, rules, now, below } = parts;
  const made = people.map((person) => ({
    ...person,
    id: uuidv7(now),
    title: posts[person.post].title,
    password: initialPassword(rules, person.userName, below),
  }));
  const hashes = await Promise.all(made.map(({ password }) => hashPassword(password)));
  const by = { id: 'system', name: '系统', organisationId: null, ip: '' };
  const what = { why: 'first-people', people: made.map(({ userName, post }) => `${post}=${userName}`) };
  await inTransaction(db, async (tx) => {
    await accessList.change(tx, { by, what, at: now, traceId: 'installation' }, (list) =>
      withFirst(
        list,
        made.map(({ id, post }) => ({ subjectId: id, roleId: posts[post].role })),
      ),
    );
    for (const [index, { id, userName, name }] of made.entries()) {
      const account = {
        id,
        userName,
        name,
        organisationId: null,
        passwordHash: hashes[index] ?? '',
        mustChange: true,
        at: now,
      };
      if (!(await ensureAccount(tx, account))) throw new FirstPeopleRefused(`用户名 ${userName} 已被使用，请换一个`);
    }
  });
  return made.map(({ id: _id, ...person }) => person);
};

import { type AccessList, holdersOf, platformSubjects } from '#kernel/access/access-list.ts';
import { type AuditFact, serverFact } from '#kernel/audit/fact.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { posts } from '../model/access-change.ts';
import type { AccessDesk } from './access-desk.ts';

/** Those of some people without whom too few would be left who open accounts, agree, or watch. */
const indispensable = (list: AccessList, ids: readonly string[]): ReadonlySet<string> =>
  new Set(
    posts.flatMap(([role, least]) => {
      const holders = holdersOf(list, role);
      return holders.filter((id) => !ids.includes(id)).length < least ? holders : [];
    }),
  );

/**
 * Ends what one administrator alone has set of how people sign in whom the list trusts with more than an organisation's own roles give: accounts and roles of before
 * that rule, and roles that a new version of the product has made ones of the platform. Whom the platform cannot do without stays, and the log says so at every start. Answers
 * who has to be given a password by two. Source: tender R42, R43; domain 10.4; ADR 0025.
 */
export const endWhatOneHasSet = async (
  desk: Pick<AccessDesk, 'db' | 'clock' | 'access' | 'accounts'>,
): Promise<readonly string[]> => {
  const { db, clock, access, accounts } = desk;
  const now = clock.now();
  const list = access.list();
  const found = await accounts.setAloneAmong(db, [...platformSubjects(list, now)]);
  const kept = indispensable(list, found);
  const factOf = (id: string, outcome: AuditFact['outcome'], detail: AuditFact['detail']): AuditFact => ({
    ...serverFact(now, 'governance.person.endCredentials', detail),
    kind: 'security',
    object: { type: 'governance.person', id },
    outcome,
  });
  const ended: string[] = [];
  for (const id of found) {
    await inTransaction(db, async (tx) => {
      if (kept.has(id)) {
        await appendFact(tx, factOf(id, 'refused', { why: 'last-administrators' }));
        return;
      }
      const there = await accounts.endSetAlone(tx, id, now);
      if (there === null) return;
      await appendFact(tx, factOf(id, 'done', there));
      ended.push(id);
    });
    accounts.forget(id);
  }
  return ended;
};

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lastFactOf } from '#kernel/audit/trail.store.ts';
import type { Client } from '#kernel/contract/client.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { enterPerson, firstSignIn, type PeopleClient, peopleAs, signInWith } from '#testkit/people.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { accessChangeContract } from '../model/access-change.contract.ts';

// Real: the whole product behind its web server, on PostgreSQL; people come in by passwords.

let served: ServedProduct;
let admin: PeopleClient;
let security: Client<typeof accessChangeContract>;
beforeAll(async () => {
  served = await aServedProduct();
  admin = await peopleAs(served, 'admin1');
  security = served.client(accessChangeContract, await served.signIn('security1'));
});
afterAll(() => served.close());

const own = 'Quite-Other-2026';
/** A clerk whose first password one administrator set alone, and who has chosen another since. */
const aClerk = async () => {
  const { person, initialPassword } = await enterPerson(admin, 'yard-2');
  await firstSignIn(served, person.userName, initialPassword);
  return person;
};
const stage = async (userName: string, password: string): Promise<string> =>
  (await signInWith(served, userName, password)).stage;

describe('R42, R43: what stood before the rule', () => {
  /** Trusts somebody as a version before the rule did: nobody looked at who had set the password. */
  const trust = async (subjectId: string, roleId: string): Promise<void> => {
    const by = { id: 'test', name: 'test', organisationId: null, ip: '' };
    await inTransaction(served.database.db, (tx) =>
      served.product.accessList.change(tx, { by, what: {}, at: served.clock.now(), traceId: 't' }, (list) => ({
        ...list,
        holdings: [...list.holdings, { subjectId, roleId }],
      })),
    );
    await served.product.access.check();
  };
  const restart = async (): Promise<void> => {
    for (const { plan, start, stop } of served.product.areas) {
      if (plan.id !== 'governance') continue;
      await start();
      await stop();
    }
  };

  test('at the next start ends for whom the platform trusts, is in the log, and two set a password anew', async () => {
    const [trusted, clerk] = [await aClerk(), await aClerk()];
    await sql`insert into governance.totp values (${trusted.id}, 'sealed', 0, now())`.execute(served.database.db);
    await trust(trusted.id, 'elv-observer');
    expect(await stage(trusted.userName, own)).not.toBe('');
    await restart();
    await expect(stage(trusted.userName, own)).resolves.not.toBe('full');
    const left = await sql`select 1 from governance.totp where user_id = ${trusted.id}`.execute(served.database.db);
    expect(left.rows).toEqual([]);
    expect(await lastFactOf(served.database.db, { type: 'governance.person', id: trusted.id })).toMatchObject({
      action: 'governance.person.endCredentials',
      outcome: 'done',
    });
    // Who is of the enterprise only stays as they are; a second start finds nothing more.
    expect(await stage(clerk.userName, own)).toBe('full');
    const facts = async (): Promise<number> =>
      (
        await sql`select 1 from kernel.audit_entry where action = 'governance.person.endCredentials'`.execute(
          served.database.db,
        )
      ).rows.length;
    const before = await facts();
    await restart();
    expect(await facts()).toBe(before);
    await admin.resetPassword({ personId: trusted.id, reason: '岗位调整，重新设置' });
  });

  test('nobody is shut out without whom no two are left who agree', async () => {
    const { db } = served.database;
    const alone = (set: boolean) =>
      sql`update governance.user_account set set_alone = ${set} where user_name in ('security1', 'security2')`.execute(
        db,
      );
    await alone(true);
    await restart();
    expect(await lastFactOf(db, { type: 'governance.person', id: 'demo-security1' })).toMatchObject({
      action: 'governance.person.endCredentials',
      outcome: 'refused',
      detail: { why: 'last-administrators' },
    });
    // Whoever was signed in still is.
    expect((await security.roles({})).state.intact).toBe(true);
    await alone(false);
  });
});

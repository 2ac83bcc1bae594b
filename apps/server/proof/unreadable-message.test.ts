import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fill, openFor } from '#apps/server/demo/walk.ts';
import { caseFactory } from '#testkit/case-factory.ts';
import { factsOfCase } from '#testkit/case-witness.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';

// Real: PostgreSQL, engine, web server, relay, wires and simulators over HTTP. Made up: the clock.

let it: TestProduct;
beforeAll(async () => {
  it = await aProduct();
});
afterAll(() => it.close());

test('R45, R60, T5.5: a message that cannot be opened is set aside for a person, and those behind it go out', async () => {
  const cases = caseFactory(it, 2_000);
  const asking = async (): Promise<string> => {
    const walker = cases.walker();
    const id = await openFor(walker);
    await fill(walker, id, ['papers', 'owner', 'agent']);
    return id;
  };
  const [broken, whole] = [await asking(), await asking()];
  const identityOf = async (id: string) =>
    (await factsOfCase(it.database.db, id)).sent.filter(({ exchange }) => exchange === 'identity.verify-person');
  const [damaged] = await identityOf(broken);
  const before = await sql<{ body: string }>`select body from kernel.outbox where id = ${damaged?.id}`.execute(
    it.database.ownerDb,
  );
  const sealed = before.rows[0]?.body;
  // The oldest of its lane: everything else waits behind it.
  await sql`update kernel.outbox set body = 'damaged', due_at = created_at - interval '1 day' where id = ${damaged?.id}`.execute(
    it.database.ownerDb,
  );
  await it.settle();
  const behind = (await identityOf(whole)).map(({ status }) => status);
  expect([behind.length > 0, ...new Set(behind)]).toEqual([true, 'answered']);
  const stands = (await identityOf(broken)).find(({ id }) => id === damaged?.id);
  expect(stands).toMatchObject({ status: 'given-up', attempts: 1 });
  const commission = await it.hands.as('commission1');
  expect((await commission.cases.summary({})).needsPerson).toBe(1);
  const shown = (await it.hands.view('commission1', broken)).exchanges.find(({ id }) => id === damaged?.id);
  expect(shown).toMatchObject({ status: 'needs-person', note: expect.stringContaining('无法解密') });
  const { rows } = await sql<{ count: string }>`
    select count(*) as count from kernel.audit_entry where action = 'kernel.relay.gaveUp'`.execute(it.database.db);
  expect(rows[0]?.count).toBe('1');
  expect(it.failures).toEqual([expect.objectContaining({ message: expect.stringContaining('cannot be opened') })]);

  await sql`update kernel.outbox set body = ${sealed} where id = ${damaged?.id}`.execute(it.database.ownerDb);
  await commission.cases.retryExchange({ id: broken, exchangeId: damaged?.id ?? '' });
  await it.settle();
  expect((await identityOf(broken)).map(({ status }) => status)).toEqual(['answered']);
  expect(it.failures).toHaveLength(1);
});

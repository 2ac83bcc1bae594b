import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { OutboxTables } from '#kernel/connector/outbox.table.ts';
import { inTransaction } from '#kernel/db/database.ts';
import type { ActingCase, CaseFactory } from '#testkit/case-factory.ts';
import { factsOfCase, type SentMessage } from '#testkit/case-witness.ts';
import { comeToRest, type identityHands, identityScene } from '#testkit/identity-hands.ts';
import { titlesTold } from '#testkit/notice-hands.ts';
import type { TestProduct } from '#testkit/product.ts';
import type { WithdrawalPeople } from '#testkit/withdrawal-hands.ts';

// Real here: PostgreSQL, engine, web server, relay, wires and simulators over HTTP. Made up: the clock.

// Whole walks on a busy machine; nothing here is measured.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;
let readers: WithdrawalPeople;
let hands: ReturnType<typeof identityHands>;
beforeAll(async () => {
  ({ it, cases, readers, hands } = await identityScene(9_800));
});
afterEach(() => comeToRest(it));
afterAll(() => it.close());

const toldOf = async ({ id }: ActingCase): Promise<readonly SentMessage[]> =>
  (await factsOfCase(it.database.db, id)).sent.filter(({ exchange }) => /recycled|plate-destruction/.test(exchange));
const standing = async (acting: ActingCase): Promise<readonly string[]> =>
  (await toldOf(acting)).map(({ exchange, status }) => `${exchange.slice('police.'.length)} ${status}`);

const slow = { kind: 'throttled', retryAfterSeconds: 3_000 } as const;

/** A certified case that the police have not heard of, whose report goes back because another vehicle was meant. */
const takingBackUnheard = async (): Promise<ActingCase> => {
  await it.outside.script({ system: 'police', exchange: 'notify-recycled', fault: slow });
  const { true: right } = await hands.asked('certified');
  await hands.handIn(right);
  await hands.takeAll(right, 'passIdentity', 'confirmIdentity');
  return right;
};

test('R06, R60: a notice still on its way is taken back when it has arrived, not before; what was heard is taken back at once', async () => {
  const acting = await takingBackUnheard();
  await it.settle();
  expect((await factsOfCase(it.database.db, acting.id)).state).toBe('dismantling');
  const [first, ...others] = await standing(acting);
  expect(first).toBe('notify-recycled due');
  expect(others.map((one) => one.split(' ')[0])).toEqual(['confirm-plate-destruction', 'withdraw-plate-destruction']);
  await it.outside.desk('DELETE', '/faults');
  await it.settle();
  // The police would refuse to take back what they had not heard.
  expect(await standing(acting)).toEqual([
    'notify-recycled answered',
    'confirm-plate-destruction answered',
    'withdraw-plate-destruction answered',
    'withdraw-recycled answered',
  ]);
  const { exchanges } = await it.hands.view('commission1', acting.id);
  expect(exchanges.find(({ title }) => title === '回收信息告知')).toMatchObject({
    note: '送达时回收证明已作废，已随后撤回',
  });
});

test('R06, R60: of a notice nobody knows of whether it arrived is taken back, and once more where a person sends it later', async () => {
  const acting = await takingBackUnheard();
  const [notice] = await toldOf(acting);
  await it.database.db
    .withTables<OutboxTables>()
    .updateTable('kernel.outbox')
    .set({ status: 'given-up' })
    .where('id', '=', notice?.id ?? '')
    .execute();
  await it.settle();
  // It had not arrived.
  expect(await standing(acting)).toContain('withdraw-recycled refused');
  await it.outside.desk('DELETE', '/faults');
  await inTransaction(it.database.db, (tx) => it.product.outbox.retryNow(tx, notice?.id ?? ''));
  await it.settle();
  const takenBack = (await toldOf(acting)).filter(({ exchange }) => exchange === 'police.withdraw-recycled');
  expect(takenBack.map(({ key, status }) => [key, status])).toEqual([
    [notice?.key, 'refused'],
    [`${notice?.key}-2`, 'answered'],
  ]);
  const { cookie } = await readers.as('commission1');
  expect(await titlesTold(it, cookie, acting.id)).toEqual([]);
});

test('R60: what the police will not take back is told to the commission, which must have it put right by hand', async () => {
  const { true: right } = await hands.asked('certified');
  await hands.handIn(right);
  await hands.takeAll(right, 'passIdentity', 'confirmIdentity');
  const no = { kind: 'refuse', code: '4220', message: '告知不能撤回', retryable: false } as const;
  await it.outside.script({ system: 'police', exchange: 'withdraw-recycled', times: 1, fault: no });
  await it.settle();
  expect(await standing(right)).toContain('withdraw-recycled refused');
  const { cookie } = await readers.as('commission1');
  expect(await titlesTold(it, cookie, right.id)).toEqual(['公安没有撤回错误的告知']);
  // Nothing that only the commission can put right keeps the yard.
  await cases.onTo(right, 'certified');
});

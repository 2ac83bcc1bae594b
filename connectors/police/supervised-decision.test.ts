import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { police } from '#connectors/police/exchanges.ts';
import type { CrossingFact } from '#kernel/connector/crossing.ts';
import { type Applied, type InboundHandler, serveInbound } from '#kernel/connector/inbound.ts';
import { inboxOf } from '#kernel/connector/inbox.store.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { linkTo, newLinkKeys, startSimulators, type TestSimulators } from '#testkit/simulators.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';

// Real here: the simulators, our door, HTTP, both sides' signatures, PostgreSQL. Only what a case makes of a decision is told.

let database: TestDatabase;
let door: FastifyInstance;
let there: TestSimulators;
let handled: unknown[] = [];
let crossings: CrossingFact['outcome'][] = [];
let handling: InboundHandler;

const about = { caseType: 'elv.vehicle-case', caseId: 'c1' };
const applied: Applied = { outcome: 'applied', ...about };

beforeAll(async () => {
  database = await aDatabase(kernelMigrations);
});
afterAll(() => database.close());

beforeEach(async () => {
  const keys = await newLinkKeys();
  const connectors = [police];
  handled = [];
  crossings = [];
  handling = async () => applied;
  door = Fastify();
  await serveInbound(door, {
    db: database.db,
    clock: systemClock,
    inbox: inboxOf({ connectors, crypto: softwareCrypto(Buffer.alloc(32, 4)), clock: systemClock }),
    connectors,
    links: { police: linkTo(keys, 'police') },
    handlers: {
      'police.supervised-decision': async (tx, message) => {
        handled.push(message.request);
        return handling(tx, message);
      },
    },
    onCrossing: async (_tx, { outcome }) => {
      crossings.push(outcome);
    },
  });
  await door.listen({ port: 0, host: '127.0.0.1' });
  // A server listening on a port has an AddressInfo for an address.
  const { port } = door.server.address() as AddressInfo;
  there = await startSimulators({ keys, callbackUrl: `http://127.0.0.1:${port}` });
});
afterEach(async () => {
  await there.close();
  await door.close();
});

let cases = 0;
const submit = () => {
  cases += 1;
  const caseNo = `SC${cases}`;
  return there.ask('police', 'submit-supervised-dismantling', `${caseNo}-1`, {
    caseNo,
    round: 1,
    vin: 'LTESTA005A0000034',
    plateNo: '沪D20034',
    photos: [{ kind: 'frame', sm3: 'a'.repeat(64), ref: 'file://1' }],
    videoRefs: [],
    dismantledOn: '2026-01-05',
    roofLiftedAt: '2026-01-05T09:00:00+08:00',
    assembliesDismantledAt: '2026-01-05T10:00:00+08:00',
  });
};
const callback = { system: 'police', exchange: 'supervised-decision', times: 1 } as const;
const journal = z.object({ journal: z.array(z.object({ direction: z.string(), outcome: z.string() })) });
const told = async (): Promise<string[]> =>
  journal
    .parse(await there.desk('GET', '/state'))
    .journal.flatMap(({ direction, outcome }) => (direction === 'out' ? [outcome] : []));
const toldAs = (outcomes: readonly string[]) =>
  vi.waitFor(async () => expect(await told()).toEqual(outcomes), { timeout: 5000, interval: 25 });

describe('R04, R60: the decision of the police at our door', () => {
  test('is let in, read by its schema and applied', async () => {
    await submit();
    await toldAs(['taken']);
    expect(handled).toEqual([
      {
        caseNo: `SC${cases}`,
        round: 1,
        decision: 'approved',
        opinion: '监督解体过程符合要求',
        decidedAt: expect.stringMatching(/\+08:00$/),
      },
    ]);
    expect(crossings).toEqual(['applied']);
  });

  test('twice is applied once, and both are answered alike', async () => {
    await there.script({ ...callback, fault: { kind: 'twice' } });
    await submit();
    await toldAs(['taken', 'taken']);
    expect(handled).toHaveLength(1);
    expect(crossings).toEqual(['applied', 'repeated']);
  });

  test('before the submission is acknowledged is applied all the same', async () => {
    await there.script({ ...callback, fault: { kind: 'out-of-order' } });
    await submit();
    await toldAs(['taken']);
    expect(handled).toHaveLength(1);
  });

  test.each(['schema', 'json', 'blanks', 'signature'] as const)(
    'garbled by %s is turned away, the sound one is applied',
    async (how) => {
      await there.script({ ...callback, fault: { kind: 'garbled', how } });
      await submit();
      await toldAs(['again', 'taken']);
      expect(handled).toHaveLength(1);
      expect(crossings).toEqual(['rejected', 'applied']);
    },
  );

  test('of a round that is over is refused once and for all', async () => {
    handling = async () => ({ outcome: 'refused', code: '4221', message: '轮次已过期', ...about });
    await submit();
    await toldAs(['outdated']);
    expect(crossings).toEqual(['refused']);
  });

  test('that we fail to apply leaves nothing behind and is applied at the next telling', async () => {
    let failures = 0;
    handling = async () => {
      failures += 1;
      if (failures === 1) throw new Error('the database is away');
      return applied;
    };
    await submit();
    await toldAs(['again', 'taken']);
    expect(crossings).toEqual(['applied']);
  });
});

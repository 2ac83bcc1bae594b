import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fill } from '#apps/server/demo/walk.ts';
import { policePaths } from '#connectors/police/wire.ts';
import type { Wire } from '#kernel/connector/connector.ts';
import { httpWire } from '#kernel/connector/wire.http.ts';
import { caseFactory } from '#testkit/case-factory.ts';
import { expectSound, factsOfCase } from '#testkit/case-witness.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { linkTo } from '#testkit/simulators.ts';
import { waitUntil } from '#testkit/wait-until.ts';

// Real: PostgreSQL, engine, web server, relay, wires; sockets that are accepted and never answered, or answered by single bytes. Made up: the clock, and a shorter patience.

vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
beforeAll(async () => {
  it = await aProduct();
});
afterAll(() => it.close());

const patienceSeconds = 0.5;

/** The police, at whose place something else listens. */
const policeAt = (url: string): Wire => {
  const wire = httpWire({ baseUrl: url, paths: policePaths, link: linkTo(it.outside.keys, 'police'), clock: it.clock });
  return { carry: (message) => wire.carry({ ...message, timeoutSeconds: patienceSeconds }) };
};

/** Accepts everything; `drips`: begins an answer and sends a byte of it now and then, for ever. */
const aListener = async (drips: boolean) => {
  const timers = new Set<NodeJS.Timeout>();
  let asked = 0;
  const server = createServer((socket) => {
    asked += 1;
    socket.on('error', () => undefined);
    socket.resume();
    if (!drips) return;
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n');
    const timer = setInterval(() => socket.write(' '), 20);
    timers.add(timer);
    socket.on('close', () => clearInterval(timer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    asked: () => asked,
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      server.close();
    },
  };
};

test.each([
  ['accepts and never answers', false],
  ['answers byte by byte and never ends', true],
] as const)(
  'R60, T2.2: while one system %s, the others are reached as ever, and afterwards all is said with one effect',
  async (_, drips) => {
    const cases = caseFactory(it, drips ? 5_000 : 6_000);
    const [asking, reporting] = [await cases.at('intake'), await cases.at('reporting')];
    // Its questions to the police are put and not asked yet.
    await fill(asking.walker, asking.id, ['papers']);
    const listener = await aListener(drips);
    const stateOf = async ({ id }: { id: string }) => (await factsOfCase(it.database.db, id)).state;
    const relay = it.relay((wire, system) => (system === 'police' ? policeAt(listener.url) : wire));
    await waitUntil(async () => listener.asked() > 0 && (await stateOf(reporting)) === 'certified');
    const answered = async (): Promise<readonly string[]> =>
      (await factsOfCase(it.database.db, asking.id)).sent
        .filter(({ status }) => status === 'answered')
        .map(({ key }) => key);
    expect(await answered()).toEqual([]);
    // Whoever works at a case meanwhile is answered as ever.
    expect(await it.hands.view('clerk1', asking.id)).toMatchObject({ state: 'intake' });
    await relay.stop();
    await listener.close();
    // What was not answered is unknown, never a no: it is said again under its key.
    it.clock.advance(3_600_000);
    await it.settle();
    for (const one of [asking, reporting]) {
      const facts = await factsOfCase(it.database.db, one.id);
      await expectSound(it.database.db, it.crypto, facts);
      expect(facts.sent.filter(({ status }) => status !== 'answered')).toEqual([]);
    }
    expect((await answered()).length).toBeGreaterThan(1);
    expect(it.failures).toEqual([]);
  },
);

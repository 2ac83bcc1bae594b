import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { compose, type Product } from '#apps/server/compose.ts';
import { demoAccounts, ensureDemoAccounts } from '#apps/server/demo/accounts.ts';
import { type DemoPhotos, openDemoPhotos } from '#apps/server/demo/demo-photos.ts';
import { demoLooker } from '#apps/server/demo/demo-pictures.ts';
import { connectors, migrations } from '#apps/server/plans.ts';
import { webServer } from '#apps/server/web-server.ts';
import { type SystemId, systemIds } from '#apps/simulators/faults.ts';
import type { Wire } from '#kernel/connector/connector.ts';
import type { LinkKeys } from '#kernel/connector/link.ts';
import type { Relay } from '#kernel/connector/relay.ts';
import { softwareEdition } from '#kernel/crypto/edition.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { diskStore } from '#kernel/files/store.disk.ts';
import { newLog } from '#kernel/log/log.ts';
import type { Tracing } from '#kernel/telemetry/span.ts';
import { lookAt } from '#practices/photo-evidence/server/look.ts';
import { smallPicture } from '#practices/picture/server/small-picture.ts';
import { clockAt, type FixedClock } from './fixed-clock.ts';
import { type HttpHands, handsOverHttp } from './http-hands.ts';
import { linkTo, newLinkKeys, startSimulators, type TestSimulators } from './simulators.ts';
import { aDatabase, type TestDatabase } from './template-database.ts';

const crypto = softwareCrypto(Buffer.alloc(32, 7));
const hourMs = 3_600_000;

/**
 * The whole product in this process: PostgreSQL, engine, web server on a port, relay, and the simulators on another port, both ends
 * signing. Only the clock is made up, and the relay carries when it is told to, so that a test sees a case before and after.
 */
export interface TestProduct {
  readonly database: TestDatabase;
  readonly clock: FixedClock;
  readonly crypto: typeof crypto;
  readonly product: Product;
  readonly url: string;
  readonly outside: TestSimulators;
  readonly hands: HttpHands;
  readonly photo: DemoPhotos['of'];
  /** Where the bytes of files lie. */
  readonly filesFolder: string;
  /** Everything the log was told, a line each. */
  readonly logged: readonly string[];
  /** Defects that were reported from the background. */
  readonly failures: readonly unknown[];
  /** How long a wire waits for an answer, at most; undefined for as long as the exchange says. */
  patienceSeconds: number | undefined;
  /** Starts a relay on the true wires, or on wires wrapped. */
  relay(wrap?: (wire: Wire, system: SystemId) => Wire): Relay;
  /** Carries everything that is due and lets an hour go by, as between one person's turn and the next's. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const serve = async (
  product: Product,
  database: TestDatabase,
  clock: FixedClock,
  keys: LinkKeys,
  logged: string[],
  tracing: Tracing | undefined,
): Promise<FastifyInstance> => {
  const { db } = database;
  const { access, sessions, inbox, onCrossing, areas } = product;
  const server = await webServer({
    db,
    areas,
    mount: {
      access,
      clock,
      ...sessions,
      leaveFact: (fact) => product.facts.leave(fact),
      secureCookies: false,
    },
    inbound: {
      db,
      clock,
      inbox,
      connectors,
      links: Object.fromEntries(systemIds.map((system) => [system, linkTo(keys, system)])),
      handlers: Object.assign({}, ...areas.map(({ inbound }) => inbound)),
      onCrossing,
    },
    peers: null,
    pages: null,
    log: newLog('debug', { write: (line) => logged.push(line) }),
    // People come from addresses of their own where that matters.
    trustedProxies: ['127.0.0.1'],
    secure: false,
    telemetry: product.telemetry,
    tracing,
    metricsToken: null,
    mostConnections: 10_000,
    mostAtOnce: 10_000,
    requestsPerMinute: 1_000_000,
    signInsPerMinute: 1_000_000,
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  return server;
};

/** A wire that waits no longer than asked; everything else about it is true. */
const patient = (wire: Wire, longest: () => number | undefined): Wire => ({
  carry: (message) =>
    wire.carry({ ...message, timeoutSeconds: Math.min(message.timeoutSeconds, longest() ?? message.timeoutSeconds) }),
});

const urlOf = (server: FastifyInstance): string =>
  // A server listening on a port has an AddressInfo for an address.
  `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;

const composed = (
  { db }: TestDatabase,
  clock: FixedClock,
  rest: { readonly folder: string; readonly reader: DemoPhotos['reader']; readonly failures: unknown[] },
): Product =>
  compose({
    db,
    ...softwareEdition(db, Buffer.alloc(32, 7), clock),
    clock,
    files: diskStore(rest.folder, { hasty: true }),
    reader: rest.reader,
    looker: demoLooker({ look: lookAt }),
    shrink: smallPicture,
    // The clock leaps by hours; nobody is to be signed out by it.
    sessionLimits: { idleMinutes: 10_000_000, absoluteMinutes: 10_000_000 },
    demo: true,
    demoAccounts,
    onFailure: (error) => rest.failures.push(error),
  });

/** Starts the product with an empty database, its demo people, and simulators that answer at once. */
export const aProduct = async (startsAt = '2026-11-23T02:00:00Z', tracing?: Tracing): Promise<TestProduct> => {
  const clock = clockAt(startsAt);
  const database = await aDatabase(migrations);
  const folder = mkdtempSync(join(tmpdir(), 'hushang-product-'));
  const photos = openDemoPhotos();
  const logged: string[] = [];
  const failures: unknown[] = [];
  const product = composed(database, clock, { folder, reader: photos.reader, failures });
  await ensureDemoAccounts(database.db, product, clock.now());
  const keys = await newLinkKeys();
  const server = await serve(product, database, clock, keys, logged, tracing);
  const outside = await startSimulators({ keys, clock, callbackUrl: urlOf(server) });
  const relay: TestProduct['relay'] = (wrap = (wire) => wire) =>
    product.relay(
      Object.fromEntries(
        systemIds.map((system) => [
          system,
          wrap(
            patient(outside.wireTo(system), () => it.patienceSeconds),
            system,
          ),
        ]),
      ),
      { tracing },
    );
  const it: TestProduct = {
    database,
    clock,
    crypto,
    product,
    url: urlOf(server),
    outside,
    hands: handsOverHttp(urlOf(server)),
    photo: photos.of,
    filesFolder: folder,
    logged,
    failures,
    patienceSeconds: undefined,
    relay,
    settle: async () => {
      // Readings fill fields, and fields raise questions.
      await product.elv.stop();
      const carrying = relay();
      await carrying.settled();
      await carrying.stop();
      clock.advance(hourMs);
    },
    close: async () => {
      await product.elv.stop();
      await outside.close();
      await server.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return it;
};

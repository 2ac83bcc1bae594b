import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { type AreasHere, compose, type Product } from '#apps/server/compose.ts';
import { demoAccounts, ensureDemoAccounts } from '#apps/server/demo/accounts.ts';
import { connectors, migrations } from '#apps/server/plans.ts';
import type { ProductParts } from '#apps/server/product-parts.ts';
import { webServer } from '#apps/server/web-server.ts';
import { type SystemRules, usualSystemRules } from '#areas/elv/enterprise-system/model/system-rules.ts';
import { type SignInSetup, usualSignIn } from '#areas/governance/account/server/account.parts.ts';
import { SignOnFailed } from '#areas/governance/account/server/sign-on-failure.ts';
import { type Client, clientOf } from '#kernel/contract/client.ts';
import type { Contract } from '#kernel/contract/operation.ts';
import { softwareEdition } from '#kernel/crypto/edition.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import { diskStore } from '#kernel/files/store.disk.ts';
import { newLog } from '#kernel/log/log.ts';
import { lookAt } from '#practices/photo-evidence/server/look.ts';
import { smallPicture } from '#practices/picture/server/small-picture.ts';
import { clockAt, type FixedClock } from './fixed-clock.ts';
import { aDatabase, type TestDatabase } from './template-database.ts';

/** The whole product behind its web server, not listening: asked through `inject`. The demo's people may sign in; no outside system answers. */
export interface ServedProduct extends ServedPeople {
  readonly database: TestDatabase;
  readonly product: Product;
  readonly server: FastifyInstance;
  readonly clock: FixedClock;
  /** Where the bytes of files lie, past the product. */
  readonly files: FileStore;
  /** What the server's log would show of failed sign-ons. */
  readonly signOnFailures: readonly SignOnFailed[];
  close(): Promise<void>;
}

const cookieOf = (headers: Readonly<Record<string, unknown>>): string =>
  String(headers['set-cookie'] ?? '').split(';')[0] ?? '';

/** Papers are taken and not read: reading begins behind the answer, and what it comes to is told here. */
class NothingRead extends Error {}
const noReader = { read: () => Promise.reject(new NothingRead()) };

/** What a product in a test is put together from: nothing outside answers, and no paper is read. */
export const partsOver = (
  database: TestDatabase,
  clock: FixedClock,
  rest: Pick<ProductParts, 'files' | 'onFailure'> & Partial<ProductParts>,
): ProductParts => ({
  db: database.db,
  ...softwareEdition(database.db, Buffer.alloc(32, 7), clock),
  clock,
  reader: noReader,
  looker: { look: lookAt },
  shrink: smallPicture,
  sessionLimits: { idleMinutes: 30, absoluteMinutes: 720 },
  signIn: severalAtOnce,
  demo: true,
  demoAccounts,
  ...rest,
});

/** The web server before the areas put together, not listening. */
export const serverOver = (database: TestDatabase, clock: FixedClock, product: AreasHere): Promise<FastifyInstance> => {
  const { db } = database;
  const { access, sessions, inbox, onCrossing } = product;
  return webServer({
    db,
    areas: product.areas,
    mount: {
      access,
      clock,
      ...sessions,
      leaveFact: (fact) => product.facts.leave(fact),
      secureCookies: false,
    },
    // Nothing comes in from outside here; a connector without inbound exchanges needs no link.
    inbound: {
      db,
      clock,
      inbox,
      connectors: connectors.filter(({ exchanges }) =>
        Object.values(exchanges).every(({ direction }) => direction === 'out'),
      ),
      links: {},
      handlers: {},
      onCrossing,
    },
    peers: null,
    pages: null,
    log: newLog('silent'),
    trustedProxies: [],
    secure: false,
    telemetry: product.telemetry,
    metricsToken: 'a token of the tests',
    mostConnections: 10_000,
    mostAtOnce: 10_000,
    requestsPerMinute: 100_000,
    signInsPerMinute: 100_000,
  });
};

/** As shipped, but a test may sign one person in again and again. */
export const severalAtOnce: SignInSetup = { ...usualSignIn, rules: { ...usualSignIn.rules, sessionsPerPerson: 1_000 } };

/** What a browser of our own pages sends with every request. */
export const ownPage = { 'x-requested-with': 'desk' };

/** What a product is put over: a database of its own, or one that is there already with its files. */
export interface ServedOver {
  readonly database: TestDatabase;
  readonly folder: string;
}

const newGround = async (): Promise<ServedOver> => ({
  database: await aDatabase(migrations),
  folder: mkdtempSync(join(tmpdir(), 'hushang-served-')),
});

/** How people come to a web server that does not listen. */
export interface ServedPeople {
  /** Signs a demo person in; answers the cookie. */
  signIn(userName: string): Promise<string>;
  /** A typed client with that cookie; empty for nobody. */
  client<C extends Contract>(contract: C, cookie: string): Client<C>;
}

/** People at a web server that does not listen. */
export const peopleAt = (server: FastifyInstance, database: TestDatabase): ServedPeople => {
  const client: ServedPeople['client'] = (contract, cookie) =>
    clientOf(contract, {
      baseUrl: '',
      fetch: async (url, { method, headers, body }) => {
        const reply = await server.inject({
          method: method as 'GET',
          url,
          headers: { ...headers, cookie },
          ...(body === undefined ? {} : { payload: body }),
        });
        return { ok: reply.statusCode < 400, status: reply.statusCode, text: async () => reply.body };
      },
    });
  /** Goes on with the code the demo's list shows; the clock stands, so a code may have been used by an earlier sign-in. */
  const proveCode = async (userName: string, cookie: string): Promise<string> => {
    await sql`update governance.totp set last_step = 0`.execute(database.db);
    const list: { userName: string; code: string }[] = (await server.inject('/api/governance/demo-accounts')).json();
    const code = list.find((one) => one.userName === userName)?.code;
    const headers = { ...ownPage, cookie };
    const reply = await server.inject({
      method: 'POST',
      url: '/api/governance/session/code',
      headers,
      payload: { code },
    });
    return cookieOf(reply.headers);
  };
  const signInAs = async (userName: string): Promise<string> => {
    const payload = { userName, password: demoAccounts[0]?.password ?? '' };
    const reply = await server.inject({ method: 'POST', url: '/api/governance/session', headers: ownPage, payload });
    const cookie = cookieOf(reply.headers);
    return reply.json().stage === 'second-factor' ? proveCode(userName, cookie) : cookie;
  };
  return { client, signIn: signInAs };
};

/** Puts the product together. */
export const aServedProduct = async (
  now = '2026-11-23T02:00:00Z',
  signIn: SignInSetup = severalAtOnce,
  systemRules: SystemRules = usualSystemRules,
  over?: ServedOver,
): Promise<ServedProduct> => {
  const { database, folder } = over ?? (await newGround());
  const clock = clockAt(now);
  const signOnFailures: SignOnFailed[] = [];
  const files = diskStore(folder);
  const onFailure = (error: unknown): void => {
    if (error instanceof NothingRead) return;
    // Answered all the same; a test may look at it.
    if (!(error instanceof SignOnFailed)) throw error;
    signOnFailures.push(error);
  };
  const product = compose(partsOver(database, clock, { files, signIn, systemRules, onFailure }));
  await ensureDemoAccounts(database.db, product, clock.now());
  const server = await serverOver(database, clock, product);
  const { client, signIn: signInAs } = peopleAt(server, database);
  const close = async (): Promise<void> => {
    await server.close();
    await product.elv.desk.readings.idle();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { database, product, server, clock, files, signOnFailures, signIn: signInAs, client, close };
};

import { timingSafeEqual } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyMultipart from '@fastify/multipart';
import fastifyRateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Area } from '#kernel/area/area.ts';
import { type PeerDoorParts, servePeers } from '#kernel/area/peer-door.ts';
import { type InboundParts, serveInbound } from '#kernel/connector/inbound.ts';
import { addressBlock } from '#kernel/contract/address-block.ts';
import { answerFailures } from '#kernel/contract/answer-failures.ts';
import { Failure } from '#kernel/contract/failure.ts';
import { type MountParts, newTraceId } from '#kernel/contract/mount.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { type Db, reach } from '#kernel/db/database.ts';
import type { DiskRoom } from '#kernel/files/disk-room.ts';
import { maxFileBytes } from '#kernel/files/receive.ts';
import { paceOver } from '#kernel/pace/pace.ts';
import type { Telemetry } from '#kernel/telemetry/call-times.ts';
import type { Tracing } from '#kernel/telemetry/span.ts';
import { serveApiPages } from './api-pages.ts';
import { shedLoad } from './back-pressure.ts';
import type { Pages } from './build-pages.ts';
import { boundConnections } from './connections.ts';
import { OwnPace } from './own-pace.ts';
import { servePages } from './page-files.ts';
import { operations } from './plans.ts';
import { traceRequests } from './request-spans.ts';

/** What the web server serves and how. */
export interface WebParts {
  readonly db: Db;
  readonly areas: readonly Area[];
  readonly mount: MountParts;
  /** What outside systems call; null where they reach other processes. */
  readonly inbound: InboundParts | null;
  /** What is offered to processes of other areas; null where all areas run here. */
  readonly peers: PeerDoorParts | null;
  /** The built pages; null where only the API is served (tests). */
  readonly pages: Pages | null;
  readonly log: Logger;
  readonly trustedProxies: readonly string[];
  readonly secure: boolean;
  readonly telemetry: Telemetry;
  /** How much room the disks of this machine have; none are told of unless given. */
  readonly diskRooms?: () => Promise<readonly DiskRoom[]>;
  /** Traces of requests; none unless given. */
  readonly tracing?: Tracing | undefined;
  /** What Prometheus must show to read `/metrics`; null where nobody may. */
  readonly metricsToken: string | null;
  /** Connections that may be open at once. */
  readonly mostConnections: number;
  /** API requests that may be under way at once; the rest is sent away politely. */
  readonly mostAtOnce: number;
  /** Requests of one client a minute. */
  readonly requestsPerMinute: number;
  /** Attempts of one client a minute at each step of signing in and of the public query, at all servers together. */
  readonly signInsPerMinute: number;
}

/** Every step of signing in, citizens' too, and what the public may ask: each has a limit of its own, so that a second step does not use the first one's up. */
const isDoor = ({ method, routeOptions }: FastifyRequest): boolean =>
  // The route that was found, not the address as it was written: `sessio%6e` is the same door.
  (method === 'POST' || method === 'PUT') &&
  /^\/api\/(governance\/(session|sign-on)|elv\/public-progress|elv\/citizen\/sign-in)(\/|$)/.test(
    routeOptions.url ?? '',
  );

const guardHeaders = (server: FastifyInstance, secure: boolean): Promise<void> =>
  // The plugin's own registration type is awaitable; only its completion matters here.
  server.register(fastifyHelmet, {
    enableCSPNonces: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        // PDFs are shown in a frame of our own.
        frameSrc: ["'self'"],
        frameAncestors: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    frameguard: { action: 'sameorigin' },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
  }) as unknown as Promise<void>;

const tooMany = (): Failure => new Failure(429, 'TOO_MANY', '操作太频繁，请稍等片刻再试');

const isPeers = ({ routeOptions }: FastifyRequest): boolean => /^\/peer\//.test(routeOptions.url ?? '');

/** So long somebody who was refused at the door of peers is limited like everybody, in milliseconds, and so many are remembered. */
const strangerMs = 60_000;
const mostStrangers = 5_000;

/** Tells whether a client was lately refused at the door of peers: else whoever reaches it could have signatures checked without limit. */
const strangersOf = (server: FastifyInstance): ((request: FastifyRequest) => boolean) => {
  const refusedAt = new Map<string, number>();
  server.addHook('onResponse', async (request, { statusCode }) => {
    if (!isPeers(request) || statusCode !== 401) return;
    if (refusedAt.size >= mostStrangers) refusedAt.clear();
    refusedAt.set(addressBlock(request.ip), performance.now());
  });
  return ({ ip }) => performance.now() - (refusedAt.get(addressBlock(ip)) ?? Number.NEGATIVE_INFINITY) < strangerMs;
};

/** A process guards itself against a flood with counts of its own; what guards people's passwords counts for all servers as one. */
const limitRates = async (server: FastifyInstance, parts: WebParts): Promise<void> => {
  const { signInsPerMinute } = parts;
  const pace = paceOver(parts.db);
  const keyOf = (request: FastifyRequest): string => {
    const client = addressBlock(request.ip);
    return isDoor(request) ? `${request.routeOptions.url} ${client}` : client;
  };
  const isStranger = strangersOf(server);
  await server.register(fastifyRateLimit, {
    timeWindow: 60_000,
    store: OwnPace,
    // Other processes of the installation ask for everybody; each of their calls is signed.
    // The pages' own files are some sixty a page, cost next to nothing and tell nothing: an office behind one address may open its pages.
    allowList: (request) =>
      isPeers(request) ? !isStranger(request) : /^\/((yard|citizen)\/)?assets\//.test(request.routeOptions.url ?? ''),
    max: (request) => (isDoor(request) ? signInsPerMinute : parts.requestsPerMinute),
    keyGenerator: keyOf,
    errorResponseBuilder: tooMany,
  });
  server.addHook('onRequest', async (request) => {
    if (isDoor(request) && (await pace.tooMany(keyOf(request), signInsPerMinute, parts.mount.clock.now())))
      throw tooMany();
  });
};

const storageWord = async (diskRooms: () => Promise<readonly DiskRoom[]>): Promise<'low' | 'ok'> =>
  (await diskRooms()).some((room) => room.low) ? 'low' : 'ok';

/**
 * `/health`: the process lives. `/ready`: it can do its work. With little room, or none, it can: everything can be read, and behind a balancer all would be out at once;
 * `storage` tells, also that nobody knows. Source: tender T3.1.
 */
const serveHealth = (server: FastifyInstance, { db, diskRooms = async () => [] }: WebParts): void => {
  server.get('/health', async () => ({ status: 'ok' }));
  server.get('/ready', async (_, reply) => {
    try {
      await reach(db);
    } catch (error) {
      server.log.warn({ err: error }, 'not ready');
      return reply.status(503).send({ status: 'database does not answer' });
    }
    const storage = await storageWord(diskRooms).catch((error: unknown) => {
      server.log.warn({ err: error }, 'nobody knows how much room there is');
      return 'unknown' as const;
    });
    return { status: 'ok', storage };
  });
};

const isBearer = (given: string | undefined, token: string): boolean =>
  timingSafeEqual(Buffer.from(sm3Hex(given ?? '')), Buffer.from(sm3Hex(`Bearer ${token}`)));

/** `/metrics`: what the process measures of itself, for whoever brings the token. Source: tender T3.1. */
const serveMetrics = (server: FastifyInstance, { telemetry, metricsToken }: WebParts): void => {
  server.addHook('onResponse', async ({ routeOptions }, reply) => {
    const { operation } = routeOptions.config;
    if (operation !== undefined) telemetry.called(operation, reply.statusCode, reply.elapsedTime);
  });
  if (metricsToken === null) return;
  server.get('/metrics', async ({ headers }, reply) => {
    if (!isBearer(headers.authorization, metricsToken)) throw new Failure(401, 'NO_TOKEN', '读取运行指标须出示令牌');
    return reply.type(telemetry.mediaType).send(await telemetry.text());
  });
};

/** Builds the web server, not yet listening: API, inbound doors, health, API description, desk. */
export const webServer = async (parts: WebParts): Promise<FastifyInstance> => {
  // A fault that a schema has no words for is told in the users' language.
  z.config(z.locales.zhCN());
  const server = Fastify({
    loggerInstance: parts.log,
    genReqId: () => newTraceId(),
    bodyLimit: 1_048_576,
    trustProxy: parts.trustedProxies.length > 0 ? [...parts.trustedProxies] : false,
    requestTimeout: 120_000,
    // A connection that is idle longer than this is closed by us first; browsers keep theirs for less.
    keepAliveTimeout: 75_000,
    routerOptions: { maxParamLength: 200 },
  }) as unknown as FastifyInstance;
  if (parts.tracing) traceRequests(server, parts.tracing);
  answerFailures(server);
  boundConnections(server.server, parts.mostConnections);
  shedLoad(server, parts.mostAtOnce);
  await guardHeaders(server, parts.secure);
  await limitRates(server, parts);
  await server.register(fastifyCookie);
  await server.register(fastifyMultipart, {
    limits: { files: 1, fields: 10, fieldSize: 1_000, fileSize: maxFileBytes + 1, headerPairs: 50 },
    // Else a name would come without its path, and one that leads out of its place could not be told.
    preservePath: true,
    // The receiver bounds the stream itself, with a word for the user.
    throwFileSizeLimit: false,
  });
  serveHealth(server, parts);
  serveMetrics(server, parts);
  for (const area of parts.areas) area.mount(server, parts.mount);
  if (parts.inbound) await serveInbound(server, parts.inbound);
  if (parts.peers) servePeers(server, parts.peers);
  serveApiPages(
    server,
    // Whoever only works serves none.
    parts.areas.length === 0 ? [] : operations,
  );
  if (parts.pages) await servePages(server, parts.pages);
  server.setNotFoundHandler((request) => {
    throw new Failure(404, 'NOT_FOUND', request.url.startsWith('/api/') ? '没有这个接口' : '没有这个页面');
  });
  return server;
};

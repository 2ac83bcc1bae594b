import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fastifyCookie from '@fastify/cookie';
import fastifyMultipart from '@fastify/multipart';
import Fastify from 'fastify';
import { accessOver, type Subject } from '#kernel/access/access.ts';
import type { AuditFact } from '#kernel/audit/fact.ts';
import { answerFailures } from '#kernel/contract/answer-failures.ts';
import type { Transport } from '#kernel/contract/client.ts';
import { notFound } from '#kernel/contract/failure.ts';
import { type Handlers, mountContract, newTraceId, sessionCookie } from '#kernel/contract/mount.ts';
import { clockAt } from './fixed-clock.ts';
import { libraryContract } from './library.contract.ts';

/** A listening server over the tiny contract. `facts` are the audit facts the mount left, `logged` what went into the log. */
export interface LibraryServer {
  readonly url: string;
  readonly facts: readonly AuditFact[];
  readonly logged: readonly string[];
  /** A transport that carries the session of a person; null for none. */
  as(token: string | null): Transport;
  close(): Promise<void>;
}

const person = (id: string, roles: readonly string[]): Subject => ({
  id,
  name: id,
  organisationId: 'library-1',
  organisationName: '城南图书馆',
  organisationCode: null,
  districtCode: null,
  roles,
});

const grant = (permission: string) => ({ permission, rows: 'all', personal: 'plain' }) as const;

const access = accessOver([
  { id: 'reader', title: '读者', level: 'platform', grants: [grant('library.book:read')] },
  { id: 'keeper', title: '馆员', level: 'platform', grants: [grant('library.book:read'), grant('library.book:add')] },
]);

const sessions = new Map([
  ['reader-token', person('reader', ['reader'])],
  ['keeper-token', person('keeper', ['keeper'])],
]);

const handlers: Handlers<typeof libraryContract> = {
  hours: async () => ({ opens: '09:00' }),
  find: async ({ id }, { fail }) => {
    if (id === 'lent') fail('LENT_OUT', { detail: { until: '2026-12-01' } });
    if (id === 'broken') throw new Error('password=hunter2 at 10.0.0.5');
    if (id === 'elsewhere') throw notFound();
    return { id, title: '论语', pages: 120, secret: 'not part of the contract' };
  },
  add: async ({ title, pages }, { fail }) => {
    if (pages > 1_000)
      fail('SHELF_FULL', { message: '书架已满，请先移走一本', problems: [{ path: 'pages', message: '太厚' }] });
    return { id: 'b1', title, pages };
  },
  remove: async (_, { subject }) => ({ by: subject.id }),
  putCover: async ({ side }, { file }) => {
    if (!file) throw new Error('the mount hands over the file');
    return { name: file.name, bytes: (await buffer(file.stream)).length, side };
  },
  getCover: async ({ id }) => ({
    stream: Readable.from([Buffer.from('cover of '), Buffer.from(id)]),
    mediaType: 'image/png',
    fileName: `封面 ${id}.png`,
    disposition: 'inline',
    etag: 'abc',
  }),
  signOut: async (_, { setSession }) => {
    setSession(null);
    return {};
  },
};

const transportTo =
  (url: string) =>
  (token: string | null): Transport => ({
    baseUrl: url,
    fetch: (address, { headers, ...init }) =>
      fetch(address, { ...init, headers: { ...headers, ...(token ? { cookie: `${sessionCookie}=${token}` } : {}) } }),
  });

/** Starts the tiny server on a free port of this machine. */
export const startLibrary = async (): Promise<LibraryServer> => {
  const facts: AuditFact[] = [];
  const logged: string[] = [];
  const server = Fastify({
    logger: { level: 'error', stream: { write: (line: string) => logged.push(line) } },
    genReqId: () => newTraceId(),
    bodyLimit: 10_000,
  });
  answerFailures(server);
  await server.register(fastifyCookie);
  // Without a limit of its own a file would be cut off, silently, at the limit of JSON bodies.
  await server.register(fastifyMultipart, { limits: { fileSize: 1_000_000 } });
  mountContract(server, libraryContract, handlers, {
    access,
    clock: clockAt('2026-11-23T02:00:00Z'),
    subjectOf: async (token) => sessions.get(token),
    leaveFact: async (fact) => {
      facts.push(fact);
    },
    secureCookies: true,
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return { url, facts, logged, as: transportTo(url), close: () => server.close() };
};

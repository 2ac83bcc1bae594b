import fastifyCookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { accessOver, type Subject } from '#kernel/access/access.ts';
import { tender } from '#kernel/source/source.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { answerFailures } from './answer-failures.ts';
import { type MountParts, mountContract } from './mount.ts';
import { operation } from './operation.ts';

const nothing = { organisationId: null, organisationName: null, organisationCode: null, districtCode: null };
const subject = (id: string): Subject => ({ id, name: id, ...nothing, roles: [] });

const who = (door?: string) =>
  operation({
    id: `library.${door ?? 'desk'}.who`,
    title: '谁',
    source: tender(62),
    method: 'GET',
    path: `/library/${door ?? 'desk'}/who`,
    ...(door === undefined ? {} : { door }),
    permission: 'signed-in',
    input: z.object({}),
    output: z.object({ id: z.string() }),
    errors: {},
    audit: 'none',
  });

const partsOf = (door?: string): MountParts => ({
  access: accessOver([]),
  clock: systemClock,
  subjectOf: async (token) => (token === `token of ${door ?? 'desk'}` ? subject(door ?? 'desk') : undefined),
  leaveFact: async () => undefined,
  secureCookies: false,
  ...(door === undefined ? {} : { door }),
});

const handlers = { who: async (_: unknown, context: { readonly subject: Subject }) => ({ id: context.subject.id }) };

const serve = async (): Promise<FastifyInstance> => {
  const server = Fastify() as unknown as FastifyInstance;
  answerFailures(server);
  await server.register(fastifyCookie);
  mountContract(server, { who: who() }, handlers, partsOf());
  mountContract(server, { who: who('reader') }, handlers, partsOf('reader'));
  return server;
};

test('R62: each door has its own cookie, and neither opens the other', async () => {
  const server = await serve();
  const ask = async (door: string, cookie: string): Promise<number> =>
    (await server.inject({ url: `/api/library/${door}/who`, headers: { cookie } })).statusCode;
  const [desk, reader] = ['token%20of%20desk', 'token%20of%20reader'];
  expect(await ask('desk', `hs_session=${desk}`)).toBe(200);
  expect(await ask('reader', `hs_reader=${reader}`)).toBe(200);
  for (const [door, cookie] of [
    ['desk', `hs_reader=${reader}`],
    ['desk', `hs_session=${reader}`],
    ['desk', `hs_reader=${desk}`],
    ['reader', `hs_session=${desk}`],
    ['reader', `hs_reader=${desk}`],
    ['reader', `hs_session=${reader}`],
  ] as const)
    expect([door, cookie, await ask(door, cookie)]).toEqual([door, cookie, 401]);
});

test('R62: an operation cannot be mounted at another door than its own', async () => {
  const server = Fastify() as unknown as FastifyInstance;
  expect(() => mountContract(server, { who: who('reader') }, handlers, partsOf())).toThrow('another');
  expect(() => mountContract(server, { who: who() }, handlers, partsOf('reader'))).toThrow('another');
});

import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import type { Db } from '#kernel/db/database.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import { tender } from '#kernel/source/source.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { passedOn, standBetween } from '#testkit/between.ts';
import { offer, offerCall, offering } from './offer.ts';
import { callPeersOver, PeerAway } from './peer-calls.ts';
import { servePeers } from './peer-door.ts';
import { peersDoor } from './peer-signing.ts';

// Real here: the calls over HTTP and their signatures. The key lies in memory instead of a database.

const crypto = softwareCrypto(Buffer.alloc(32, 7));
const call = offerCall({ input: z.object({ of: z.string() }), output: z.string().nullable() });
const words = offer({ id: 'words', title: '词语', source: tender('T3.1'), by: 'one', calls: { say: call } });

let keys: Parameters<typeof peersDoor>[0];
let told: string[];
const peer = Fastify();
beforeAll(async () => {
  const pair = await crypto.newKeyPair();
  const signer = {
    sign: async (_: unknown, __: string, text: string) => ({
      publicKey: pair.publicKey,
      signature: await crypto.signWith(pair.privateKey, Buffer.from(text, 'utf8')),
    }),
  } as PersonalSigner;
  keys = { db: {} as Db, crypto, clock: systemClock, signer };
  const say = offering(words, { say: async ({ of }) => `there ${of}` });
  servePeers(peer, { offered: { one: [say] }, door: peersDoor(keys, async () => true), keys });
  await peer.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => peer.close());

const asking = (url: string) => {
  told = [];
  const onFailure = (error: unknown): void => void told.push(String(error));
  const callPeer = callPeersOver({ ...keys, peers: { one: url }, onFailure });
  return (of: string) => callPeer('one', words, 'say', { of });
};
const peerUrl = (): string => `http://127.0.0.1:${(peer.server.address() as AddressInfo).port}`;

test('T5.4: an answer counts by the signature of a peer over this very question alone', async () => {
  expect(await asking(peerUrl())('a')).toBe('there a');
  let kept: Awaited<ReturnType<typeof passedOn>> | undefined;
  const recorder = await standBetween(async (request, reply) => {
    kept = await passedOn(request, peerUrl());
    reply.writeHead(200, kept.headers).end(kept.body);
  });
  expect(await asking(recorder.url)('b')).toBe('there b');
  await recorder.close();
  const forgers: Readonly<Record<string, RequestListener>> = {
    'words of their own': (_, reply) => reply.end('{"answer":"forged"}'),
    'words of their own under a signature that was seen': (_, reply) =>
      reply.writeHead(200, { ...kept?.headers, 'content-length': '19' }).end('{"answer":"forged"}'),
    'the answer to another question': (_, reply) => reply.writeHead(200, kept?.headers).end(kept?.body),
    'the question itself': async (request, reply) => {
      const body = Buffer.concat(await request.toArray());
      const { 'x-timestamp': at = '', 'x-signature': by = '' } = request.headers;
      reply.writeHead(200, { 'x-timestamp': at, 'x-signature': by }).end(body);
    },
  };
  for (const [what, answer] of Object.entries(forgers)) {
    const forger = await standBetween(answer);
    await expect(asking(forger.url)('c'), what).rejects.toBeInstanceOf(PeerAway);
    expect(told, what).toContain('Error: an answer comes without the signature of a peer');
    await forger.close();
  }
});

test('T2.2: after a call without an answer nobody waits for the next; then one tries for all, and an answer opens the way', async () => {
  let met = 0;
  let gone = true;
  const way = await standBetween(async (request, reply) => {
    met += 1;
    if (gone) return void request.socket.destroy();
    const { status, headers, body } = await passedOn(request, peerUrl());
    reply.writeHead(status, headers).end(body);
  });
  const ask = asking(way.url);
  const away = { status: 503, code: 'PEER_AWAY', retryAfterSeconds: 3 };
  await expect(ask('a')).rejects.toMatchObject(away);
  expect(met).toBe(2);
  for (let count = 0; count < 20; count += 1) await expect(ask('a')).rejects.toMatchObject(away);
  expect(met).toBe(2);
  await new Promise((resolve) => void setTimeout(resolve, 1_050));
  const together = await Promise.allSettled([1, 2, 3, 4, 5].map(() => ask('a')));
  expect([together.every(({ status }) => status === 'rejected'), met]).toEqual([true, 4]);
  gone = false;
  await new Promise((resolve) => void setTimeout(resolve, 1_050));
  expect(await ask('a')).toBe('there a');
  expect(await Promise.all([1, 2, 3].map(() => ask('b')))).toEqual(Array(3).fill('there b'));
  await way.close();
});

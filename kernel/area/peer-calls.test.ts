import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import type { Db } from '#kernel/db/database.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import { tender } from '#kernel/source/source.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { offer, offerCall, offering } from './offer.ts';
import { callPeersOver, PeerAway } from './peer-calls.ts';
import { servePeers } from './peer-door.ts';
import { peersDoor } from './peer-signing.ts';

// Real here: the calls over HTTP and their signatures. The key lies in memory instead of a database.

const crypto = softwareCrypto(Buffer.alloc(32, 7));
const call = offerCall({ input: z.object({ of: z.string() }), output: z.string().nullable(), repeatable: true });
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

const asking = (port: number) => {
  told = [];
  const onFailure = (error: unknown): void => void told.push(String(error));
  const callPeer = callPeersOver({ ...keys, peers: { one: `http://127.0.0.1:${port}` }, onFailure });
  return (of: string) => callPeer('one', words, 'say', { of });
};
const portOf = (address: AddressInfo | string | null): number => (address as AddressInfo).port;

/** Somebody on the way between two processes. */
const between = async (answer: RequestListener) => {
  const server = createServer(answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: portOf(server.address()),
    close: () => new Promise((resolve) => void server.close(resolve).closeAllConnections()),
  };
};

test('T5.4: an answer counts by the signature of a peer over this very question alone', async () => {
  const port = portOf(peer.server.address());
  expect(await asking(port)('a')).toBe('there a');
  let kept: { headers: Record<string, string>; body: Buffer } | undefined;
  const recorder = await between(async (request, reply) => {
    const body = Buffer.concat(await request.toArray());
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    for (const name of ['host', 'connection', 'content-length', 'transfer-encoding']) delete headers[name];
    const real = await fetch(`http://127.0.0.1:${port}${request.url}`, { method: 'POST', headers, body });
    kept = { headers: Object.fromEntries(real.headers), body: Buffer.from(await real.arrayBuffer()) };
    reply.writeHead(200, kept.headers).end(kept.body);
  });
  expect(await asking(recorder.port)('b')).toBe('there b');
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
    const forger = await between(answer);
    await expect(asking(forger.port)('c'), what).rejects.toBeInstanceOf(PeerAway);
    expect(told, what).toContain('Error: an answer comes without the signature of a peer');
    await forger.close();
  }
});

test('T2.2: after a call without an answer nobody waits for the next; then one tries for all, and an answer opens the way', async () => {
  let met = 0;
  let gone = true;
  const port = portOf(peer.server.address());
  const way = await between(async (request, reply) => {
    met += 1;
    if (gone) return void request.socket.destroy();
    const body = Buffer.concat(await request.toArray());
    const { 'content-length': _, connection: __, host: ___, ...headers } = request.headers;
    const real = await fetch(`http://127.0.0.1:${port}${request.url}`, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body,
    });
    reply.writeHead(real.status, Object.fromEntries(real.headers)).end(Buffer.from(await real.arrayBuffer()));
  });
  const ask = asking(way.port);
  const away = { status: 503, code: 'PEER_AWAY', retryAfterSeconds: 3, perhapsDone: false };
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

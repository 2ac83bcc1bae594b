import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { offer, offerCall, offering } from '#kernel/area/offer.ts';
import type { PeerDoorParts } from '#kernel/area/peer-door.ts';
import type { InboundParts } from '#kernel/connector/inbound.ts';
import type { MountParts } from '#kernel/contract/mount.ts';
import { newLog } from '#kernel/log/log.ts';
import { tender } from '#kernel/source/source.ts';
import { telemetryOf } from '#kernel/telemetry/call-times.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aDatabase } from '#testkit/template-database.ts';
import { webServer } from './web-server.ts';

/** What a build of either program leaves that is served, all in one folder here. */
const builtFiles = [
  'index.html',
  'favicon.svg',
  'robots.txt',
  'sw.js',
  'manifest.webmanifest',
  'icon.svg',
  'icon-192.png',
  'icon-512.png',
  'assets/page.js',
];

test('R42: what one client may ask in a minute is limited; the files the pages are made of are not counted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hushang-limit-'));
  mkdirSync(join(folder, 'assets'));
  for (const name of builtFiles) writeFileSync(join(folder, name), 'x');
  const { db, close } = await aDatabase([]);
  const clock = clockAt('2026-11-24T02:00:00Z');
  // Nothing is mounted, so neither is ever asked for anything.
  const mount = {} as MountParts;
  const inbound = { db, clock, connectors: [], links: {}, handlers: {} } as unknown as InboundParts;
  const sayings = offer({
    id: 'sayings',
    title: '词语',
    source: tender('T3.1'),
    by: 'one',
    calls: { say: offerCall({ input: z.object({}), output: z.string() }) },
  });
  // Nobody is known at the door of peers.
  const door = { find: async () => undefined };
  const peers = { offered: { one: [offering(sayings, { say: async () => '' })] }, door } as unknown as PeerDoorParts;
  const server = await webServer({
    db,
    areas: [],
    mount,
    inbound,
    peers,
    pages: { desk: folder, phone: folder, citizen: folder },
    log: newLog('silent'),
    trustedProxies: [],
    secure: false,
    telemetry: telemetryOf(),
    metricsToken: null,
    mostConnections: 10_000,
    mostAtOnce: 10_000,
    requestsPerMinute: 3,
    signInsPerMinute: 3,
  });
  const asked = async (url: string): Promise<readonly number[]> => {
    const codes: number[] = [];
    for (let count = 0; count < 5; count += 1) codes.push((await server.inject({ url })).statusCode);
    return codes;
  };
  expect(await asked('/assets/page.js')).toEqual([200, 200, 200, 200, 200]);
  expect(await asked('/yard/assets/page.js')).toEqual([200, 200, 200, 200, 200]);
  expect(await asked('/favicon.svg')).toEqual([200, 200, 200, 429, 429]);
  // Whoever holds a network of IPv6 addresses is one client.
  const codes: number[] = [];
  for (const remoteAddress of [
    '2001:db8:7:1::1',
    '2001:db8:7:1::2',
    '2001:db8:7:1:9::',
    '2001:db8:7:1::3',
    '2001:db8:7:2::1',
  ])
    codes.push((await server.inject({ url: '/favicon.svg', remoteAddress })).statusCode);
  expect(codes).toEqual([200, 200, 200, 429, 200]);
  // Processes of the installation ask for everybody and are not limited, but whoever was refused at their door is.
  const atPeers = [];
  const url = '/peer/one/sayings/say';
  for (let count = 0; count < 6; count += 1)
    atPeers.push((await server.inject({ method: 'POST', url, payload: {}, remoteAddress: '10.0.0.9' })).statusCode);
  expect(atPeers).toEqual([401, 401, 401, 401, 429, 429]);
  await server.close();
  await close();
  rmSync(folder, { recursive: true, force: true });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { InboundParts } from '#kernel/connector/inbound.ts';
import type { MountParts } from '#kernel/contract/mount.ts';
import { newLog } from '#kernel/log/log.ts';
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
  const server = await webServer({
    db,
    areas: [],
    mount,
    inbound,
    peers: null,
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
  await server.close();
  await close();
  rmSync(folder, { recursive: true, force: true });
});

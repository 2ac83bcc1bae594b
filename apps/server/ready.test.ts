import { expect, test } from 'vitest';
import type { MountParts } from '#kernel/contract/mount.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { diskRooms } from '#kernel/files/disk-room.ts';
import { newLog } from '#kernel/log/log.ts';
import { telemetryOf } from '#kernel/telemetry/call-times.ts';
import { aDatabase } from '#testkit/template-database.ts';
import { webServer } from './web-server.ts';

// Real: the web server, PostgreSQL, a folder that is not there.

test('T3.1: a disk nobody can look at takes no server out of the balancer; a database that is gone does', async () => {
  const database = await aDatabase([]);
  const parts = {
    areas: [],
    mount: {} as MountParts,
    inbound: null,
    peers: null,
    pages: null,
    log: newLog('silent'),
    trustedProxies: [],
    secure: false,
    telemetry: telemetryOf(),
    diskRooms: () => diskRooms([{ holds: '文件', folder: '/no/such/folder' }], 0),
    metricsToken: null,
    mostConnections: 100,
    mostAtOnce: 100,
    requestsPerMinute: 100,
    signInsPerMinute: 100,
  };
  const apart = await webServer({ ...parts, db: database.db });
  const ready = await apart.inject('/ready');
  expect([ready.statusCode, ready.json()]).toEqual([200, { status: 'ok', storage: 'unknown' }]);
  await apart.close();
  // Nobody listens there.
  const gone = openDatabase({ url: 'postgres://a:b@127.0.0.1:1/c', poolSize: 1 });
  const without = await webServer({ ...parts, db: gone.db });
  const away = await without.inject('/ready');
  expect([away.statusCode, away.json()]).toEqual([503, { status: 'database does not answer' }]);
  await without.close();
  await gone.close();
  await database.close();
});

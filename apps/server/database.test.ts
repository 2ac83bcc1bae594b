import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startDatabase } from './database.ts';
import { readSettings } from './settings.ts';

// Real here: the embedded PostgreSQL, started and stopped.
test('T2.2: a command beside a running server leaves the server its database; one that started it stops it again', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hushang-database-'));
  // The database's own user must be able to walk through this folder.
  chmodSync(dataDir, 0o755);
  const settings = readSettings({ MODE: 'demo', DATA_DIR: dataDir }, join(import.meta.dirname, '../..'));
  const now = new Date('2026-11-23T02:00:00Z');
  try {
    const server = await startDatabase(settings, now);
    const command = await startDatabase(settings, now);
    expect([server.embedded?.adopted, command.embedded?.adopted]).toEqual([false, true]);
    await command.leave();
    expect((await sql`select 1 as one`.execute(server.db)).rows).toEqual([{ one: 1 }]);
    await server.stop();

    const alone = await startDatabase(settings, now);
    expect(alone.embedded?.adopted).toBe(false);
    await alone.leave();
    const after = await startDatabase(settings, now);
    expect(after.embedded?.adopted).toBe(false);
    await after.stop();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

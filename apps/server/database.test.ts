import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { inTransaction } from '#kernel/db/database.ts';
import { holdSchema } from '#kernel/db/migrate.ts';
import { aDatabase } from '#testkit/template-database.ts';
import { waitUntil } from '#testkit/wait-until.ts';
import { startDatabase } from './database.ts';
import { migrations } from './plans.ts';
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

test('T2.2, ADR 0056: a start that waits for another one’s upgrade prints what it waits for', async () => {
  const database = await aDatabase(migrations.slice(0, -1));
  const folder = mkdtempSync(join(tmpdir(), 'hushang-waiting-'));
  const printed: string[] = [];
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  try {
    const upgrade = Promise.withResolvers<void>();
    const other = inTransaction(database.ownerDb, async (tx) => {
      await holdSchema(tx);
      await upgrade.promise;
    });
    const env = { MODE: 'demo', DATA_DIR: folder, DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl };
    const settings = readSettings(env, join(import.meta.dirname, '../..'));
    const starting = startDatabase(settings, new Date('2026-11-23T02:00:00Z'));
    await waitUntil(() => printed.some((line) => line.startsWith('数据库结构升级正在等待：另一个进程')));
    upgrade.resolve();
    await other;
    await (await starting).stop();
  } finally {
    stderr.mockRestore();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

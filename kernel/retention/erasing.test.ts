import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backupNoteRetention } from '#kernel/backup/backup-note.retention.ts';
import { messageRetentions } from '#kernel/connector/message-retention.store.ts';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { firstUuidAt } from '#kernel/db/uuid.ts';
import { jobsOf } from '#kernel/jobs/jobs.ts';
import { runtimeSettings } from '#kernel/settings/setting.store.ts';
import { clockAt } from '#testkit/fixed-clock.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { erasingStandings } from './erasing.store.ts';
import { eraseDue } from './erasing.ts';
import type { Retention } from './retention.ts';

const clock = clockAt('2026-11-23T02:00:00Z');
let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase(kernelMigrations);
});
afterAll(() => database.close());

const partsOf = () => ({
  db: database.db,
  clock,
  settings: runtimeSettings(database.db, clock),
  jobs: jobsOf({ clock, onFailure: () => undefined }),
  timeOf: async () => clock.now(),
});
const standingOf = async (id: string) => (await erasingStandings(database.db)).find((one) => one.id === id);

const note = (digest: string, at: string): Promise<unknown> =>
  sql`insert into kernel.backup (digest, place, moment_at, ended_at, files, bytes, copied_bytes, missing)
    values (${digest}, '/b', ${new Date(at)}, ${new Date(at)}, 0, 0, 0, 0)`.execute(database.db);
const notes = async (): Promise<readonly string[]> =>
  (await sql<{ digest: string }>`select digest from kernel.backup order by 1`.execute(database.db)).rows.map(
    ({ digest }) => digest,
  );

test('PIPL 19: what was kept long enough goes, and nothing else; what was done is told by number', async () => {
  await note('old', '2024-11-20T00:00:00Z');
  await note('young', '2024-11-27T00:00:00Z');
  expect(await eraseDue(partsOf(), backupNoteRetention)).toBe(1);
  expect(await notes()).toEqual(['young']);
  expect(await standingOf('backup-notes')).toMatchObject({ lastCount: 1, wholeCount: 1, erasedAt: clock.now() });
  clock.advance(7 * 86_400_000);
  expect(await eraseDue(partsOf(), backupNoteRetention)).toBe(1);
  expect(await eraseDue(partsOf(), backupNoteRetention)).toBe(0);
  expect(await standingOf('backup-notes')).toMatchObject({ lastCount: 1, wholeCount: 2, lookedAt: clock.now() });
  const { rows } = await sql<{ detail: string }>`
    select detail from kernel.audit_entry where action = 'kernel.retention.erase' order by seq`.execute(database.db);
  expect(rows.map(({ detail }) => JSON.parse(detail))).toMatchObject([
    { what: 'backup-notes', rows: 1 },
    { what: 'backup-notes', rows: 1 },
  ]);
});

test('PIPL 19: whatever is set, nothing goes that something else still reads', async () => {
  await note('recent', '2026-11-10T00:00:00Z');
  await note('older', '2026-09-10T00:00:00Z');
  await sql`insert into kernel.setting (key, value, updated_at, updated_by)
    values (${backupNoteRetention.keep.setting}, '1', now(), 'x')`.execute(database.db);
  await eraseDue(partsOf(), backupNoteRetention);
  expect(await notes()).toEqual(['recent']);
});

test('T2.2: a clock that has leapt ahead erases nothing, whoever’s it is', async () => {
  await note('still young', '2026-11-25T00:00:00Z');
  const leapt = new Date('2031-01-01T00:00:00Z');
  const ahead = { ...partsOf(), clock: clockAt(leapt.toISOString()), timeOf: async () => clock.now() };
  await expect(eraseDue(ahead, backupNoteRetention)).rejects.toThrow('ahead of the database');
  await eraseDue({ ...partsOf(), timeOf: async () => leapt }, backupNoteRetention);
  expect(await notes()).toContain('still young');
});

const message = (at: string, status: string): Promise<string> => {
  const when = new Date(at);
  const id = firstUuidAt(when);
  return sql`insert into kernel.outbox (id, connector, exchange, idem_key, recipient, body, answer, body_digest, status, attempts, failures, due_at, created_at, trace_id)
    values (${id}, 'police', 'check', ${id}, '', 'sealed', 'sealed', '0', ${status}, 1, 0, ${when}, ${when}, '')`
    .execute(database.db)
    .then(() => id);
};
const [sent, received] = messageRetentions;

test('T2.11: of settled messages what they said goes, their rows stay and nothing is sent twice; what is not settled stays whole', async () => {
  if (!sent || !received) throw new Error('there are two kinds of messages');
  const settled = await message('2021-01-04T00:00:00Z', 'answered');
  const open = await message('2021-01-05T00:00:00Z', 'given-up');
  const young = await message('2026-01-04T00:00:00Z', 'answered');
  expect(await eraseDue(partsOf(), sent)).toBe(1);
  const { rows } = await sql<{ id: string; body: string | null; answer: string | null; idem_key: string }>`
    select id, body, answer, idem_key from kernel.outbox order by id`.execute(database.db);
  expect(rows.map(({ id, body, answer }) => [id, body, answer])).toEqual([
    [settled, null, null],
    [open, 'sealed', 'sealed'],
    [young, 'sealed', 'sealed'],
  ]);
  expect(rows.map(({ idem_key }) => idem_key)).toEqual([settled, open, young]);
  expect(await eraseDue(partsOf(), received)).toBe(0);
});

test('T2.2: it goes piece by piece, ends when it is to stop, and goes on where it ended', async () => {
  const taken: string[] = [];
  const stopping = new AbortController();
  const pieces = ['a', 'b', 'c'];
  const slow: Retention = {
    id: 'slow',
    title: '',
    keep: backupNoteRetention.keep,
    leastDays: 1,
    erase: async (_, { after }) => {
      const next = pieces.find((piece) => piece > after);
      if (next) taken.push(next);
      if (taken.length === 2) stopping.abort();
      return next ? { count: 1, after: next } : { count: 0, after };
    },
  };
  expect(await eraseDue(partsOf(), slow, stopping.signal)).toBe(2);
  expect(await eraseDue(partsOf(), slow)).toBe(1);
  expect(taken).toEqual(['a', 'b', 'c']);
  expect(await standingOf('slow')).toMatchObject({ lastCount: 1, wholeCount: 3 });
  const broken: Retention = { ...slow, id: 'broken', erase: () => Promise.reject(new Error('disk is full')) };
  await expect(eraseDue(partsOf(), broken)).rejects.toThrow('disk is full');
});

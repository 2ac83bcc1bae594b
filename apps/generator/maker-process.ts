import { join } from 'node:path';
import { startEdition } from '#apps/server/crypto-edition.ts';
import { readSettings } from '#apps/server/settings.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { type Maker, makerHere } from './maker.ts';
import type { MakingNews, MakingTask } from './makers-apart.ts';

const tell = (news: MakingNews): void => {
  process.send?.(news);
};

const makerOver = async ({ databaseUrl, line }: MakingTask): Promise<Maker> => {
  const settings = readSettings(process.env, join(import.meta.dirname, '../..'));
  // What is made can be made again: its commits need not wait for the disk.
  const { db } = openDatabase({ url: databaseUrl, poolSize: 2, hasty: true });
  const { crypto } = await startEdition(settings, db, systemClock);
  return makerHere(db, crypto, line);
};

let opened: Promise<Maker> | undefined;

const work = async (task: MakingTask): Promise<void> => {
  opened ??= makerOver(task);
  const maker = await opened;
  const { id, stretch } = task;
  if (stretch) return tell({ id, made: await maker.make(stretch) });
  await maker.flush();
  tell({ id, flushed: true });
};

process.on('message', (task: MakingTask) => {
  work(task).catch((error: unknown) =>
    tell({ id: task.id, broken: error instanceof Error ? error : new Error(String(error)) }),
  );
});
process.on('disconnect', () => process.exit(0));
// What ends a command may reach all its processes at once; the parent decides when its workers end.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

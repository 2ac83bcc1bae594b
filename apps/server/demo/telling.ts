import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasCases } from '#areas/elv/vehicle-case/server/case-list.store.ts';
import type { Db } from '#kernel/db/database.ts';
import type { Settings } from '../settings.ts';
import { tellingMark } from './telling-mark.ts';

/** What telling the demo's past needs to know. */
export interface Telling {
  readonly db: Db;
  readonly databaseUrl: string;
  /** Where the simulators remember; they are not running yet. */
  readonly stateFile: string;
}

/** A demo's past about to be told, or told. */
export interface Told {
  /** Resolves when it is told. Errors: rejects when the program that tells ends badly; what it says stands on our own output. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

const tellApart = ({ databaseUrl, stateFile }: Telling): Told => {
  const child = fork(join(import.meta.dirname, 'main.ts'), [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, TELLING_DATABASE_URL: databaseUrl, STATE_FILE: stateFile },
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  return {
    done: ended.then((code) => {
      if (code !== 0) throw new Error(`演示数据没有备好（退出码 ${code}）`);
    }),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

/** Tells the demo's past by a program of its own where there are no cases yet, see `main.ts`. */
export const tellDemo = async (settings: Settings, telling: Telling): Promise<Told> => {
  const cutOff = settings.databaseUrl === null && tellingMark(settings.dataDir).stands();
  if (cutOff) rmSync(telling.stateFile, { force: true });
  if (settings.demoCases === 0 || (await hasCases(telling.db))) {
    return { done: Promise.resolve(), stop: async () => undefined };
  }
  return tellApart(telling);
};

import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The product as it is shipped: a program of its own with its own database and simulators, on a folder that outlives it. */
export interface ChildProduct {
  readonly url: string;
  /** The serving user's address of its embedded database. */
  databaseUrl(): string;
  /** Starts it and resolves when it serves. Errors: rejects with what it said when it ended instead. */
  start(): Promise<void>;
  /** Ends the server at a stroke; its database goes on. */
  killServer(): Promise<void>;
  /** Ends the database server at a stroke. */
  killDatabase(): void;
  /** Asks it to end, and removes its folder. */
  close(): Promise<void>;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  text: string;
  over: boolean;
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const launched = (folder: string, port: number): Running => {
  // The test runner has a MODE of its own.
  const env = {
    ...process.env,
    MODE: 'demo',
    DATA_DIR: folder,
    PORT: String(port),
    SIMULATORS_PORT: '0',
    DEMO_CASES: '0',
  };
  const child = spawn(process.execPath, [join(import.meta.dirname, '../apps/server/main.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const running: Running = {
    child,
    text: '',
    over: false,
    ended: new Promise((resolve) => child.once('exit', resolve)),
  };
  void running.ended.then(() => {
    running.over = true;
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (piece: Buffer) => {
      running.text += piece.toString();
    });
  }
  return running;
};

/** A product on a folder of its own, not started yet. */
export const aChildProduct = async (): Promise<ChildProduct> => {
  const folder = mkdtempSync(join(tmpdir(), 'hushang-child-'));
  // The database's own user must be able to walk through this folder.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const postgres = join(folder, 'postgres');
  let running: Running | undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    databaseUrl: () => {
      const { app }: { app: string } = JSON.parse(readFileSync(join(postgres, 'secrets.json'), 'utf8'));
      return `postgres://hushang_app:${app}@127.0.0.1:${readFileSync(join(postgres, 'port'), 'utf8').trim()}/hushang`;
    },
    start: async () => {
      const starting = launched(folder, port);
      running = starting;
      while (!starting.text.includes('已启动（')) {
        if (starting.over) throw new Error(`ended before it was up: ${starting.text}`);
        await pause(50);
      }
    },
    killServer: async () => {
      running?.child.kill('SIGKILL');
      await running?.ended;
    },
    killDatabase: () => {
      const [pid] = readFileSync(join(postgres, 'data/postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGKILL');
    },
    close: async () => {
      running?.child.kill('SIGTERM');
      await running?.ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The product's folder this bench stands in. */
export const home = join(import.meta.dirname, '..');

/** The first of the ports that are used; another one lets two benches run side by side. */
const firstPort = Number(process.env.BENCH_PORT ?? 18_110);

/** How the product is started; the rest is as shipped. */
export interface ProductStart {
  /** The product's folder; a copy for a start from nothing. */
  readonly home: string;
  readonly dataDir: string;
  /** Settings beside `MODE=demo`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Which of several running at once, from 0. */
  readonly place?: number;
}

/** The product, running as a program of its own. */
export interface RunningProduct {
  readonly url: string;
  readonly simulatorsUrl: string;
  /** The server's process; database and simulators are others. */
  readonly pid: number;
  readonly dataDir: string;
  /** Seconds from the command to the line that says it is up. */
  readonly startSeconds: number;
  /** Errors: rejects when the product does not end well. */
  stop(): Promise<void>;
}

/** A throwaway folder that the database's own user can walk through. */
export const throwawayFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'hushang-bench-'));
  chmodSync(folder, 0o755);
  return folder;
};

/** Takes a throwaway folder away again. */
export const discard = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Starts the product by its own entry point. Errors: rejects with what it said when it does not come up. */
export const startProduct = ({
  home: folder,
  dataDir,
  settings = {},
  place = 0,
}: ProductStart): Promise<RunningProduct> =>
  new Promise((resolve, reject) => {
    const [port, simulatorsPort] = [firstPort + 2 * place, firstPort + 2 * place + 1];
    const began = performance.now();
    // With the flags this program was given itself, which are those of every program.
    const child = spawn(process.execPath, [...process.execArgv, 'apps/server/main.ts'], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        ...(process.env.MALLOC_ARENA_MAX ? { MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX } : {}),
        MODE: 'demo',
        DATA_DIR: dataDir,
        PORT: String(port),
        SIMULATORS_PORT: String(simulatorsPort),
        // The load comes from one machine but stands for many, whose addresses are told the way a reverse proxy tells them.
        TRUSTED_PROXIES: '127.0.0.1',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    const ended = new Promise<number | null>((done) => child.once('exit', done));
    const hear = (piece: Buffer): void => {
      text += piece.toString();
      if (!text.includes('已启动（')) return;
      resolve({
        url: `http://127.0.0.1:${port}`,
        simulatorsUrl: `http://127.0.0.1:${simulatorsPort}`,
        pid: child.pid ?? 0,
        dataDir,
        startSeconds: (performance.now() - began) / 1000,
        stop: async () => {
          child.kill('SIGTERM');
          const code = await ended;
          if (code !== 0) throw new Error(`the product ended with ${code}: ${text}`);
        },
      });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    void ended.then((code) => reject(new Error(`the product did not come up (${code}): ${text}`)));
  });

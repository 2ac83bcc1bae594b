import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { outsideVariables } from '#apps/server/outside-addresses.ts';
import { oneStopClient } from '#apps/simulators/one-stop/door.ts';
import { simulatedClient } from '#apps/simulators/sign-on/client.ts';
import type { LinkKeys } from '#kernel/connector/link.ts';

/** A process of the product beside another one: the same database, keys, files and outside systems. */
export interface ProcessBeside {
  readonly url: string;
  /** Ends it at a stroke. */
  kill(): Promise<void>;
  /** Asks it to end; what it was told is in the answer. */
  stop(): Promise<string>;
}

/** The product as it is shipped: a program of its own with its own database and simulators, on a folder that outlives it. */
export interface ChildProduct {
  readonly url: string;
  /** The serving user's address of its embedded database. */
  databaseUrl(): string;
  /** Starts it and resolves when it serves. Errors: rejects with what it said when it ended instead. */
  start(): Promise<void>;
  /** Ends the server at a stroke; its database goes on. */
  killServer(): Promise<void>;
  /** Ends the database server at a stroke, or as the signal says (SIGINT: fast, SIGQUIT: immediately). */
  killDatabase(signal?: NodeJS.Signals): void;
  /** Processes the server has for one kind of task each; the simulators are none of them. */
  workers(): readonly number[];
  /** What its simulators remember. */
  readonly stateFile: string;
  /** Starts a process beside it, with duties of its own. */
  beside(duties: 'all' | 'serve' | 'work'): Promise<ProcessBeside>;
  /** Asks it to end, and removes its folder. */
  close(): Promise<void>;
}

/** A process that was started, and what it has said. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  text: string;
  over: boolean;
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/** A port nobody listens on, below those that go out: a connection of somebody else would take it before it is listened on. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = 20_000 + randomInt(12_000);
    if (await isFree(port)) return port;
  }
};

const ownHome = join(import.meta.dirname, '..');

/** Starts the program with settings, as it lies in a folder; this one unless told. */
export const launched = (settings: Readonly<Record<string, string>>, home = ownHome): Running => {
  const child = spawn(process.execPath, [join(home, 'apps/server/main.ts')], {
    cwd: home,
    // The test runner has a MODE of its own.
    env: { ...process.env, MODE: 'demo', DEMO_CASES: '0', ...settings },
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

/** Resolves when it serves. Errors: rejects with what it said when it ended instead. */
export const up = async (running: Running): Promise<void> => {
  while (!running.text.includes('已启动（')) {
    if (running.over) throw new Error(`ended before it was up: ${running.text}`);
    await pause(50);
  }
};

/** Ends a process and resolves when it is gone. */
export const ended = async ({ child, ended: end }: Running, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
  child.kill(signal);
  await end;
};

/** Notes the keys of the bundled simulators as those of real systems are: a process beside is told where they are, and takes them for such. */
const agreedKeys = (folder: string, systems: readonly string[]): string => {
  const { ours, peer, sealKey }: LinkKeys = JSON.parse(readFileSync(join(folder, 'link-keys.json'), 'utf8'));
  const peers = systems.map((id) => [id, { appId: `sim-${id}`, publicKey: peer.publicKey, sealKey }]);
  const file = join(folder, `agreed-keys-${systems.length}.json`);
  writeFileSync(file, JSON.stringify({ privateKey: ours.privateKey, peers: Object.fromEntries(peers) }));
  return file;
};

/** The settings by which a process meets the bundled simulators as it would real systems, those it knows; their keys lie in the folder. */
export const outsideSettings = (
  folder: string,
  simulators: string,
  systems: readonly string[] = Object.keys(outsideVariables),
): Readonly<Record<string, string>> => {
  const secretFile = join(folder, 'sign-on.secret');
  writeFileSync(secretFile, simulatedClient.clientSecret);
  return {
    ...Object.fromEntries(Object.values(outsideVariables).map((name) => [name, simulators])),
    LINK_KEYS_FILE: agreedKeys(folder, systems),
    ONE_STOP_AUTHORIZE_URL: simulators + oneStopClient.authorizePath,
    SIGN_ON_TITLE: simulatedClient.title,
    SIGN_ON_ISSUER: simulators + simulatedClient.issuerPath,
    SIGN_ON_CLIENT_ID: simulatedClient.clientId,
    SIGN_ON_CLIENT_SECRET_FILE: secretFile,
    SIGN_ON_IDENTITY_CLAIM: simulatedClient.identityClaim,
  };
};

/** Starts a process of the product as it lies in a folder, this one unless told, and resolves when it serves. Errors: rejects with what it said when it ended instead. */
export const aProcess = async (settings: Readonly<Record<string, string>>, home?: string): Promise<ProcessBeside> => {
  const port = await freePort();
  const one = launched({ ...settings, PORT: String(port) }, home);
  await up(one);
  return {
    url: `http://127.0.0.1:${port}`,
    kill: () => ended(one, 'SIGKILL'),
    stop: async () => {
      await ended(one, 'SIGTERM');
      return one.text;
    },
  };
};

const workersOf = (server: number | undefined): readonly number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, ...command]) => Number(parent) === server && command.join(' ').endsWith('worker.ts'))
    .map(([pid]) => Number(pid));

/** A product on a folder of its own, its database and files on another where one is given; not started yet. All its processes have the settings given. */
export const aChildProduct = async (
  settings: Readonly<Record<string, string>> = {},
  bulk?: string,
): Promise<ChildProduct> => {
  const folder = mkdtempSync(join(tmpdir(), 'hushang-child-'));
  if (bulk !== undefined) {
    for (const name of ['postgres', 'files']) {
      mkdirSync(join(bulk, name));
      symlinkSync(join(bulk, name), join(folder, name));
    }
  }
  // The database's own user must be able to walk through this folder.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const simulatorsPort = Number(settings.SIMULATORS_PORT ?? (await freePort()));
  const postgres = join(folder, 'postgres');
  const addressOf = (user: 'app' | 'owner'): string => {
    const secrets: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(postgres, 'secrets.json'), 'utf8'));
    const databasePort = readFileSync(join(postgres, 'port'), 'utf8').trim();
    return `postgres://hushang_${user}:${secrets[user]}@127.0.0.1:${databasePort}/hushang`;
  };
  let running: Running | undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    databaseUrl: () => addressOf('app'),
    start: async () => {
      running = launched({
        ...settings,
        DATA_DIR: folder,
        PORT: String(port),
        SIMULATORS_PORT: String(simulatorsPort),
      });
      await up(running);
    },
    killServer: async () => {
      if (running) await ended(running, 'SIGKILL');
    },
    beside: (duties) =>
      aProcess({
        ...settings,
        DUTIES: duties,
        DATA_DIR: folder,
        DATABASE_URL: addressOf('app'),
        DATABASE_OWNER_URL: addressOf('owner'),
        ...outsideSettings(folder, `http://127.0.0.1:${simulatorsPort}`),
      }),
    killDatabase: (signal = 'SIGKILL') => {
      const [pid] = readFileSync(join(postgres, 'data/postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), signal);
    },
    workers: () => workersOf(running?.child.pid),
    stateFile: join(folder, 'simulators.jsonl'),
    close: async () => {
      if (running) await ended(running, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

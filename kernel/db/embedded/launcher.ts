import { type SpawnOptions, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { readyBinaries } from './binaries.ts';
import { databaseUser, type OsUser } from './os-user.ts';
import { findPostmaster } from './postmaster.ts';

/** How to start the embedded database. `durable: false` is for tests: quick, and lost with the machine. */
export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly cacheDir: string;
  readonly durable: boolean;
}

/** A running embedded database. `adopted` tells that it was running already. */
export interface Embedded {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly appUser: string;
  readonly adopted: boolean;
  /** Where its data lie. */
  readonly folder: string;
  /** Throws away everything in the database and leaves an empty one. */
  startOver(): Promise<void>;
  /** Starts it again at its address where it has ended unasked; whether it had. Errors: rejects when it does not come up. */
  revive(): Promise<boolean>;
  stop(): Promise<void>;
}

interface Secrets {
  readonly owner: string;
  readonly app: string;
}

const ownerUser = 'hushang_owner';
const appUser = 'hushang_app';
const databaseName = 'hushang';

/** A folder the database user can reach: the wanted one, or a fixed one of its own when a parent folder is closed to others. */
export const reachable = (wanted: string, user: OsUser | undefined): string => {
  mkdirSync(wanted, { recursive: true });
  if (!user) return wanted;
  for (let folder = wanted; folder !== '/'; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return join('/var/lib/hushang-supervision', sm3Hex(wanted).slice(0, 12));
  }
  return wanted;
};

const run = (program: string, args: readonly string[], user: OsUser | undefined, home: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const options: SpawnOptions = {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      cwd: home,
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', HOME: home, TZ: 'UTC' },
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    };
    const child = spawn(program, args, options);
    let text = '';
    child.stdout?.on('data', (piece: Buffer) => {
      text += piece.toString();
    });
    child.stderr?.on('data', (piece: Buffer) => {
      text += piece.toString();
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      // The server keeps the pipes of pg_ctl open; the exit of pg_ctl itself is what counts.
      child.stdout?.destroy();
      child.stderr?.destroy();
      if (code === 0) resolve();
      else reject(new Error(`${program.split('/').at(-1)} 退出码 ${code}：${text.slice(-800)}`));
    });
  });

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

const readSecrets = (home: string): Secrets => {
  const file = join(home, 'secrets.json');
  if (!existsSync(file)) {
    writeFileSync(
      file,
      JSON.stringify({ owner: randomBytes(24).toString('base64url'), app: randomBytes(24).toString('base64url') }),
      { mode: 0o600 },
    );
  }
  // Written just above or by an earlier start.
  return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
};

const urlOf = (user: string, password: string, port: number, name: string): string =>
  `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;

const answers = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  // A server that goes away while we look is simply not answering.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

const initialise = async (
  bin: string,
  data: string,
  home: string,
  secrets: Secrets,
  user: OsUser | undefined,
): Promise<void> => {
  if (existsSync(join(data, 'global', 'pg_control'))) return;
  rmSync(data, { recursive: true, force: true });
  const passwordFile = join(home, 'owner.password');
  writeFileSync(passwordFile, secrets.owner, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  try {
    await run(
      join(bin, 'initdb'),
      [
        '-D',
        data,
        '-U',
        ownerUser,
        '-A',
        'scram-sha-256',
        `--pwfile=${passwordFile}`,
        '-E',
        'UTF8',
        '--data-checksums',
        '--locale-provider=icu',
        '--icu-locale=zh-Hans-CN',
        '--no-instructions',
        '-N',
      ],
      user,
      home,
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
};

const serverSettings = (port: number, durable: boolean): string =>
  [
    ['listen_addresses', '127.0.0.1'],
    ['unix_socket_directories', ''],
    ['port', String(port)],
    ['timezone', 'UTC'],
    ['log_timezone', 'UTC'],
    ['max_connections', '120'],
    ['shared_buffers', durable ? '256MB' : '128MB'],
    ['effective_cache_size', '2GB'],
    ['work_mem', '16MB'],
    ['random_page_cost', '1.1'],
    ['max_wal_size', '2GB'],
    ['log_min_messages', 'warning'],
    ...(durable
      ? []
      : [
          ['fsync', 'off'],
          ['synchronous_commit', 'off'],
          ['full_page_writes', 'off'],
        ]),
  ]
    .map(([name, value]) => `-c ${name}='${value}'`)
    .join(' ');

const rememberedPort = async (home: string): Promise<number> => {
  const file = join(home, 'port');
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return port > 0 && (await isFree(port)) ? port : freePort();
};

const ensureDatabase = async (adminUrl: string, secrets: Secrets): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const roles = await client.query('select 1 from pg_roles where rolname = $1', [appUser]);
    if (roles.rowCount === 0) await client.query(`create role ${appUser} login password '${secrets.app}'`);
    const databases = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (databases.rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
};

const dropDatabase = async (adminUrl: string): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`drop database ${databaseName} with (force)`);
  } finally {
    await client.end();
  }
};

/** Ends a server that does not answer. One that was killed may need a moment to be gone: pg_ctl then fails, and all is well. */
const putDown = async (bin: string, data: string, user: OsUser | undefined, home: string): Promise<void> => {
  try {
    await run(join(bin, 'pg_ctl'), ['stop', '-D', data, '-m', 'immediate', '-w', '-t', '20'], user, home);
  } catch (error) {
    if (findPostmaster(data)) throw error;
  }
};

/** Starts the embedded PostgreSQL, or adopts the one that is running on the same folder. */
export const startEmbedded = async ({ dataDir, cacheDir, durable }: EmbeddedOptions): Promise<Embedded> => {
  const user = databaseUser();
  const home = reachable(join(dataDir, 'postgres'), user);
  mkdirSync(home, { recursive: true });
  if (user) chownSync(home, user.uid, user.gid);
  const bin = join(readyBinaries(reachable(cacheDir, user)), 'bin');
  accessSync(join(bin, 'postgres'), constants.X_OK);
  const secrets = readSecrets(home);
  const data = join(home, 'data');
  await initialise(bin, data, home, secrets, user);

  const begin = async (port: number): Promise<void> => {
    const log = join(home, 'postgres.log');
    closeSync(openSync(log, 'a'));
    if (user) chownSync(log, user.uid, user.gid);
    const start = ['start', '-D', data, '-w', '-t', '60', '-s', '-l', log, '-o', serverSettings(port, durable)];
    await run(join(bin, 'pg_ctl'), start, user, home);
  };
  const living = findPostmaster(data);
  const adopted = living !== undefined && (await answers(urlOf(ownerUser, secrets.owner, living.port, 'postgres')));
  const port = adopted ? living.port : await rememberedPort(home);
  if (!adopted) {
    if (findPostmaster(data)) await putDown(bin, data, user, home);
    await begin(port);
    writeFileSync(join(home, 'port'), String(port));
  }
  const adminUrl = urlOf(ownerUser, secrets.owner, port, 'postgres');
  await ensureDatabase(adminUrl, secrets);
  return {
    ownerUrl: urlOf(ownerUser, secrets.owner, port, databaseName),
    appUrl: urlOf(appUser, secrets.app, port, databaseName),
    appUser,
    adopted,
    folder: home,
    startOver: async () => {
      await dropDatabase(adminUrl);
      await ensureDatabase(adminUrl, secrets);
    },
    revive: async () => {
      if (findPostmaster(data)) return false;
      await begin(port);
      return true;
    },
    stop: async () => {
      if (findPostmaster(data))
        await run(join(bin, 'pg_ctl'), ['stop', '-D', data, '-m', 'fast', '-w', '-t', '30'], user, home);
    },
  };
};

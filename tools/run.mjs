/**
 * Runs one program of the project, from a fresh clone on: packages are installed when they are missing or stale, then the project's own
 * Node takes over. Plain JavaScript without imports from packages, because it runs on the system's Node before anything is installed.
 *
 *     node tools/run.mjs <program> [arguments…]
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const binaries = join(root, 'node_modules', '.bin');

/** @typedef {{ version?: string, optional?: boolean, link?: boolean }} LockedPackage */

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage>}
 */
const packagesOf = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages;

/** Whether what is installed differs from the lock file; npm leaves its own lock file when an installation is whole. */
const isStale = () => {
  const installed = join('node_modules', '.package-lock.json');
  if (!existsSync(join(root, installed))) return true;
  const wanted = Object.entries(packagesOf('package-lock.json')).filter(([path]) => path !== '');
  const present = packagesOf(installed);
  const missing = wanted.some(([path, { version, optional }]) => !optional && present[path]?.version !== version);
  const locked = new Map(wanted);
  return missing || Object.entries(present).some(([path, { version }]) => locked.get(path)?.version !== version);
};

const pathWithout = (/** @type {string} */ folder) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((one) => one !== folder)
    .join(delimiter);

const install = () => {
  console.log('依赖包缺失或已过期，正在安装（npm ci）……');
  const began = Date.now();
  // npm must not run on the very Node it is about to remove.
  const env = { ...process.env, PATH: pathWithout(binaries) };
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`依赖包安装失败${error ? `：${error.message}` : ''}。请检查网络和 npm 仓库设置后重试。`);
    process.exit(status ?? 1);
  }
  console.log(`依赖包已装好，用时 ${Math.round((Date.now() - began) / 1000)} 秒`);
};

/** The Node that runs TypeScript: the project's own package, or this one where no such package exists for the machine. */
const projectNode = () => {
  const own = join(binaries, 'node');
  if (existsSync(own)) return own;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  console.error(`本机（${process.platform}-${process.arch}）没有随带的 Node，请安装 Node 22.18 以上版本后重试`);
  return process.exit(1);
};

/**
 * What every program is given. Left alone, Node lets a busy server grow to six times what it holds before it collects; these keep it
 * to about four times, for some more of the server's processor time. Measured with `npm run bench`.
 */
const nodeFlags = ['--max-semi-space-size=16', '--heap-growing-percent=25'];

const handOver = (/** @type {readonly string[]} */ argumentsGiven) => {
  // Without a limit glibc keeps freed memory apart for every thread, some fifty megabytes of a busy server.
  const env = { MALLOC_ARENA_MAX: '2', ...process.env, PATH: `${binaries}${delimiter}${pathWithout(binaries)}` };
  // Not detached: the program stays in our process group, so that Ctrl-C in a terminal reaches it as well.
  const child = spawn(projectNode(), [...nodeFlags, ...argumentsGiven], { env, stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`无法启动：${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
};

if (isStale()) install();
handOver(process.argv.slice(2));

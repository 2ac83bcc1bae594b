import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** The built pages, each a folder below `dist/` named as its program below `apps/`. */
export interface Pages {
  /** Holds `index.html` and `assets/`. */
  readonly desk: string;
  /** The same, and what makes it a program of the phone: `sw.js`, `manifest.webmanifest`, icons. */
  readonly phone: string;
  /** The citizens' phone: `index.html`, `assets/` and an icon. */
  readonly citizen: string;
}

const programs = { desk: 'desk-web', phone: 'yard-phone', citizen: 'citizen-phone' } as const satisfies Record<
  keyof Pages,
  string
>;

const shared = ['web-kit', 'areas', 'practices', 'kernel', 'connectors', 'package-lock.json'];

const filesBelow = (path: string): readonly string[] => {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter(
      (entry) =>
        entry.isFile() && !/\/(server|node_modules)(\/|$)/.test(entry.parentPath) && !/\.test\.tsx?$/.test(entry.name),
    )
    .map((entry) => join(entry.parentPath, entry.name));
};

/** Never what the building process was started with: a test runner's would make the slow pages that developers use, with one name for all dialogs. */
const mode = 'production';

/** One digest over everything a program's pages are built from. */
const digestOf = (home: string, program: string): string => {
  const hash = createHash('sm3').update(`${mode}\n`);
  const sources = [`apps/${program}`, ...shared];
  for (const file of sources.flatMap((source) => filesBelow(join(home, source))).sort()) {
    hash.update(`${relative(home, file)}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
};

const runBuild = (home: string, program: string, into: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const vite = join(home, 'node_modules/vite/bin/vite.js');
    const config = join(home, 'apps', program, 'vite.config.ts');
    const args = [vite, 'build', '--config', config, '--outDir', into, '--emptyOutDir', '--logLevel', 'error'];
    const env = { ...process.env, NODE_ENV: mode };
    const child = spawn(process.execPath, args, { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (text += piece.toString()));
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`页面构建失败：${text.slice(-2_000)}`))));
  });

const packed = promisify(gzip);

/** Lays a compressed copy beside every script and style sheet, once, so that no request waits for compressing. */
const compress = async (folder: string): Promise<void> => {
  const files = filesBelow(join(folder, 'assets')).filter((file) => /\.(js|css)$/.test(file));
  await Promise.all(files.map(async (file) => writeFile(`${file}.gz`, await packed(await readFile(file)))));
};

const ensure = async (home: string, program: string, onBuild: () => void): Promise<string> => {
  const folder = join(home, 'dist', program);
  const stamp = join(folder, '.digest');
  const digest = digestOf(home, program);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return folder;
  onBuild();
  // Apart, and put in its place when it is whole: several servers may start from one folder at the same moment.
  const aside = (name: string): string => join(home, 'dist', `.${name}-${program}-${process.pid}`);
  const [making, old] = [aside('making'), aside('old')];
  await runBuild(home, program, making);
  await compress(making);
  writeFileSync(join(making, '.digest'), digest);
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(making, folder);
  rmSync(old, { recursive: true, force: true });
  return folder;
};

/** Builds the pages whose sources have changed since the last build; answers their folders. */
export const ensurePages = async (home: string, onBuild: () => void): Promise<Pages> => {
  let told = false;
  const tellOnce = (): void => {
    if (!told) onBuild();
    told = true;
  };
  const [desk, [phone, citizen]] = await Promise.all([
    ensure(home, programs.desk, tellOnce),
    // One after the other beside the desk, which takes as long as both.
    ensure(home, programs.phone, tellOnce).then(
      async (built) => [built, await ensure(home, programs.citizen, tellOnce)] as const,
    ),
  ]);
  return { desk, phone, citizen };
};

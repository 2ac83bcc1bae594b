import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const sources = ['apps/desk-web', 'web-kit', 'areas', 'practices', 'kernel', 'connectors', 'package-lock.json'];

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

/** Never what the building process was started with: a test runner's would make the slow desk that developers use, with one name for all dialogs. */
const mode = 'production';

/** One digest over everything the desk is built from. */
const digestOf = (home: string): string => {
  const hash = createHash('sm3').update(`${mode}\n`);
  for (const file of sources.flatMap((source) => filesBelow(join(home, source))).sort()) {
    hash.update(`${relative(home, file)}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
};

const runBuild = (home: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const vite = join(home, 'node_modules/vite/bin/vite.js');
    const args = [vite, 'build', '--config', join(home, 'apps/desk-web/vite.config.ts'), '--logLevel', 'error'];
    const env = { ...process.env, NODE_ENV: mode };
    const child = spawn(process.execPath, args, { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (text += piece.toString()));
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`页面构建失败：${text.slice(-2_000)}`))));
  });

/** Builds the desk when its sources have changed since the last build; answers its folder. */
export const ensureDesk = async (home: string, onBuild: () => void): Promise<{ readonly folder: string }> => {
  const folder = join(home, 'dist/desk-web');
  const stamp = join(folder, '.digest');
  const digest = digestOf(home);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return { folder };
  onBuild();
  await runBuild(home);
  writeFileSync(stamp, digest);
  return { folder };
};

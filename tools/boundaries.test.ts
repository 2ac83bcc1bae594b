import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));

/** One planted violation for every rule: the rule, the file that breaks it, what that file says. */
const planted: readonly (readonly [rule: string, file: string, text: string])[] = [
  [
    'kernel-knows-no-business',
    'kernel/a.ts',
    `import type { T } from '#areas/one/first/model/t.ts';\nexport type A = T;`,
  ],
  ['practices-know-no-area', 'practices/p/model/a.ts', `export type { T } from '#areas/one/first/model/t.ts';`],
  ['connectors-know-no-area', 'connectors/c/a.ts', `export type { T } from '#areas/one/first/model/t.ts';`],
  ['areas-are-islands', 'areas/two/only/model/a.ts', `export type { T } from '#areas/one/first/model/t.ts';`],
  ['features-meet-by-their-model', 'areas/one/second/server/a.ts', `export { s } from '../../first/server/s.ts';`],
  ['areas-know-no-app', 'areas/one/second/server/b.ts', `export { app } from '#apps/server/app.ts';`],
  ['model-is-pure', 'areas/one/first/model/b.ts', `export { s } from '../server/s.ts';`],
  ['model-needs-no-machine', 'areas/one/first/model/c.ts', `export { sql } from 'kysely';`],
  ['model-needs-no-node', 'areas/one/first/model/d.ts', `export { readFileSync } from 'node:fs';`],
  ['screens-never-touch-the-server', 'areas/one/first/web/A.tsx', `export { s } from '../server/s.ts';`],
  ['screens-never-touch-the-server', 'areas/one/first/mobile/A.tsx', `export { s } from '../server/s.ts';`],
  ['features-meet-by-their-model', 'areas/one/second/server/c.ts', `export { Tap } from '../../first/mobile/Tap.tsx';`],
  ['sql-in-stores-only', 'areas/one/first/server/a.handlers.ts', `export { sql } from 'kysely';`],
  ['wires-in-connectors-only', 'areas/one/first/server/b.ts', `export { request } from 'node:https';`],
  ['simulators-stand-outside', 'apps/simulators/a.ts', `export type { T } from '#areas/one/first/model/t.ts';`],
  ['tests-are-not-imported', 'areas/one/first/server/c.ts', `export { t } from './s.test.ts';`],
  ['no-barrels', 'areas/one/first/server/index.ts', `export { s } from './s.ts';`],
  ['no-cycles', 'areas/one/first/server/d.ts', `import { e } from './e.ts';\nexport const d = () => e;`],
  ['no-unresolved', 'areas/one/first/server/f.ts', `export { nothing } from './nothing.ts';`],
];

/** What the violations lead to, and what is allowed: none of it may be reported. */
const innocent: Readonly<Record<string, string>> = {
  'areas/one/first/model/t.ts': `export type T = string;`,
  'areas/one/first/server/s.ts': `export const s = 1;`,
  'areas/one/first/server/s.test.ts': `export { app as t } from '#apps/server/app.ts';`,
  'areas/one/first/server/e.ts': `import { d } from './d.ts';\nexport const e = () => d;`,
  'areas/one/first/server/s.store.ts': `export { sql } from 'kysely';`,
  'areas/one/second/model/a.ts': `export type { T } from '../../first/model/t.ts';`,
  'areas/one/first/web/routes.ts': `export const route = () => import('./Page.tsx');`,
  'areas/one/first/web/Page.tsx': `export { route as Page } from './routes.ts';`,
  'areas/one/first/mobile/Tap.tsx': `export type { T as Tap } from '../model/t.ts';`,
  'apps/server/app.ts': `export const app = 1;`,
  'connectors/c/wire.ts': `export { request } from 'node:https';`,
};

const Report = z.object({
  summary: z.object({ violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })) }),
});

const folder = mkdtempSync(join(tmpdir(), 'hushang-boundaries-'));
let found: readonly string[] = [];

beforeAll(() => {
  for (const file of ['package.json', 'tsconfig.base.json', '.dependency-cruiser.mjs'])
    copyFileSync(join(root, file), join(folder, file));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const files = [...Object.entries(innocent), ...planted.map(([, file, text]) => [file, text] as const)];
  for (const [file, text] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${text}\n`);
  }
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [cruiser, '--config=.dependency-cruiser.mjs', '--output-type=json', '.'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  found = Report.parse(JSON.parse(stdout)).summary.violations.map(({ from, rule }) => `${rule.name} ${from}`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(planted)('T3.1: the boundary %s is kept: %s is refused', (rule, file) => {
  expect(found).toContain(`${rule} ${file}`);
});

test('T3.1: what the boundaries allow is not refused', () => {
  const accused = found.map((line) => line.split(' ')[1]);
  const cycle = 'areas/one/first/server/e.ts';
  expect(Object.keys(innocent).filter((file) => file !== cycle && accused.includes(file))).toEqual([]);
});

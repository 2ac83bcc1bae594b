/**
 * Writes what the product is built of: dist/sbom/sbom.cdx.json (CycloneDX 1.5, run-time packages) and dist/sbom/licences.md. Needs no network.
 *
 *     npm run sbom [-- FOLDER]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { atRunTime, billSchema, licenceNames, licencesDocument, withoutPlaces } from './sbom/licences.ts';

const home = fileURLToPath(new URL('..', import.meta.url));
const folder = resolve(home, process.argv[2] ?? 'dist/sbom');

const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--offline'], {
  cwd: home,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const lock = z
  .object({ packages: z.record(z.string(), z.looseObject({})) })
  .parse(JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8')));
const bom = withoutPlaces(atRunTime(billSchema.parse(JSON.parse(text)), lock.packages));
const components = licenceNames(bom);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(bom, null, 2)}\n`);
writeFileSync(join(folder, 'licences.md'), licencesDocument(components));
console.log(`${components.length} 个软件包：${join(folder, 'sbom.cdx.json')}、${join(folder, 'licences.md')}`);
const unknown = components.filter(({ licence }) => licence === null);
if (unknown.length > 0) {
  console.error(`没有写明许可证的软件包：${unknown.map(({ name }) => name).join('、')}`);
  process.exitCode = 1;
}

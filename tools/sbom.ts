/**
 * Writes what the product is built of: dist/sbom/sbom.cdx.json (CycloneDX 1.5, run-time packages), dist/sbom/licences.md, and dist/sbom/audit.md: what the registry knows of
 * vulnerabilities in these packages. Without network, or with --offline, the last is left out and it is said so.
 *
 *     npm run sbom [-- FOLDER] [--offline]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { auditDocument, isGrave, readAudit } from './sbom/audit.ts';
import { atRunTime, billSchema, licenceNames, licencesDocument, withoutPlaces } from './sbom/licences.ts';

const home = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { offline: { type: 'boolean', default: false } },
});
const folder = resolve(home, positionals[0] ?? 'dist/sbom');

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

const audit = (): void => {
  const file = join(folder, 'audit.md');
  // One of an earlier day must not stand beside the bill of today.
  rmSync(file, { force: true });
  const asked = ['audit', '--omit', 'dev', '--json', '--fetch-retries', '0', '--fetch-timeout', '30000'];
  const { stdout } = spawnSync('npm', asked, { cwd: home, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const report = readAudit(stdout);
  if (report === null) {
    console.log('软件包登记处没有答复漏洞查询，未生成 audit.md；请在能连接登记处的机器上再运行一次。');
    return;
  }
  writeFileSync(file, auditDocument(report, new Date()));
  console.log(`带已知漏洞的软件包 ${Object.keys(report.vulnerabilities).length} 个：${file}`);
  if (isGrave(report)) process.exitCode = 1;
};

if (!values.offline) audit();

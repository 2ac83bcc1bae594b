import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditDocument, isGrave, readAudit } from './sbom/audit.ts';
import { licenceNames, withoutPlaces } from './sbom/licences.ts';

test('T4.2: the bill of run-time packages is CycloneDX, names their versions and licences, and no place they came from', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sbom-'));
  execFileSync(process.execPath, ['tools/sbom.ts', folder, '--offline'], { stdio: 'ignore' });
  const text = readFileSync(join(folder, 'sbom.cdx.json'), 'utf8');
  const bom = JSON.parse(text);
  expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' });
  const own = Object.entries<string>(JSON.parse(readFileSync('package.json', 'utf8')).dependencies);
  const named = licenceNames(bom).map(({ name, version }) => `${name} ${version}`);
  for (const [name, version] of own) expect(named).toContain(`${name} ${version}`);
  expect(text).not.toContain('"distribution"');
  expect(licenceNames(bom).filter(({ licence }) => licence === null)).toEqual([]);
  expect(readFileSync(join(folder, 'licences.md'), 'utf8')).toContain('## MIT');
  rmSync(folder, { recursive: true });
}, 60_000);

test('T4.2: expressions, names and missing licences are told apart', () => {
  const components = [
    { name: 'b', version: '1', licenses: [{ expression: 'MIT AND OFL-1.1' }] },
    { name: 'a', version: '2', licenses: [{ license: { name: 'Own' } }] },
    { name: 'c', version: '3' },
  ];
  expect(licenceNames({ components }).map(({ name, licence }) => [name, licence])).toEqual([
    ['a', 'Own'],
    ['b', 'MIT AND OFL-1.1'],
    ['c', null],
  ]);
  const references = [
    { type: 'distribution', url: 'x' },
    { type: 'vcs', url: 'y' },
  ];
  expect(withoutPlaces({ components: [{ externalReferences: references }] }).components[0]?.externalReferences).toEqual(
    [{ type: 'vcs', url: 'y' }],
  );
});

test('T4.2: known vulnerabilities are told, the gravest first; where the registry does not answer nothing is said to be well', () => {
  const one = (name: string, severity: string, via: readonly unknown[]) => ({ name, severity, range: '<2', via });
  const report = readAudit(
    JSON.stringify({
      auditReportVersion: 2,
      vulnerabilities: {
        a: one('a', 'low', ['b']),
        b: one('b', 'high', [{ title: 'Escapes its folder', url: 'https://example.org/1', range: '<2' }]),
      },
      metadata: {},
    }),
  );
  if (report === null) throw new Error('a report was expected');
  expect(isGrave(report)).toBe(true);
  const text = auditDocument(report, new Date('2026-11-24T00:00:00Z'));
  expect(text.indexOf('**高** b <2')).toBeGreaterThan(0);
  expect(text.indexOf('**低** a <2')).toBeGreaterThan(text.indexOf('Escapes its folder <https://example.org/1>'));
  expect(text).toContain('因其依赖 b');
  const none = readAudit('{"auditReportVersion":2,"vulnerabilities":{}}');
  expect(none && [isGrave(none), auditDocument(none, new Date(0)).includes('没有已知漏洞')]).toEqual([false, true]);
  for (const other of ['', '{"message":"405 Method Not Allowed"}', 'npm error']) expect(readAudit(other)).toBeNull();
});

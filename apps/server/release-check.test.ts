import { expect, test } from 'vitest';
import type { AuditFact } from '#kernel/audit/fact.ts';
import type { ReleaseState } from '#kernel/crypto/release-manifest.ts';
import { tellRelease } from './release-check.ts';

const intact: ReleaseState = {
  state: 'intact',
  checkedAt: new Date('2026-11-24T00:00:00Z'),
  version: '1',
  files: 3,
  fingerprint: 'ab',
  signatureGood: true,
  changed: [],
  missing: [],
  added: [],
};
const broken: ReleaseState = { ...intact, state: 'broken', changed: ['kernel/a.ts'], added: ['areas/evil.ts'] };
const none: ReleaseState = { ...intact, state: 'none', files: 0, fingerprint: null, signatureGood: false };

const told = async (state: ReleaseState, mode: 'demo' | 'production', releaseCheck: 'warn' | 'refuse') => {
  const [facts, said]: [AuditFact[], string[]] = [[], []];
  const leave = async (fact: AuditFact) => facts.push(fact);
  const refusal = await tellRelease(state, { mode, releaseCheck }, leave, (text) => said.push(text)).then(
    () => null,
    (error: Error) => error.message,
  );
  return { facts, said: said.join('\n'), refusal };
};

test('T5.3: a release as made is told to nobody; a missing manifest only in production', async () => {
  expect(await told(intact, 'production', 'refuse')).toEqual({ facts: [], said: '', refusal: null });
  expect(await told(none, 'demo', 'refuse')).toEqual({ facts: [], said: '', refusal: null });
  expect((await told(none, 'production', 'warn')).said).toContain('没有发布清单');
  expect((await told(none, 'production', 'refuse')).refusal).toContain('不启动');
});

test('T5.3: altered program files leave a security fact that names them, and keep from starting where that is set', async () => {
  const warned = await told(broken, 'demo', 'warn');
  expect(warned).toMatchObject({ refusal: null, said: expect.stringContaining('kernel/a.ts') });
  expect(warned.facts).toMatchObject([
    {
      kind: 'security',
      action: 'kernel.release.broken',
      outcome: 'failed',
      detail: { changed: ['kernel/a.ts'], added: ['areas/evil.ts'] },
    },
  ]);
  const refused = await told(broken, 'production', 'refuse');
  expect(refused.refusal).toMatch(/kernel\/a\.ts[\s\S]*areas\/evil\.ts[\s\S]*不启动/);
  expect(refused.facts).toHaveLength(1);
});

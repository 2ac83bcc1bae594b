import { expect, test } from 'vitest';
import { canonical } from '#kernel/audit/canonical.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { opensslAccepts } from '#testkit/openssl.ts';
import { issueCertificate, usual, type Wish } from '#testkit/sm2-authority.ts';
import { authorityFingerprint, type SignedTrail, signedTrail, trailSealOwner, verifyTrail } from './signed-trail.ts';
import { firstPrev, type Step, type StepBody, stepDigest } from './step.store.ts';

const crypto = softwareCrypto(Buffer.alloc(32, 7));
const pairs = [await crypto.newKeyPair(), await crypto.newKeyPair()];
const system = await crypto.newKeyPair();
const root = await issueCertificate({
  commonName: '测试签发',
  extensions: [usual.authority(0), usual.signsCertificates],
});
const certified = async (keys: typeof system, commonName: string, more: Partial<Wish> = {}) => {
  const { pem } = await issueCertificate({ commonName, issuer: root, keys, ...more });
  return { publicKey: keys.publicKey, pem, notBefore: new Date(0), notAfter: new Date(0) };
};
const seal = await certified(system, trailSealOwner);
const first = await certified(pairs[0] ?? system, 'u-1');
const third = await certified(pairs[1] ?? system, 'u-3');
const sign = async (digest: string) => ({
  publicKey: system.publicKey,
  signature: await crypto.signWith(system.privateKey, Buffer.from(digest)),
});

const aStep = async (seq: number, prev: string, pair: (typeof pairs)[number] | null): Promise<Step> => {
  const body: StepBody = {
    seq,
    stepKey: `key-${seq}`,
    action: 'pass',
    fromState: 'review',
    toState: 'review',
    round: 1,
    version: seq,
    actorId: pair === null ? 'system' : pair === pairs[0] ? 'u-1' : 'u-3',
    actorName: '陈审演示',
    actorOrganisationId: null,
    organisationName: null,
    at: new Date(`2026-11-2${seq}T02:00:00Z`),
    input: { reason: '材料齐全' },
    recordDigest: 'ab'.repeat(32),
    changes: [{ title: '号牌', before: '', after: '沪A12345' }],
    prev,
  };
  const digest = stepDigest('library.loan', 'c-1', body);
  const signature = pair ? await crypto.signWith(pair.privateKey, Buffer.from(digest)) : null;
  return { ...body, digest, publicKey: pair?.publicKey ?? null, signature };
};

const aTrail = async (issued = [seal, first, third], authority = root.pem): Promise<SignedTrail> => {
  const steps: Step[] = [];
  for (const [seq, pair] of [
    [1, pairs[0] ?? null],
    [2, null],
    [3, pairs[1] ?? null],
    [4, pairs[0] ?? null],
  ] as const)
    steps.push(await aStep(seq, steps.at(-1)?.digest ?? firstPrev, pair));
  const words = { actions: { pass: '通过' }, states: { review: '审核' } };
  const madeAt = new Date('2026-11-28T00:00:00Z');
  return signedTrail({ caseType: 'library.loan', caseId: 'c-1', caseNo: 'SC1', madeBy: '朱', words, madeAt }, steps, {
    sign,
    certificates: { authority: { ...seal, pem: authority }, issued },
  });
};

const faultsOf = (trail: unknown, systemKey?: string, authority?: string) =>
  verifyTrail(JSON.stringify(trail), { systemKey, authority }).faults.map(
    ({ seq, what }) => `${seq ?? 'whole'} ${what}`,
  );

test('T5.7: a trail as exported is whole, by our judgement and by OpenSSL’s', async () => {
  const trail = await aTrail();
  expect(verifyTrail(JSON.stringify(trail, null, 2))).toMatchObject({ faults: [], signed: 3, certified: 3 });
  expect(faultsOf(trail, system.publicKey)).toEqual([]);
  for (const { digest, publicKey, signature } of trail.steps) {
    if (publicKey === null || signature === null) continue;
    expect(opensslAccepts(publicKey, Buffer.from(digest), signature)).toBe(true);
    expect(opensslAccepts(publicKey, Buffer.from(digest.replace(/.$/, '?')), signature)).toBe(false);
  }
});

test('T5.7: what a person signs covers case, action, version, input, record, actor and time', async () => {
  const trail = await aTrail();
  const changes: readonly ((step: SignedTrail['steps'][number]) => object)[] = [
    () => ({ action: 'refuse' }),
    () => ({ toState: 'done' }),
    () => ({ version: 9 }),
    () => ({ round: 2 }),
    () => ({ input: { reason: '材料不齐' } }),
    () => ({ recordDigest: 'cd'.repeat(32) }),
    () => ({ actorId: 'u-9' }),
    () => ({ actorName: '他人' }),
    () => ({ at: '2026-11-23T02:00:01.000Z' }),
    () => ({ changes: [] }),
    () => ({ stepKey: 'other' }),
  ];
  for (const change of changes) {
    const steps = trail.steps.map((step) => (step.seq === 3 ? { ...step, ...change(step) } : step));
    expect(faultsOf({ ...trail, steps })).toContain('3 altered');
  }
  expect(faultsOf({ ...trail, caseId: 'c-2' })).toContain('1 altered');
});

test('T5.7: altered, removed, reordered, cut off and exchanged steps are each named', async () => {
  const trail = await aTrail();
  const [one, two, three, four] = trail.steps;
  if (!one || !two || !three || !four) throw new Error('four steps were made');
  expect(faultsOf({ ...trail, steps: [one, three, four] })).toContain('3 missing-or-reordered');
  expect(faultsOf({ ...trail, steps: [one, three, two, four] })).toContain('3 missing-or-reordered');
  expect(faultsOf({ ...trail, steps: [one, two, three] })).toEqual(['whole bad-seal']);
  const swapped = { ...three, signature: four.signature };
  expect(faultsOf({ ...trail, steps: [one, two, swapped, four] })).toContain('3 bad-signature');
  const unsigned = { ...three, signature: null };
  expect(faultsOf({ ...trail, steps: [one, two, unsigned, four] })).toContain('3 bad-signature');
  // Whoever takes signature and key away, or signs with a key of his own, breaks the system's seal.
  const bare = { ...three, signature: null, publicKey: null };
  expect(faultsOf({ ...trail, steps: [one, two, bare, four] })).toEqual(['whole bad-seal']);
  const stranger = await crypto.newKeyPair();
  const forged = {
    ...three,
    publicKey: stranger.publicKey,
    signature: await crypto.signWith(stranger.privateKey, Buffer.from(three.digest)),
  };
  expect(faultsOf({ ...trail, steps: [one, two, forged, four] })).toEqual(['whole bad-seal']);
  expect(faultsOf(trail, stranger.publicKey)).toEqual(['whole bad-seal']);
});

test('T5.7: what is no trail is malformed and never throws', async () => {
  const trail = await aTrail();
  for (const wrong of [
    '',
    '{',
    'null',
    '[]',
    JSON.stringify({ ...trail, format: 'hushang-signed-trail-0' }),
    JSON.stringify({ ...trail, more: 1 }),
  ])
    expect(verifyTrail(wrong).faults).toEqual([{ seq: null, what: 'malformed' }]);
});

test('T5.7: the key of each step is its actor’s by a certificate that was in force then; any other is named', async () => {
  const trail = await aTrail();
  const fingerprint = authorityFingerprint(trail) ?? '';
  expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
  expect(faultsOf(trail, system.publicKey, fingerprint)).toEqual([]);
  expect(faultsOf(trail, undefined, 'ab'.repeat(32))).toEqual(['whole other-authority']);
  const keys = pairs[1] ?? system;
  const stranger = await issueCertificate({
    commonName: '测试签发',
    extensions: [usual.authority(0), usual.signsCertificates],
  });
  const wrong = [
    await certified(keys, 'u-1'),
    await certified(keys, 'u-3', { notBefore: new Date('2026-11-24T00:00:00Z') }),
    await certified(keys, 'u-3', { notAfter: new Date('2026-11-22T00:00:00Z') }),
    await certified(keys, 'u-3', { issuer: stranger }),
    await certified(keys, 'u-3', { extensions: [usual.enciphers] }),
  ];
  for (const one of wrong) expect(faultsOf(await aTrail([seal, first, one]))).toEqual(['3 bad-certificate']);
  // One that is good is enough: a renewed certificate stands beside the one of before.
  expect(faultsOf(await aTrail([seal, first, ...wrong, third]))).toEqual([]);
  // Of a key without a certificate nothing is said, and it is not counted; what was taken out breaks the seal.
  expect(verifyTrail(JSON.stringify(await aTrail([seal, first])))).toMatchObject({ faults: [], certified: 2 });
  expect(faultsOf({ ...trail, certificates: trail.format.endsWith('2') ? [seal.pem] : [] })).toEqual([
    'whole bad-seal',
  ]);
  // The seal's own key is the system's by the same authority.
  expect(faultsOf(await aTrail([first, third]))).toEqual(['whole bad-seal']);
  expect(faultsOf(await aTrail([seal, first, third], stranger.pem))).toContain('1 bad-certificate');
  expect(faultsOf(await aTrail([seal, first, third], 'no certificate'))).toContain('1 bad-certificate');
});

test('T5.7: a file from before certificates is whole as it is, and nothing of it becomes certified', async () => {
  const {
    authority: _authority,
    certificates: _certificates,
    seal: _seal,
    ...rest
  } = (await aTrail()) as Extract<SignedTrail, { authority: string }>;
  const content = { ...rest, format: 'hushang-signed-trail-1' };
  const old = { ...content, seal: await sign(sm3Hex(canonical(content))) };
  expect(verifyTrail(JSON.stringify(old))).toMatchObject({ faults: [], signed: 3, certified: 0 });
  expect(faultsOf(old, undefined, 'ab'.repeat(32))).toEqual(['whole other-authority']);
  // Called older than it is, a new file is not whole.
  expect(faultsOf({ ...rest, format: 'hushang-signed-trail-1', seal: (await aTrail()).seal })).toEqual([
    'whole bad-seal',
  ]);
});

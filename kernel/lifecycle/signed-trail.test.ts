import { expect, test } from 'vitest';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { opensslAccepts } from '#testkit/openssl.ts';
import { type SignedTrail, signedTrail, verifyTrail } from './signed-trail.ts';
import { firstPrev, type Step, type StepBody, stepDigest } from './step.store.ts';

const crypto = softwareCrypto(Buffer.alloc(32, 7));
const pairs = [await crypto.newKeyPair(), await crypto.newKeyPair()];
const system = await crypto.newKeyPair();
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
    actorId: `u-${seq}`,
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

const aTrail = async (): Promise<SignedTrail> => {
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
  return signedTrail(
    { caseType: 'library.loan', caseId: 'c-1', caseNo: 'SC1', madeBy: '朱', words, madeAt },
    steps,
    sign,
  );
};

const faultsOf = (trail: unknown, key?: string) =>
  verifyTrail(JSON.stringify(trail), key).faults.map(({ seq, what }) => `${seq ?? 'whole'} ${what}`);

test('T5.7: a trail as exported is whole, by our judgement and by OpenSSL’s', async () => {
  const trail = await aTrail();
  expect(verifyTrail(JSON.stringify(trail, null, 2))).toMatchObject({ faults: [], signed: 3 });
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

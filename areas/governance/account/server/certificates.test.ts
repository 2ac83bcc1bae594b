import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '#kernel/crypto/password.ts';
import { sm2Sign } from '#kernel/crypto/sm2.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { type Caller, callerAt, captchaWord } from '#testkit/sign-in-door.ts';
import { aChain, type Issued, issueCertificate } from '#testkit/sm2-authority.ts';
import { usualSignIn } from './account.parts.ts';
import { ensureAccount } from './account.store.ts';

// Real: PostgreSQL, the whole product behind its web server, SM2 certificates and signatures. Made up: the authority, the key device.

let served: ServedProduct;
let chain: Awaited<ReturnType<typeof aChain>>;
const right = 'Wall-and-gate-7';
let made = 0;
let passwordHash: string;

beforeAll(async () => {
  chain = await aChain();
  served = await aServedProduct('2026-11-23T02:00:00Z', {
    ...usualSignIn,
    captchaText: () => captchaWord,
    authorities: [chain.root.pem, chain.middle.pem],
    site: 'https://supervision.example',
  });
  passwordHash = await hashPassword(right);
});
afterAll(() => served.close());

const signedIn = async (): Promise<{ userName: string; caller: Caller }> => {
  made += 1;
  const one = { id: `key-${made}`, userName: `key${made}`, name: '密钥演示', organisationId: null, passwordHash };
  await ensureAccount(served.database.db, { ...one, at: served.clock.now() });
  const caller = callerAt(served);
  await caller.signIn(one.userName, right);
  return { userName: one.userName, caller };
};
const signed = (by: Issued, text: string): string => sm2Sign(by.privateKey, Buffer.from(text)).toString('base64');
const aKey = (): Promise<Issued> => issueCertificate({ commonName: '朱安演示', issuer: chain.middle });

/** Binds a key device; answers what came of it. */
const bind = async (caller: Caller, key: Issued, signer = key) => {
  const challenge = '/governance/own-account/certificates/challenge';
  const { text, ticket } = (await caller.ask('POST', challenge, { password: right })).body;
  const said = { ticket, certificate: key.pem, signature: signed(signer, text) };
  return caller.ask('POST', '/governance/own-account/certificates', said);
};
/** Signs in with password and key device. */
const enter = async (userName: string, key: Issued, spoil: (text: string) => string = (text) => text) => {
  const caller = callerAt(served);
  expect((await caller.signIn(userName, right)).body).toMatchObject({ stage: 'second-factor', ways: ['certificate'] });
  const { text, ticket } = (await caller.ask('POST', '/governance/session/challenge')).body;
  const said = { ticket, signature: signed(key, spoil(text)) };
  return { first: await caller.ask('POST', '/governance/session/certificate', said), said, text };
};

test('R42: a bound key device is a second factor: it signs a text made for this person, once', async () => {
  const { userName, caller } = await signedIn();
  const key = await aKey();
  expect((await bind(caller, key)).body).toEqual({ done: true });
  const own = (await caller.ask('GET', '/governance/own-account')).body;
  expect(own.secondFactor.certificates).toEqual([
    expect.objectContaining({ subject: expect.stringContaining('朱安演示') }),
  ]);
  const { first, said, text } = await enter(userName, key);
  expect(first.body.stage).toBe('full');
  expect(text).toContain('https://supervision.example');
  const other = callerAt(served);
  await other.signIn(userName, right);
  expect((await other.ask('POST', '/governance/session/certificate', said)).body.code).toBe('TICKET_GONE');
});

test('R42: another key, another text, or somebody else’s answer is refused and counted', async () => {
  const { userName, caller } = await signedIn();
  const key = await aKey();
  await bind(caller, key);
  const stranger = await signedIn();
  await bind(stranger.caller, await aKey());
  expect((await enter(userName, await aKey())).first.body.code).toBe('WRONG_CERTIFICATE');
  expect((await enter(userName, key, (text) => `${text} `)).first.body.code).toBe('WRONG_CERTIFICATE');
  const theirs = callerAt(served);
  await theirs.signIn(stranger.userName, right);
  const mine = callerAt(served);
  await mine.signIn(userName, right);
  const { ticket, text } = (await theirs.ask('POST', '/governance/session/challenge')).body;
  const said = { ticket, signature: signed(key, text) };
  expect((await mine.ask('POST', '/governance/session/certificate', said)).body.code).toBe('TICKET_GONE');
});

test('R42: a challenge runs out after five minutes', async () => {
  const { userName, caller } = await signedIn();
  const key = await aKey();
  await bind(caller, key);
  const late = callerAt(served);
  await late.signIn(userName, right);
  const { ticket, text } = (await late.ask('POST', '/governance/session/challenge')).body;
  served.clock.advance(5 * 60_000 + 1);
  const said = { ticket, signature: signed(key, text) };
  expect((await late.ask('POST', '/governance/session/certificate', said)).body.code).toBe('TICKET_GONE');
});

test('R42: only a trusted, valid signing certificate whose key was used is bound, and to one person', async () => {
  const { caller } = await signedIn();
  const selfMade = await issueCertificate({ commonName: '朱安演示' });
  const expired = await issueCertificate({
    commonName: '朱安演示',
    issuer: chain.middle,
    notAfter: new Date('2026-06-01T00:00:00Z'),
  });
  for (const [key, words] of [
    [selfMade, /不是由本系统信任的机构签发/],
    [expired, /已过有效期/],
  ] as const) {
    const { status, body } = await bind(caller, key);
    expect([status, body.code, body.message]).toEqual([403, 'WRONG_CERTIFICATE', expect.stringMatching(words)]);
  }
  const key = await aKey();
  expect((await bind(caller, key, await aKey())).body.code).toBe('WRONG_CERTIFICATE');
  expect((await bind(caller, key)).body).toEqual({ done: true });
  expect((await bind((await signedIn()).caller, key)).body.code).toBe('TAKEN');
});

test('R42: a certificate that has run out since does not let in', async () => {
  const { userName, caller } = await signedIn();
  const brief = await issueCertificate({
    commonName: '朱安演示',
    issuer: chain.middle,
    notAfter: new Date(served.clock.now().getTime() + 3_600_000),
  });
  await bind(caller, brief);
  expect((await enter(userName, brief)).first.body.stage).toBe('full');
  served.clock.advance(7_200_000);
  expect((await enter(userName, brief)).first.body.code).toBe('WRONG_CERTIFICATE');
});

test('R42: unbound with the password, it is asked for no more', async () => {
  const { userName, caller } = await signedIn();
  await bind(caller, await aKey());
  const [{ id }] = (await caller.ask('GET', '/governance/own-account')).body.secondFactor.certificates;
  const removal = (by: Caller, password: string) =>
    by.ask('POST', `/governance/own-account/certificates/${id}/removal`, { password });
  expect((await removal(caller, 'wrong')).body.code).toBe('WRONG_PASSWORD');
  expect((await removal((await signedIn()).caller, right)).body.code).toBe('NOT_FOUND');
  expect((await removal(caller, right)).body).toEqual({ done: true });
  expect((await callerAt(served).signIn(userName, right)).body.stage).toBe('full');
});

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signText } from '#apps/simulators/link/sm2.ts';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { aSystem, callsWith, registrationOf, type Slips, type SystemHands } from '#testkit/intake-hands.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { enterpriseSystemContract, systemStepContract } from '../model/enterprise-system.contract.ts';

// Real here: PostgreSQL, web server, both implementations of the signature. No outside system answers; the clock is made up.
let it: ServedProduct;
let system: SystemHands;
const as = async (who: string) => it.client(enterpriseSystemContract, await it.signIn(who));
const steps = async (who: string) => it.client(systemStepContract, await it.signIn(who));

beforeAll(async () => {
  it = await aServedProduct();
  system = await aSystem(it);
});
afterAll(() => it.close());

const list = '/intake/cases';
const makes = softwareCrypto(Buffer.alloc(32, 7));
const codeOf = async (asked: Promise<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await asked;
  return [status, body.code];
};

describe('the signature', () => {
  test('R01: a request that is signed, in time and once is let in as the enterprise’s system', async () => {
    expect(await system.call('GET', list)).toMatchObject({ status: 200, body: { cases: [], more: false } });
    const { rows } = await (await as('yardadmin1')).list({});
    expect(rows.find(({ id }) => id === system.id)).toMatchObject({ lastUsedAt: it.clock.now().toISOString() });
  });

  const now = (): number => Math.floor(it.clock.now().getTime() / 1000);
  const wrong: [string, () => Slips, string][] = [
    ['made with another key', () => ({ keys: other }), 'SIGNATURE'],
    ['of another path', () => ({ signedUrl: '/api/intake/other' }), 'SIGNATURE'],
    ['of another query', () => ({ signedUrl: '/api/intake/cases?size=7' }), 'SIGNATURE'],
    ['that is none', () => ({ signature: 'no signature' }), 'SIGNATURE'],
    ['six minutes old', () => ({ timestamp: String(now() - 360) }), 'CLOCK'],
    ['six minutes ahead', () => ({ timestamp: String(now() + 360) }), 'CLOCK'],
    ['without a proper nonce', () => ({ nonce: 'once' }), 'NONCE'],
    ['under an id nobody registered', () => ({ appId: '0'.repeat(32) }), 'CALLER'],
    ['under no id', () => ({ appId: '' }), 'CALLER'],
  ];
  let other: SystemHands['keys'];
  beforeAll(async () => {
    other = await softwareCrypto(Buffer.alloc(32, 7)).newKeyPair();
  });
  test.each(wrong)('T5.4: a signature %s is refused', async (_, slips, code) => {
    expect(await codeOf(system.call('GET', list, undefined, slips()))).toEqual([401, code]);
  });

  test('T5.4: four minutes off is in time; a request played back is refused, and so is its nonce on another one', async () => {
    const slips = { nonce: 'a'.repeat(32), timestamp: String(now() - 240) };
    expect(await codeOf(system.call('GET', list, undefined, slips))).toEqual([200, undefined]);
    expect(await codeOf(system.call('GET', list, undefined, slips))).toEqual([401, 'NONCE_USED']);
    expect(await codeOf(system.call('GET', `${list}?size=3`, undefined, slips))).toEqual([401, 'NONCE_USED']);
  });

  test('T5.4: other bytes than those signed are refused, of a text and of a photograph, and nothing of them is kept', async () => {
    const draft = { reference: 'bytes-1' };
    const sent = Buffer.from(JSON.stringify({ reference: 'bytes-2' }));
    expect(await codeOf(system.call('POST', list, draft, { sent }))).toEqual([400, 'DIGEST']);
    const { body } = await system.call('POST', list, draft);
    const slips = { sent: aJpeg(50, 50) };
    expect(await codeOf(system.photograph(body.id, 'licence-back', aJpeg(), randomUUID(), slips))).toEqual([
      400,
      'DIGEST',
    ]);
    const { rows } = await sql`select id from elv.vehicle_photo where case_id = ${body.id}`.execute(it.database.db);
    expect(rows).toEqual([]);
  });

  test('R45: what was not let in is counted for whoever looks after the system, and told to the log once a day and kind', async () => {
    const one = await (await as('yardadmin1')).get({ id: system.id });
    expect(one.refusals.find(({ title }) => title === '签名验证未通过')).toMatchObject({
      count: 4,
      lastIp: '127.0.0.1',
    });
    const { rows } = await sql<{ n: string }>`select count(*) as n from kernel.audit_entry
      where action = 'elv.enterprise-system.refusedCall' and detail like '%"SIGNATURE"%'`.execute(it.database.ownerDb);
    expect(Number(rows[0]?.n)).toBe(1);
  });
});

describe('the registration', () => {
  test('R43: a key is in force when a second person has confirmed it, and not before', async () => {
    const waiting = await aSystem(it, { name: '待确认系统', unconfirmed: true });
    expect(await codeOf(waiting.call('GET', list))).toEqual([401, 'NOT_IN_FORCE']);
    const own = (await (await as('yardadmin1')).list({})).rows.find(({ id }) => id === waiting.id);
    expect(own).toMatchObject({ state: 'proposed', actions: ['withdraw'], waitsForAnother: true });
    const administrator = await steps('yardadmin1');
    await expect(administrator.confirm({ id: waiting.id, version: 2, key: randomUUID() })).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    await (await steps('commission1')).confirm({ id: waiting.id, version: 2, key: randomUUID() });
    expect(await codeOf(waiting.call('GET', list))).toEqual([200, undefined]);
  });

  test('T5.4: a revoked key is out from the next call on; what was refused or taken back never was in', async () => {
    const revoked = await aSystem(it, { name: '将停用' });
    expect(await codeOf(revoked.call('GET', list))).toEqual([200, undefined]);
    const reason = { reason: '密钥可能泄露' };
    const { version } = await (await as('yardadmin1')).get({ id: revoked.id });
    await (await steps('yardadmin1')).revoke({ id: revoked.id, version, key: randomUUID(), input: reason });
    expect(await codeOf(revoked.call('GET', list))).toEqual([401, 'NOT_IN_FORCE']);
    const refused = await aSystem(it, { unconfirmed: true });
    await (await steps('commission2')).refuse({ id: refused.id, version: 2, key: randomUUID(), input: reason });
    expect(await codeOf(refused.call('GET', list))).toEqual([401, 'NOT_IN_FORCE']);
    const withdrawn = await aSystem(it, { unconfirmed: true });
    await (await steps('yardadmin1')).withdraw({ id: withdrawn.id, version: 2, key: randomUUID() });
    expect(await codeOf(withdrawn.call('GET', list))).toEqual([401, 'NOT_IN_FORCE']);
    // The key may be registered anew once it is out.
    const again = await aSystem(it, { keys: withdrawn.keys });
    expect(await codeOf(again.call('GET', list))).toEqual([200, undefined]);
  });

  test('T5.4: from other addresses than those registered, and after the last day, nobody comes in', async () => {
    const bound = await aSystem(it, { ranges: ['203.0.113.0/24'], validUntil: '2026-11-23' });
    expect(await codeOf(bound.call('GET', list, undefined, { ip: '203.0.113.9' }))).toEqual([200, undefined]);
    expect(await codeOf(bound.call('GET', list, undefined, { ip: '198.51.100.9' }))).toEqual([401, 'ADDRESS']);
    it.clock.set('2026-11-23T16:00:01Z');
    expect(await codeOf(bound.call('GET', list, undefined, { ip: '203.0.113.9' }))).toEqual([401, 'EXPIRED']);
    it.clock.set('2026-11-23T02:00:00Z');
  });

  test('T5.5: a key put into the table past the program lets nobody in', async () => {
    const real = await aSystem(it);
    const keys = await softwareCrypto(Buffer.alloc(32, 7)).newKeyPair();
    await sql`update elv.enterprise_system set record = replace(record, ${real.keys.publicKey}, ${keys.publicKey})
      where id = ${real.id}`.execute(it.database.ownerDb);
    expect(await codeOf(callsWith(it, real.id, real.appId, keys).call('GET', list))).toEqual([401, 'ALTERED']);
  });

  test('T5.5: a key that was revoked stays out, though its row is set back to “in use”, and though its seal is put back with it', async () => {
    const revoked = await aSystem(it, { name: '将停用又改回' });
    const { ownerDb } = it.database;
    const sealed = await sql<{ seal: string }>`select seal from elv.enterprise_system where id = ${revoked.id}`.execute(
      ownerDb,
    );
    const input = { reason: '密钥可能泄露' };
    await (await steps('yardadmin1')).revoke({ id: revoked.id, version: 3, key: randomUUID(), input });
    await sql`update elv.enterprise_system set state = 'active' where id = ${revoked.id}`.execute(ownerDb);
    expect(await codeOf(revoked.call('GET', list))).toEqual([401, 'ALTERED']);
    await sql`update elv.enterprise_system set seal = ${sealed.rows[0]?.seal} where id = ${revoked.id}`.execute(
      ownerDb,
    );
    expect(await codeOf(revoked.call('GET', list))).toEqual([401, 'ALTERED']);
    await sql`update elv.enterprise_system set state = 'revoked' where id = ${revoked.id}`.execute(ownerDb);
  });

  test('T5.4: a key is one living system’s; what is no SM2 key, and the key of the example, is refused with words', async () => {
    const administrator = await as('yardadmin1');
    const { text } = await administrator.challenge({});
    const registering = (publicKey: string) => {
      const proved = { challenge: text, proof: signText(text, system.keys) };
      return administrator.register({ key: randomUUID(), name: '另一系统', publicKey, ...proved });
    };
    await expect(registering(system.keys.publicKey)).rejects.toMatchObject({ code: 'KEY_TAKEN' });
    await expect(registering(`04${'1'.repeat(128)}`)).rejects.toMatchObject({
      code: 'MALFORMED',
      problems: [{ path: 'publicKey', message: expect.stringContaining('应为 SM2 公钥') }],
    });
  });

  test('T5.4: a key is taken with the signature of its private half over our own fresh text for that enterprise, and with nothing else', async () => {
    const administrator = await as('yardadmin1');
    const [keys, others] = [await makes.newKeyPair(), await makes.newKeyPair()];
    const { text } = await administrator.challenge({});
    const registering = (challenge: string, proof: string) =>
      administrator.register({ key: randomUUID(), name: '证明系统', publicKey: keys.publicKey, challenge, proof });
    const unproved = {
      code: 'NOT_PROVED',
      problems: [{ path: 'proof', message: expect.stringContaining('重新签名') }],
    };
    const sound = signText(text, keys);
    for (const proof of [signText(text, others), signText(`${text} `, keys), 'no signature', sound.slice(0, -6)])
      await expect(registering(text, proof)).rejects.toMatchObject(unproved);
    // A text of one's own making, with another end, or of another enterprise.
    const [word, of, until = '', mark] = text.split(':');
    const [yard2] = [await as('clerk1')];
    await expect(yard2.challenge({})).rejects.toMatchObject({ status: 403 });
    for (const forged of [
      'sign this',
      [word, of, String(Number(until) + 1_000), mark].join(':'),
      [word, 'yard-2', until, mark].join(':'),
    ])
      await expect(registering(forged, signText(forged, keys))).rejects.toMatchObject({ code: 'CHALLENGE_OVER' });
    it.clock.advance(3_600_001);
    const later = await as('yardadmin1');
    const late = { key: randomUUID(), name: '证明系统', publicKey: keys.publicKey, challenge: text, proof: sound };
    await expect(later.register(late)).rejects.toMatchObject({ code: 'CHALLENGE_OVER' });
    // As OpenSSL writes it, with the line ends a person copies along.
    const proved = await registrationOf(later, keys);
    const { id } = await later.register({ ...proved, name: '证明系统', proof: `${proved.proof}\n` });
    // The same click again is answered as the first was, the text long over.
    it.clock.advance(3_600_001);
    const again = await as('yardadmin1');
    expect(await again.register({ ...proved, name: '证明系统' })).toMatchObject({ id });
    const { version } = await again.get({ id });
    await (await steps('yardadmin1')).withdraw({ id, version, key: randomUUID(), input: { reason: '试登记' } });
  });

  test('T5.4: addresses that are no place on the public network are refused with words where they are entered', async () => {
    const administrator = await as('yardadmin1');
    const keys = await makes.newKeyPair();
    const registering = async (webhookUrl: string) =>
      administrator.register({ ...(await registrationOf(administrator, keys)), name: '另一系统', webhookUrl });
    for (const [url, words] of [
      ['http://example.com/', 'https://'],
      ['https://192.168.1.5/', '内网'],
      ['https://[::1]:8443/', '内网'],
      ['https://a.localhost/', '内网'],
      ['https://example.com:22/', '端口'],
    ] as const)
      await expect(registering(url)).rejects.toMatchObject({
        code: 'ADDRESS',
        message: expect.stringContaining(words),
      });
    await expect(registering('https://user:secret@example.com/')).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  test('T5.4: the twenty-first living system of an enterprise is refused with words, two at once among them', async () => {
    const administrator = await as('yardadmin1');
    const registering = async () =>
      administrator.register({
        ...(await registrationOf(administrator, await makes.newKeyPair())),
        name: '又一系统',
      });
    const { total } = await administrator.list({});
    for (let n = total; n < 19; n += 1) await registering();
    const outcomes = await Promise.allSettled([registering(), registering()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(registering()).rejects.toMatchObject({
      code: 'TOO_MANY_SYSTEMS',
      message: expect.stringContaining('20'),
    });
    expect((await administrator.list({})).total).toBe(20);
  });

  test('R44: an enterprise sees its own systems, and nobody else’s people see or end them', async () => {
    const clerk = await as('clerk1');
    await expect(clerk.list({})).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    expect(
      (await (await as('observer1')).list({ size: 100 })).rows.find(({ id }) => id === system.id)?.actions,
    ).toEqual([]);
    expect(
      (await (await as('commission1')).list({ size: 100 })).rows.find(({ id }) => id === system.id)?.actions,
    ).toEqual(['revoke']);
  });
});

test('R44: a person’s session opens none of the systems’ doors, and a system’s signature none of the people’s', async () => {
  const cookie = await it.signIn('clerk1');
  const headers = { cookie, 'x-requested-with': 'desk' };
  const byCookie = await it.server.inject({ method: 'GET', url: `/api${list}`, headers });
  expect([byCookie.statusCode, byCookie.json().code]).toEqual([401, 'CALLER']);
  expect(await codeOf(system.call('GET', vehicleCaseContract.list.path))).toEqual([401, 'NOT_SIGNED_IN']);
});

import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { kernelMigrations } from '#kernel/db/kernel.migrations.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { aCloudCrypto, type TestCloud } from '#testkit/cloud-crypto.ts';
import { opensslAccepts } from '#testkit/openssl.ts';
import { addBook, books, findBooks, makeLibrary, readAuthors, testMaster } from '#testkit/renewing-keys.ts';
import { aDatabase, type TestDatabase } from '#testkit/template-database.ts';
import { cloudEdition, movingEdition } from './cloud.ts';
import { CloudCryptoFailed, cloudDoor } from './cloud-door.ts';
import { type KeyPurpose, keyPurposes, SealBroken } from './crypto.ts';
import { type CryptoEdition, softwareEdition } from './edition.ts';
import { keyRotation } from './rotation.ts';

interface Standing {
  readonly edition: CryptoEdition;
  readonly database: TestDatabase;
  close(): Promise<void>;
}

const software = async (): Promise<Standing> => {
  const database = await aDatabase(kernelMigrations);
  return { edition: softwareEdition(database.db, testMaster, systemClock), database, close: () => database.close() };
};

const cloud = async (): Promise<Standing> => {
  const [database, service] = [await aDatabase(kernelMigrations), await aCloudCrypto()];
  const edition = cloudEdition(service.door, systemClock, false);
  const close = async (): Promise<void> => {
    await service.close();
    await database.close();
  };
  return { edition, database, close };
};

const rotationOver = ({ edition, database }: Pick<Standing, 'edition' | 'database'>) =>
  keyRotation({
    db: database.db,
    ...edition,
    clock: systemClock,
    tables: [books],
    quietMs: 0,
    onEnd: async () => undefined,
    onFailure: (error) => {
      throw error;
    },
  });

const purposes = fc.constantFrom<KeyPurpose>(...keyPurposes);

describe.each([
  ['software', software],
  ['cloud', cloud],
])('R55: the contract of cryptography, %s edition', (_name, make) => {
  let standing: Standing;
  beforeAll(async () => {
    standing = await make();
    await makeLibrary(standing.database.ownerDb);
  });
  afterAll(() => standing.close());

  test('what was sealed opens to the same bytes, never looks the same twice, and names scheme and key', async () => {
    const { crypto, keeper } = standing.edition;
    const ids = (await keeper.list()).map(({ id }) => id);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), purposes, fc.string(), async (plain, purpose, place) => {
        const sealed = await crypto.seal(purpose, plain, place);
        expect(Buffer.from(await crypto.open(purpose, sealed, place))).toEqual(Buffer.from(plain));
        expect(await crypto.seal(purpose, plain, place)).not.toBe(sealed);
        expect(sealed).toMatch(/^[sc]1\.[\w-]+\.[\w-]+$/);
        expect(ids).toContain(sealed.split('.')[1]);
        expect(await keeper.isCurrent(purpose, sealed)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('a text is bound to its purpose and place, and no flipped bit goes unnoticed', async () => {
    const { crypto } = standing.edition;
    const sealed = await crypto.seal('personal-data', Buffer.from('310101190001010011'), 'row:1');
    await expect(crypto.open('personal-data', sealed, 'row:2')).rejects.toThrow(SealBroken);
    await expect(crypto.open('exchange', sealed, 'row:1')).rejects.toThrow(SealBroken);
    for (let at = 0; at < sealed.length; at += 1) {
      const letter = String.fromCharCode(sealed.charCodeAt(at) ^ (1 << (at % 6)));
      const altered = sealed.slice(0, at) + letter + sealed.slice(at + 1);
      await expect(crypto.open('personal-data', altered, 'row:1')).rejects.toThrow(SealBroken);
    }
  });

  test.each([
    ['cut short', (sealed: string) => sealed.slice(0, -1)],
    ['cut to nothing', (sealed: string) => sealed.split('.').slice(0, 2).join('.')],
    ['made longer', (sealed: string) => `${sealed}A`],
    ['with a part behind it', (sealed: string) => `${sealed}.A`],
    ['of an older scheme', (sealed: string) => sealed.replace(/^./, 'a')],
    ['of a newer scheme', (sealed: string) => sealed.replace('1.', '2.')],
    ['of an unknown key', (sealed: string) => sealed.replace(/\.[\w-]+\./, '.00000000.')],
    ['left plain', () => '310101190001010011'],
    ['empty', () => ''],
  ])('a text %s does not open', async (_what, change) => {
    const { crypto } = standing.edition;
    const sealed = await crypto.seal('exchange', Buffer.from('x'), 'p');
    await expect(crypto.open('exchange', change(sealed), 'p')).rejects.toThrow(SealBroken);
  });

  test('keyed digests are equal for equal values of one purpose, and differ between purposes', async () => {
    const { crypto } = standing.edition;
    const digest = await crypto.hmac('blind-index:phone', '13800000001');
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await crypto.hmac('blind-index:phone', '13800000001')).toBe(digest);
    expect(await crypto.hmac('blind-index:identity-number', '13800000001')).not.toBe(digest);
    expect(await crypto.hmacs('access-holding', 'x')).toEqual([await crypto.hmac('access-holding', 'x')]);
  });

  test('OpenSSL accepts what is signed; nothing else is accepted; GM/T 0003.5 holds', async () => {
    const { crypto } = standing.edition;
    const { privateKey, publicKey } = await crypto.newKeyPair();
    const message = Buffer.from('报废机动车 SC202601010001');
    const signature = await crypto.signWith(privateKey, message);
    expect(opensslAccepts(publicKey, message, signature)).toBe(true);
    expect(opensslAccepts(publicKey, Buffer.from('other'), signature)).toBe(false);
    expect(await crypto.verify(publicKey, message, signature)).toBe(true);
    expect(await crypto.verify(publicKey, Buffer.from('other'), signature)).toBe(false);
    for (const garbage of ['', 'AAAA', Buffer.alloc(70).toString('base64'), `${signature}\n`])
      expect(await crypto.verify(publicKey, message, garbage)).toBe(false);
    const standard =
      '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13';
    const [r, s] = [
      '00f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3',
      '00b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
    ];
    const published = Buffer.from(`30460221${r}0221${s}`, 'hex').toString('base64');
    expect(await crypto.verify(standard, Buffer.from('message digest'), published)).toBe(true);
  });

  test('keys are renewed: both digests are searched for, old texts open until they are sealed anew, then old keys are retired', async () => {
    const { edition, database } = standing;
    const { crypto, keeper } = edition;
    for (let n = 0; n < 45; n += 1) await addBook(database.db, crypto, `s${n % 4}`, `b${n}`, `作者${n % 5}`);
    const old = await crypto.seal('personal-data', Buffer.from('x'), 'p');
    const [authors, found] = [await readAuthors(database.db, crypto), await findBooks(database.db, crypto, '作者1')];
    await keeper.renew('by hand');
    expect(await crypto.hmacs('blind-index:author', '作者1')).toHaveLength(2);
    expect(await keeper.isCurrent('personal-data', old)).toBe(false);
    expect(Buffer.from(await crypto.open('personal-data', old, 'p')).toString()).toBe('x');
    expect(await findBooks(database.db, crypto, '作者1')).toEqual(found);
    const rotation = rotationOver(standing);
    await rotation.begin('u');
    await rotation.settled();
    expect(await rotation.find()).toMatchObject({ state: 'done', done: 45 });
    expect(await readAuthors(database.db, crypto)).toEqual(authors);
    expect(await findBooks(database.db, crypto, '作者1')).toEqual(found);
    expect(await crypto.hmacs('blind-index:author', '作者1')).toHaveLength(1);
    await expect(crypto.open('personal-data', old, 'p')).rejects.toThrow(SealBroken);
  });
});

describe('R55: the cloud service', () => {
  let service: TestCloud;
  beforeEach(async () => {
    service = await aCloudCrypto();
  });
  afterEach(() => service.close());

  test('is asked for many things with few calls', async () => {
    let calls = 0;
    const counted: typeof service.door = {
      ...service.door,
      ask: (...args) => {
        calls += 1;
        return service.door.ask(...args);
      },
    };
    const { crypto } = cloudEdition(counted, systemClock, false);
    const sealed = await Promise.all(
      Array.from({ length: 150 }, (_, n) => crypto.seal('exchange', Buffer.of(n), `${n}`)),
    );
    const opened = await Promise.all(sealed.map((one, n) => crypto.open('exchange', one, `${n}`)));
    expect(opened.map((one) => one[0])).toEqual(Array.from({ length: 150 }, (_, n) => n));
    expect(calls).toBe(2);
  });

  test('is not believed when the answer is not signed by it, and tells an asker it does not know nothing', async () => {
    const maker = await aCloudCrypto();
    const strangers = [
      { ...service.keys, servicePublicKey: maker.keys.servicePublicKey },
      { ...service.keys, privateKey: maker.keys.privateKey },
      { ...service.keys, appId: 'other' },
    ];
    for (const keys of strangers) {
      const { crypto } = cloudEdition(cloudDoor({ url: service.url, keys, clock: systemClock }), systemClock, false);
      await expect(crypto.seal('exchange', Buffer.from('x'), 'p')).rejects.toThrow(CloudCryptoFailed);
    }
    await maker.close();
  });

  test('that is down fails what is asked of it, and is well again afterwards', async () => {
    const { crypto } = cloudEdition(service.door, systemClock, false);
    await service.close();
    await expect(crypto.seal('exchange', Buffer.from('x'), 'p')).rejects.toThrow(CloudCryptoFailed);
    await expect(service.door.status()).rejects.toThrow(CloudCryptoFailed);
  });

  test('certified, lets no key outside it sign', async () => {
    const outside = await softwareKeyPair();
    const strict = cloudEdition(service.door, systemClock, true).crypto;
    await expect(strict.signWith(outside.privateKey, Buffer.from('x'))).rejects.toThrow(
      /outside the certified service/,
    );
    const signature = await cloudEdition(service.door, systemClock, false).crypto.signWith(
      outside.privateKey,
      Buffer.from('x'),
    );
    expect(await strict.verify(outside.publicKey, Buffer.from('x'), signature)).toBe(true);
  });
});

const softwareKeyPair = async () => {
  const database = await aDatabase(kernelMigrations);
  const pair = await softwareEdition(database.db, testMaster, systemClock).crypto.newKeyPair();
  await database.close();
  return pair;
};

test('R55: data sealed by software move to the cloud: searched and read all the while, refused by the old keys afterwards', async () => {
  const database = await aDatabase(kernelMigrations);
  await makeLibrary(database.ownerDb);
  const old = softwareEdition(database.db, testMaster, systemClock);
  for (let n = 0; n < 50; n += 1) await addBook(database.db, old.crypto, `s${n % 3}`, `b${n}`, `作者${n % 4}`);
  const [authors, found] = [
    await readAuthors(database.db, old.crypto),
    await findBooks(database.db, old.crypto, '作者2'),
  ];
  const holding = await old.crypto.hmac('access-holding', 'x');
  const service = await aCloudCrypto();
  const moving = movingEdition(
    cloudEdition(service.door, systemClock, false),
    softwareEdition(database.db, testMaster, systemClock),
  );
  expect(await findBooks(database.db, moving.crypto, '作者2')).toEqual(found);
  await addBook(database.db, moving.crypto, 's9', 'new', '作者2');
  const rotation = rotationOver({ edition: moving, database });
  await rotation.begin('u');
  await rotation.settled();
  expect(await rotation.find()).toMatchObject({ state: 'done', done: 51 });
  expect(await readAuthors(database.db, moving.crypto)).toEqual({ ...authors, 's9.new': '作者2' });
  expect(await findBooks(database.db, moving.crypto, '作者2')).toEqual([...found, 's9.new']);
  expect(await moving.crypto.hmac('access-holding', 'x')).toBe(holding);
  expect(await moving.crypto.hmacs('blind-index:author', 'x')).toHaveLength(1);
  // The cloud alone reads everything now.
  expect(
    Object.keys(await readAuthors(database.db, cloudEdition(service.door, systemClock, false).crypto)),
  ).toHaveLength(51);
  await service.close();
  await database.close();
});

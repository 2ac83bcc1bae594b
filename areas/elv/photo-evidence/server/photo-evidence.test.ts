import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { inTransaction } from '#kernel/db/database.ts';
import { listFindings } from '#practices/photo-evidence/server/finding.store.ts';
import { lookAt } from '#practices/photo-evidence/server/look.ts';
import { type EvidenceParts, photoEvidenceOf } from '#practices/photo-evidence/server/photo-evidence.ts';
import { type ActingCase, caseFactory } from '#testkit/case-factory.ts';
import { factsOfCase } from '#testkit/case-witness.ts';
import { asTaken } from '#testkit/exif-segment.ts';
import { clientWith, titlesTold } from '#testkit/notice-hands.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';
import { anEntry, type RegistryPeople, registryPeople } from '#testkit/registry-hands.ts';
import { aPdf, aPng } from '#testkit/sample-files.ts';
import { asJpeg, aVehicleInYard, turnedOver, usedAgain } from '#testkit/yard-pictures.ts';
import { photoEvidenceContract } from '../model/photo-evidence.contract.ts';
import { evidenceOfCases } from '../model/repeat-rules.ts';

// Real here: PostgreSQL, engine, web server, files, pictures and how they are looked at. Made up: the clock, the vehicles.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let people: RegistryPeople;
/** Two cases of different enterprises, handed over. */
let first: ActingCase;
let second: ActingCase;

beforeAll(async () => {
  it = await aProduct();
  people = registryPeople(it);
  await anEntry(it, people, 1, 'registered');
  const factory = caseFactory(it, 4_000);
  first = await factory.at('handedOver', { clerk: 'clerk1' });
  second = await factory.at('handedOver', { clerk: 'clerk2' });
  await it.product.elv.evidence.round();
}, 120_000);
afterAll(() => it.close());

const evidence = async (who: string) => clientWith(it, photoEvidenceContract, (await people.as(who)).cookie);
const put = (of: ActingCase, part: string, bytes: Uint8Array): Promise<void> =>
  it.hands.photograph(of.walker.cast.clerk, of.id, part, randomUUID(), bytes);
const looked = () => it.product.elv.evidence.round();
const findings = async (of: ActingCase, who = 'commission1') =>
  (await (await evidence(who)).ofCase({ id: of.id })).findings;

let seed = 100;
/** A vehicle nobody has photographed before. */
const anotherVehicle = () => {
  seed += 1;
  return aVehicleInYard(seed, seed);
};

/** Another process that looks at photographs over the same database. */
const anotherProcess = (more: Partial<EvidenceParts> = {}) =>
  photoEvidenceOf({
    db: it.database.db,
    clock: it.clock,
    files: it.product.elv.desk.files,
    looker: { look: lookAt },
    profile: evidenceOfCases,
    onFound: async () => undefined,
    onFailure: () => undefined,
    ...more,
  });

const unreadable = async (of: ActingCase): Promise<number> =>
  (await (await evidence('commission1')).ofCase({ id: of.id })).photos.filter((one) => one.looked === 'unreadable')
    .length;
const pairsOf = async (of: ActingCase): Promise<readonly string[]> =>
  (await listFindings(it.database.db, 'elv', of.id)).map(({ photo_a, photo_b }) => `${photo_a} ${photo_b}`);

test('R03: pictures of different vehicles raise nothing, though the demo draws all with one hand', async () => {
  expect([await findings(first), await findings(second)]).toEqual([[], []]);
});

describe('R03: a photograph in two cases', () => {
  test('the very same file is certain, told to the commission once, and kept in the log', async () => {
    const bytes = asJpeg(anotherVehicle());
    await put(first, 'whole', bytes);
    await put(second, 'engine-number', bytes);
    await looked();
    await looked();
    const [finding, ...more] = await findings(second);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ kind: 'same', title: '发动机', words: '两张照片是同一个文件', setAside: null });
    expect(finding?.other).toMatchObject({ title: '整车', case: { id: first.id, sameVehicle: false } });
    expect(finding?.other.photo?.operatorName).toBeTruthy();
    const told = [first, second].map(async ({ id }) => titlesTold(it, (await people.as('commission1')).cookie, id));
    expect((await Promise.all(told)).flat()).toEqual(['照片疑似重复使用']);
    for (const who of ['clerk1', 'desk1'])
      expect(await titlesTold(it, (await people.as(who)).cookie, first.id)).not.toContain('照片疑似重复使用');
    const facts = await Promise.all([first, second].map(({ id }) => factsOfCase(it.database.db, id)));
    const found = facts.flatMap(({ audited }) => audited).filter(({ action }) => action === 'elv.photo-evidence.found');
    expect(found.map(({ detail }) => detail.findings)).toEqual([[{ id: finding?.id, kind: 'same', distance: null }]]);
  });

  test('the same picture sent on by a messenger is nearly the same, and mirrored it is said to be so', async () => {
    const picture = anotherVehicle();
    await put(first, 'frame-number', asJpeg(picture));
    await put(second, 'frame-number', usedAgain['half as large']?.(picture) ?? new Uint8Array());
    await put(second, 'whole', asJpeg(turnedOver.mirrored?.(picture) ?? picture));
    await looked();
    const found = (await findings(first)).map(({ kind, words, other }) => `${kind} ${other.title} ${words}`).join('\n');
    expect(found).toMatch(/near 车架号 .*并排核对/);
    expect(found).toMatch(/turned 整车 两张照片镜像或旋转后画面近似/);
    // Of these two cases the commission has heard already.
    const { cookie } = await people.as('commission1');
    expect([...(await titlesTold(it, cookie, first.id)), ...(await titlesTold(it, cookie, second.id))]).toHaveLength(1);
  });

  test('twice in one case, on papers of people, and on a tow slip drawn alike it is nothing', async () => {
    const before = (await pairsOf(first)).length;
    const picture = anotherVehicle();
    await put(first, 'entry-other', asJpeg(picture));
    await put(first, 'whole', asJpeg(picture));
    await put(first, 'tow-slip', asJpeg(picture));
    await put(second, 'tow-slip', usedAgain['half as large']?.(picture) ?? new Uint8Array());
    await looked();
    expect((await pairsOf(first)).length).toBe(before);
  });

  test('a PDF is compared by its bytes alone, and a broken picture is said to be unreadable', async () => {
    await put(first, 'entry-other', aPdf());
    await put(second, 'entry-other', aPdf());
    await put(second, 'entry-other', asJpeg(anotherVehicle()).subarray(0, 700));
    await looked();
    const { photos, findings: found } = await (await evidence('commission1')).ofCase({ id: second.id });
    expect(found.filter(({ title }) => title === '其他进场照').map(({ kind }) => kind)).toEqual(['same']);
    expect(photos.filter(({ title }) => title === '其他进场照').map(({ looked: how }) => how)).toEqual([
      'unreadable',
      'unreadable',
    ]);
  });
});

describe('R03: whatever happens meanwhile, two photographs are found once', () => {
  test('when both arrive and are looked at by two processes at the same time', async () => {
    const bytes = asJpeg(anotherVehicle());
    const before = await pairsOf(first);
    let told = 0;
    const onFound = async (_: unknown, __: unknown, fresh: readonly unknown[]): Promise<void> => {
      told += fresh.length;
    };
    await Promise.all([put(first, 'vin-stamp', bytes), put(second, 'vin-stamp', bytes)]);
    await Promise.all(Array.from({ length: 3 }, () => anotherProcess({ onFound }).round()));
    expect((await pairsOf(first)).length).toBe(before.length + 1);
    expect(told).toBe(1);
  });

  test('when processes look side by side each picture is looked at once, and whoever is slow over one is no loss', async () => {
    const before = await unreadable(first);
    for (let count = 0; count < 4; count += 1) await put(first, 'vin-stamp', asJpeg(anotherVehicle()));
    let looks = 0;
    const slow = {
      look: async (bytes: Uint8Array) => {
        looks += 1;
        await pause(50);
        return lookAt(bytes);
      },
    };
    await Promise.all(Array.from({ length: 4 }, () => anotherProcess({ looker: slow }).round()));
    await looked();
    expect([looks, await unreadable(first)]).toEqual([4, before]);
  });

  test('when a process dies over a picture, and when one dies over what it has found', async () => {
    const bytes = asJpeg(anotherVehicle());
    const before = await pairsOf(first);
    await put(first, 'vin-stamp', bytes);
    await put(second, 'vin-stamp', bytes);
    // The first never comes back from looking; nobody waits for it.
    let begun = (): void => undefined;
    const looking = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const dying = new AbortController();
    void anotherProcess({
      looker: {
        look: () => {
          begun();
          return new Promise(() => undefined);
        },
      },
    }).round(dying.signal);
    await looking;
    // Its time in hand has to be over first.
    it.clock.advance(200_000);
    const failures: unknown[] = [];
    const broken = anotherProcess({
      onFound: async () => {
        throw new Error('the process ends here');
      },
      onFailure: (error) => failures.push(error),
    });
    await broken.round();
    expect([failures.length > 0, (await pairsOf(first)).length]).toEqual([true, before.length]);
    await looked();
    expect((await pairsOf(first)).length).toBe(before.length + 1);
  });

  test('when a file cannot be had now, others go first and it is tried again', async () => {
    const failures: unknown[] = [];
    const files = it.product.elv.desk.files;
    const absent = { ...files, get: async () => Promise.reject(new Error('the store is away')) };
    await put(first, 'vin-stamp', asJpeg(anotherVehicle()));
    await anotherProcess({ files: absent, onFailure: (error) => failures.push(error) }).round();
    expect(failures).toHaveLength(1);
    const before = await unreadable(first);
    for (let round = 0; round < 4; round += 1) await anotherProcess({ files: absent }).round();
    await anotherProcess({ looker: { look: async () => Promise.reject(new Error('lost once')) } }).round();
    await looked();
    expect(await unreadable(first)).toBe(before);
    const { photos } = await (await evidence('commission1')).ofCase({ id: first.id });
    expect(photos.every(({ looked: how }) => how !== 'waiting')).toBe(true);
  });

  test('when every process dies over one picture, it is given up without being looked at again', async () => {
    await put(first, 'vin-stamp', asJpeg(anotherVehicle()));
    const before = await unreadable(first);
    for (let life = 0; life < 3; life += 1) {
      await new Promise<void>((begun) => {
        const look = () => {
          begun();
          return new Promise<never>(() => undefined);
        };
        void anotherProcess({ looker: { look } }).round();
      });
      it.clock.advance(200_000);
    }
    // Looked at once more, it would go on waiting.
    await anotherProcess({ looker: { look: async () => Promise.reject(new Error('lost again')) } }).round();
    expect(await unreadable(first)).toBe(before + 1);
  });
});

describe('R44: who sees what', () => {
  test('an enterprise is not told of repeats, and nobody asks about a case that is not theirs to see', async () => {
    const clerk = await evidence('clerk1');
    await expect(clerk.ofCase({ id: first.id })).rejects.toMatchObject({ status: 403 });
    await expect(clerk.setAside({ id: first.id, findingId: 'x', reason: '同一拖车单' })).rejects.toMatchObject({
      status: 403,
    });
    await expect((await evidence('commission1')).ofCase({ id: 'nobody' })).rejects.toMatchObject({ status: 404 });
  });

  test('whoever may see one case only learns of the other no more than that there is one', async () => {
    const by = { id: 'test', name: 'test', organisationId: null, ip: '' };
    await inTransaction(it.database.db, (tx) =>
      it.product.accessList.change(tx, { by, what: {}, at: it.clock.now(), traceId: 't' }, (list) => ({
        ...list,
        roles: [
          ...list.roles,
          {
            id: 'own-reader',
            title: 'own-reader',
            level: 'organisation',
            shipped: false,
            grants: ['elv.vehicle-case:read', 'elv.photo-evidence:read'].map((permission) => ({
              permission,
              rows: 'own-organisation' as const,
              personal: 'plain' as const,
            })),
          },
        ],
        holdings: [...list.holdings, { subjectId: 'demo-clerk1b', roleId: 'own-reader' }],
      })),
    );
    it.clock.advance(4_000);
    const { findings: found, maySetAside } = await (await evidence('clerk1b')).ofCase({ id: first.id });
    expect([found.length > 0, maySetAside]).toEqual([true, false]);
    for (const { other } of found) expect(other).toMatchObject({ case: null, photo: null });
    expect(JSON.stringify(found)).not.toContain(second.id);
    await expect((await evidence('clerk1b')).ofCase({ id: second.id })).rejects.toMatchObject({ status: 404 });
  });
});

describe('R03: a repeat is set aside', () => {
  test('by the commission, with a reason that both cases and the log have, once', async () => {
    const commission = await evidence('commission1');
    const [finding] = await findings(first);
    const findingId = finding?.id ?? '';
    const reason = '同一拖车单为同批车辆共用，已核对原件';
    await expect(commission.setAside({ id: first.id, findingId, reason: '无' })).rejects.toMatchObject({ status: 400 });
    await expect((await evidence('desk1')).setAside({ id: first.id, findingId, reason })).rejects.toMatchObject({
      status: 403,
    });
    const stranger = await caseFactory(it, 4_100).at('intake');
    await expect(commission.setAside({ id: stranger.id, findingId, reason })).rejects.toMatchObject({ status: 404 });
    await commission.setAside({ id: first.id, findingId, reason });
    await expect(commission.setAside({ id: second.id, findingId, reason })).rejects.toMatchObject({
      status: 409,
      code: 'SET_ASIDE',
    });
    for (const one of [first, second])
      expect((await findings(one, 'desk1')).find(({ id }) => id === findingId)?.setAside).toMatchObject({ reason });
    const { audited } = await factsOfCase(it.database.db, first.id);
    const told = audited.filter(({ action }) => action === photoEvidenceContract.setAside.id);
    expect(told.map(({ detail }) => [detail.findingId, detail.reason])).toEqual([[findingId, reason]]);
  });
});

test('R03: what is odd of a photograph is told with its reason: of last year, from the other side of the river, off a screen', async () => {
  const old = asTaken(asJpeg(anotherVehicle()), '2025:11:20 10:00:00', {
    make: 'HUAWEI',
    place: [31.2304, 121.4737],
  });
  await put(first, 'battery-in-vehicle', old).catch(() => put(first, 'entry-other', old));
  await put(first, 'entry-other', aPng());
  await looked();
  const { photos, yardKnown } = await (await evidence('commission1')).ofCase({ id: first.id });
  expect(yardKnown).toBe(true);
  const odd = photos.find(({ camera }) => camera === 'HUAWEI');
  expect(odd).toMatchObject({ takenAt: '2025-11-20T02:00:00.000Z' });
  expect(odd?.metresAway).toBeGreaterThan(20_000);
  expect(odd?.oddities.map(({ code }) => code)).toEqual(['early', 'late', 'far']);
  expect(odd?.oddities[0]?.reason).toContain('2025-11-20 10:00');
  const screen = photos.filter(({ oddities }) => oddities.some(({ code }) => code === 'screenshot'));
  expect(screen.map(({ mediaType }) => mediaType)).toEqual(['image/png']);
  // Without a place nothing is odd about it, and nobody pretends to know.
  expect(photos.find(({ mediaType }) => mediaType === 'image/png')).toMatchObject({ place: null, metresAway: null });
});

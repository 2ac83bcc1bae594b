import { beforeEach, expect, test } from 'vitest';
import { offersOver } from '#kernel/area/offers.ts';
import type { Db } from '#kernel/db/database.ts';
import { clockAt, type FixedClock } from '#testkit/fixed-clock.ts';
import { type Organisation, organisationsOffer, organisationsOver } from './organisations.ts';

// Made up: the process that keeps organisations, and the clock.

const one = (name: string): Organisation => ({
  id: 'yard-1',
  name,
  creditCode: '91310115MADEMA0198',
  districtCode: '310115',
  kind: 'dismantler',
});
const nobodysTransaction = {} as Db;

let kept: readonly Organisation[];
let way: (answer: unknown) => Promise<unknown>;
let clock: FixedClock;
let organisations: ReturnType<typeof organisationsOver>;
beforeEach(async () => {
  kept = [one('一厂')];
  way = async (answer) => answer;
  clock = clockAt('2026-11-23T02:00:00Z');
  const offers = offersOver(
    [
      { id: 'governance', offers: [organisationsOffer], needs: [] },
      { id: 'elv', offers: [], needs: [organisationsOffer] },
    ],
    { areas: ['elv'], offerings: () => [] },
    (_, __, call, input) =>
      way(call === 'all' ? kept : call === 'register' ? { ...(input as object), id: 'yard-2' } : null),
  );
  organisations = organisationsOver(offers, clock);
  await organisations.follow();
});

const hangs = (): Promise<never> => new Promise(() => undefined);
const nameNow = async (): Promise<string | undefined> => (await organisations.find(nobodysTransaction, 'yard-1'))?.name;

test('T2.2: whoever asks in a step’s transaction is answered from the copy, however long the process that keeps organisations hangs', async () => {
  way = hangs;
  for (let minutes = 0; minutes < 9; minutes += 1) {
    clock.advance(60_000);
    void organisations.follow();
    expect(await nameNow()).toBe('一厂');
  }
});

test('R49: a new name is known once the copy is renewed', async () => {
  kept = [one('一厂（更名）')];
  await organisations.follow();
  expect(await nameNow()).toBe('一厂（更名）');
});

test('T2.2: a copy nobody could renew for ten minutes is not relied on', async () => {
  kept = [one('一厂（更名）')];
  clock.advance(10 * 60_000);
  expect(await nameNow()).toBe('一厂（更名）');
});

test('T2.2: one that was registered from here is known here, and nobody is asked for it', async () => {
  const by = {
    actor: { id: 'a', name: '甲', organisationId: null, ip: '' },
    at: clock.now().toISOString(),
    traceId: 't',
  };
  await organisations.register({ ...one('二厂'), creditCode: '91310112MADEMA027P' }, by);
  way = hangs;
  expect((await organisations.find(nobodysTransaction, 'yard-2'))?.name).toBe('二厂');
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { offer, offerCall, offering } from '#kernel/area/offer.ts';
import { faultsOfOffers, offersOver } from '#kernel/area/offers.ts';
import { tender } from '#kernel/source/source.ts';
import { aDatabase } from '#testkit/template-database.ts';
import { areaIds } from './area-ids.ts';
import { migrations, offerPlans, plans } from './plans.ts';

const home = join(import.meta.dirname, '../..');

const aCall = offerCall({ input: z.object({}), output: z.string() });
const anOffer = offer({ id: 'words', title: '词语', source: tender('T3.1'), by: 'one', calls: { say: aCall } });

test('T3.1: what areas offer and what they need fit', () => {
  expect(faultsOfOffers(offerPlans)).toEqual([]);
  const one = { id: 'one', offers: [anOffer], needs: [] };
  const other = { id: 'other', offers: [], needs: [anOffer] };
  expect(faultsOfOffers([one, other])).toEqual([]);
  expect(faultsOfOffers([other])).toEqual(['other needs words, which no area offers']);
  expect(faultsOfOffers([one])).toEqual(['one offers words, which no area needs']);
  expect(faultsOfOffers([one, { ...one, id: 'third' }, other])).toEqual(['words is offered by one and third']);
  const nothing = { areas: [], offerings: () => [] };
  expect(() => offersOver([other], nothing, async () => null)).toThrow('other needs words');
});

test('T3.1: an offer is answered here where its area runs here, and by the other process where it does not', async () => {
  const two = [
    { id: 'one', offers: [anOffer], needs: [] },
    { id: 'other', offers: [], needs: [anOffer] },
  ];
  const said = offering(anOffer, { say: async () => 'here' });
  const asked: string[] = [];
  const peer = async (...call: readonly unknown[]): Promise<unknown> => {
    asked.push(call.map((one) => (typeof one === 'string' ? one : '')).join(' '));
    return 'there';
  };
  const here = offersOver(two, { areas: ['one'], offerings: () => [said] }, peer);
  expect([await here.of(anOffer).say({}), here.isHere(anOffer), asked]).toEqual(['here', true, []]);
  const there = offersOver(two, { areas: ['other'], offerings: () => [] }, peer);
  expect([await there.of(anOffer).say({}), there.isHere(anOffer), asked]).toEqual(['there', false, ['one  say ']]);
});

/** The sources of an area that may hold SQL, or the names of tables for it. */
const sourcesOf = (area: string): readonly string[] =>
  readdirSync(join(home, 'areas', area), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => join('areas', area, path));

test('T3.1: no area names a table of another’s schema, and every schema is an area’s, the kernel’s or that of notices', async () => {
  const database = await aDatabase(migrations);
  const { rows } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_schema not in ('pg_catalog', 'information_schema')`.execute(database.db);
  await database.close();
  const own = plans.flatMap(({ schemas }) => schemas);
  expect(new Set(own).size).toBe(own.length);
  expect([...new Set(rows.map(({ schema }) => schema))].sort()).toEqual([...own, 'kernel', 'notice'].sort());
  const named = areaIds.flatMap((area) => {
    const schemas = plans.find(({ id }) => id === area)?.schemas ?? [];
    const foreign = rows.filter(({ schema }) => own.includes(schema) && !schemas.includes(schema));
    const words = new RegExp(`['"\`\\s(](${foreign.map(({ schema, name }) => `${schema}\\.${name}`).join('|')})\\b`);
    return sourcesOf(area).flatMap((path) => {
      const found = words.exec(readFileSync(join(home, path), 'utf8'));
      return found ? [`${path} names ${found[1]}`] : [];
    });
  });
  expect(named).toEqual([]);
});

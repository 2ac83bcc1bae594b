import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chanceOf } from '#apps/generator/chance.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { aChildProduct, type ChildProduct } from '#testkit/child-product.ts';
import { killLoad } from '#testkit/kill-load.ts';
import { expectNothingLost } from '#testkit/kill-witness.ts';
import { type Stroke, strike, strokes, strokesByLot } from '#testkit/strokes.ts';

// Real here: everything. The product runs as it is shipped, with its own database and simulators, and is killed at a stroke.
// A long run: `PROOF_KILLS=50 PROOF_SEED=7 npx vitest run apps/server/proof/kill.test.ts`.

const kills = process.env.PROOF_KILLS === undefined ? null : Number(process.env.PROOF_KILLS);
const chance = chanceOf(`kills ${process.env.PROOF_SEED ?? 1}`);
const dealt: readonly Stroke[] = kills === null ? ['server', ...strokes] : strokesByLot(chance, kills);

let product: ChildProduct;
beforeAll(async () => {
  product = await aChildProduct();
  await product.start();
}, 120_000);
afterAll(() => product.close(), 60_000);

test('R45, T3: killed again and again under load, server, database and workers alike, nothing acknowledged is lost and nothing is doubled', {
  timeout: 400_000 + (kills ?? 0) * 60_000,
}, async () => {
  const load = killLoad(product.url);
  await load.begin();
  const struck: Stroke[] = [];
  for (const stroke of dealt) {
    await load.more(3 + chance.below(9));
    // Wherever the next step, message or page happens to be.
    await pause(chance.below(400));
    struck.push(await strike(product, stroke, chance));
  }
  await load.more(9);
  await load.end();
  expect([load.people.repeats() > struck.length / 2, load.lives.length > 0]).toEqual([true, true]);
  const { db, close } = openDatabase({ url: product.databaseUrl(), poolSize: 4 });
  const verified = await expectNothingLost(db, load, product.stateFile).finally(close);
  const times = strokes.map((one) => `${one} ${struck.filter((other) => other === one).length}`);
  if (kills !== null) console.log(`struck: ${times.join(', ')}; verified: ${JSON.stringify(verified)}`);
});

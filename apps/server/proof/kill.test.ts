import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chanceOf } from '#apps/generator/chance.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { aChildProduct, type ChildProduct } from '#testkit/child-product.ts';
import { killLoad } from '#testkit/kill-load.ts';
import { expectNothingLost } from '#testkit/kill-witness.ts';
import { aSmallDisk, type SmallDisk } from '#testkit/small-disk.ts';
import { type Stroke, strike, strokes, strokesByLot } from '#testkit/strokes.ts';

// Real here: everything. The product runs as it is shipped, with its own database and simulators, on a disk of its own, and is killed at a stroke, or its disk is filled.
// A long run: `PROOF_KILLS=50 PROOF_SEED=7 npx vitest run apps/server/proof/kill.test.ts`.

const kills = process.env.PROOF_KILLS === undefined ? null : Number(process.env.PROOF_KILLS);
const chance = chanceOf(`kills ${process.env.PROOF_SEED ?? 1}`);
const dealt: readonly Stroke[] =
  kills === null
    ? [
        'server',
        'database',
        'full',
        'worker',
        chance.of(['fast', 'immediate'] as const),
        'storm',
        chance.of(['database-server', 'server-database'] as const),
        'starting',
      ]
    : strokesByLot(chance, kills);

let product: ChildProduct;
let disk: SmallDisk | undefined;
beforeAll(async () => {
  disk = aSmallDisk(768);
  if (!disk) console.log('this machine lets nobody mount a small disk: none is filled');
  product = await aChildProduct({}, disk?.folder);
  await product.start();
}, 120_000);
afterAll(async () => {
  await product.close();
  disk?.remove();
}, 60_000);

test('R45, T2.2, T3: killed again and again under load, server, database and workers alike, or with a full disk, nothing is answered as a defect, nothing acknowledged is lost and nothing is doubled', {
  timeout: 400_000 + (kills ?? 0) * 60_000,
}, async () => {
  const load = killLoad(product.url);
  await load.begin();
  const filled = disk && { ...disk, refusals: () => load.people.refusals().NO_ROOM ?? 0 };
  const struck: Stroke[] = [];
  for (const stroke of dealt) {
    await load.more(3 + chance.below(9));
    // Wherever the next step, message or page happens to be.
    await pause(chance.below(400));
    struck.push(await strike(product, filled, stroke, chance));
  }
  await load.more(9);
  await load.end();
  expect([load.people.repeats() > struck.length / 2, load.lives.length > 0]).toEqual([true, true]);
  const { db, close } = openDatabase({ url: product.databaseUrl(), poolSize: 4 });
  const verified = await expectNothingLost(db, load, product.stateFile).finally(close);
  const times = strokes.map((one) => `${one} ${struck.filter((other) => other === one).length}`);
  if (kills !== null) console.log(`struck: ${times.join(', ')}; verified: ${JSON.stringify(verified)}`);
});

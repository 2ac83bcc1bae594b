import { join } from 'node:path';
import { citizenReturn } from '#apps/server/citizen-rules.ts';
import { signOnReturn } from '#apps/server/sign-in-settings.ts';
import { startSimulators } from '#apps/server/simulators-process.ts';
import { startEmbedded } from '#kernel/db/embedded/launcher.ts';
import { ended, freePort, launched, up } from '#testkit/child-product.ts';
import { aSplitProduct } from '#testkit/split-product.ts';

// The product the stories meet with `STORIES_SPLIT=1`: a process for each area on one outside database, behind a balancer that goes by the address alone.

const home = join(import.meta.dirname, '..');
const port = Number(process.env.PORT);
const publicUrl = `http://127.0.0.1:${port}`;
const simulatorsPort = Number(process.env.SIMULATORS_PORT);
const folder = String(process.env.DATA_DIR);
const database = await startEmbedded({ dataDir: folder, cacheDir: join(home, '.cache'), durable: false });
// All areas in one process tell the demo's past, and end.
const telling = launched({
  PUBLIC_URL: publicUrl,
  PORT: String(await freePort()),
  DEMO_CASES: String(process.env.DEMO_CASES),
  DATABASE_URL: database.appUrl,
  DATABASE_OWNER_URL: database.ownerUrl,
});
await up(telling);
await ended(telling, 'SIGTERM');
const simulators = await startSimulators({
  home,
  port: simulatorsPort,
  callbackUrl: publicUrl,
  signOnRedirect: signOnReturn(publicUrl),
  oneStopRedirect: citizenReturn(publicUrl),
  linkKeysFile: join(folder, 'link-keys.json'),
  stateFile: join(folder, 'simulators.jsonl'),
});
const split = await aSplitProduct({
  folder,
  port,
  simulatorsUrl: simulators.url,
  databaseUrls: { governance: database.appUrl, elv: database.appUrl },
  databaseOwnerUrl: database.ownerUrl,
});

process.once('SIGTERM', () => {
  void (async () => {
    await split.close();
    await simulators.stop();
    await database.stop();
  })();
});

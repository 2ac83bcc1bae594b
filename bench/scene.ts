import { join } from 'node:path';
import { startEmbedded } from '#kernel/db/embedded/launcher.ts';
import { gatherPeople, type People } from './people.ts';
import { discard, home, type RunningProduct, startProduct, throwawayFolder } from './product.ts';

/** What is shown to read `/metrics`. */
export const metricsToken = 'bench-reads-the-metrics';

/** The product with everybody signed in: what the load measures share. */
export interface Scene {
  readonly product: RunningProduct;
  readonly databaseUrl: string;
  /** As the tables' owner. */
  readonly ownerUrl: string;
  readonly people: People;
}

/** What a measure is given. In a short run it only has to show that it still runs. */
export interface Bench {
  readonly short: boolean;
  /** People at work at once. */
  readonly together: number;
  /** The shared scene, made when it is first wanted. */
  scene(): Promise<Scene>;
}

const furnish = async (product: RunningProduct, together: number): Promise<Scene> => {
  // The database the product has started is only reached, not started again.
  const { appUrl, ownerUrl } = await startEmbedded({
    dataDir: product.dataDir,
    cacheDir: join(home, '.cache'),
    durable: true,
  });
  await fetch(`${product.simulatorsUrl}/admin/settings`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    // How long the offices take over a case is not the product's speed.
    body: JSON.stringify({ decisionDelayMs: 0, certificateDelayMs: 0, deregistrationDelayMs: 0 }),
  });
  return {
    product,
    databaseUrl: appUrl,
    ownerUrl,
    people: await gatherPeople(
      product.url,
      { databaseUrl: appUrl, masterKeyFile: join(product.dataDir, 'master.key') },
      together,
    ),
  };
};

const leave = async (product: RunningProduct): Promise<void> => {
  await product.stop();
  discard(product.dataDir);
};

const setTheScene = async (together: number, demoCases: number): Promise<Scene> => {
  const product = await startProduct({
    home,
    dataDir: throwawayFolder(),
    settings: {
      DEMO_CASES: String(demoCases),
      // The demo has few plates; the limit of one is not what is measured.
      PROGRESS_PER_PLATE: '1000',
      METRICS_TOKEN: metricsToken,
      NODE_OPTIONS: process.env.SERVER_NODE_OPTIONS ?? '',
    },
  });
  return furnish(product, together).catch(async (error: unknown) => {
    await leave(product);
    throw error;
  });
};

/** Opens the bench; `close` stops what was started. */
export const openBench = (short: boolean, demoCases = short ? 0 : 100): Bench & { close(): Promise<void> } => {
  let made: Promise<Scene> | undefined;
  const together = short ? 3 : 50;
  return {
    short,
    together,
    scene: () => {
      made ??= setTheScene(together, demoCases);
      return made;
    },
    close: async () => {
      if (!made) return;
      const { product, people } = await made;
      people.leave();
      await leave(product);
    },
  };
};

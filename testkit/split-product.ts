import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AreaId, areaIds } from '#apps/server/area-ids.ts';
import { areaOfPath } from '#apps/server/area-routes.ts';
import { aBalancer } from './balancer.ts';
import { ended, freePort, launched, outsideSettings, type Running, up } from './child-product.ts';

/** One process of a split product: an area of its own. */
export interface AreaProcess {
  readonly url: string;
  start(): Promise<void>;
  /** Ends it at a stroke. */
  kill(): Promise<void>;
  /** Asks it to end; what it was told is in the answer. */
  stop(): Promise<string>;
  /** Has it hang: its connections stay, and it answers nothing until it may go on. */
  hang(): void;
  goOn(): void;
}

/** The product in a process for each area behind a balancer that goes by the address alone. */
export interface SplitProduct extends Readonly<Record<AreaId, AreaProcess>> {
  readonly url: string;
  close(): Promise<void>;
}

/** What a split product stands on: its folder holds the keys it shares with the simulators. */
export interface SplitGround {
  readonly folder: string;
  readonly simulatorsUrl: string;
  /** Each area's own user of the database, and the owner of the tables. */
  readonly databaseUrls: Readonly<Record<AreaId, string>>;
  readonly databaseOwnerUrl: string;
  /** Where people come; any port unless given. */
  readonly port?: number;
  /** Where the others find an area, given its own address; there unless told. */
  readonly reachedAt?: (area: AreaId, url: string) => string;
  readonly settings?: Readonly<Record<string, string>>;
}

const processOf = (
  area: AreaId,
  urls: Readonly<Record<AreaId, string>>,
  ground: SplitGround,
  publicUrl: string,
): AreaProcess => {
  const reachedAt = ground.reachedAt ?? ((_, url) => url);
  const peers = areaIds.filter((id) => id !== area).map((id) => `${id}=${reachedAt(id, urls[id])}`);
  let running: Running | undefined;
  return {
    url: urls[area],
    start: async () => {
      running = launched({
        ...outsideSettings(ground.folder, ground.simulatorsUrl),
        ...ground.settings,
        AREAS: area,
        PEERS: peers.join(','),
        DATA_DIR: ground.folder,
        PORT: new URL(urls[area]).port,
        PUBLIC_URL: publicUrl,
        DATABASE_URL: ground.databaseUrls[area],
        DATABASE_OWNER_URL: ground.databaseOwnerUrl,
      });
      await up(running);
    },
    kill: async () => {
      if (running) await ended(running, 'SIGKILL');
    },
    stop: async () => {
      // One that hangs does not end.
      running?.child.kill('SIGCONT');
      if (running) await ended(running, 'SIGTERM');
      return running?.text ?? '';
    },
    hang: () => void running?.child.kill('SIGSTOP'),
    goOn: () => void running?.child.kill('SIGCONT'),
  };
};

/** Starts a process for each area, and a balancer before them. */
export const aSplitProduct = async (ground: SplitGround): Promise<SplitProduct> => {
  const ports = await Promise.all(areaIds.map(() => freePort()));
  const urlOf = (index: number): string => `http://127.0.0.1:${ports[index]}`;
  const urls = { governance: urlOf(0), elv: urlOf(1) };
  const balancer = await aBalancer((path) => {
    const area = areaOfPath(path);
    return area === undefined ? Object.values(urls) : [urls[area]];
  }, ground.port);
  const governance = processOf('governance', urls, ground, balancer.url);
  const elv = processOf('elv', urls, ground, balancer.url);
  // The first makes the keys both have.
  await governance.start();
  await elv.start();
  return {
    url: balancer.url,
    governance,
    elv,
    close: async () => {
      await balancer.close();
      await Promise.all([governance.stop(), elv.stop()]);
    },
  };
};

/** Writes the keys of simulators where a product finds them. */
export const keepLinkKeys = (folder: string, keys: object): void =>
  writeFileSync(join(folder, 'link-keys.json'), JSON.stringify(keys));

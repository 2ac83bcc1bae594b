import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { clientOf } from '#kernel/contract/client.ts';
import type { Person } from './people.ts';
import type { Scene } from './scene.ts';

/** One read of a load; `worker` and `turn` count from 0. */
export type Read = (worker: number, turn: number) => Promise<unknown>;

const apiOf = ({ transport }: Person) => clientOf(vehicleCaseContract, transport);

const turnOf = <T>(things: readonly T[], turn: number): T => {
  const thing = things[turn % things.length];
  if (thing === undefined) throw new Error('there is nothing to read');
  return thing;
};

/** Every clerk reads whole cases of the own yard, one after another. */
export const caseReads = async ({ people }: Scene): Promise<Read> => {
  const own = await Promise.all(people.clerks.map(async (clerk) => (await apiOf(clerk).list({ size: 100 })).rows));
  return (worker, turn) => {
    const at = worker % people.clerks.length;
    return apiOf(turnOf(people.clerks, at)).get({ id: turnOf(own[at] ?? [], turn).id });
  };
};

/** Clerks list their yard's cases, reviewers everybody's: twenty rows and the exact number of all. */
export const caseLists = ({ people }: Scene): Read => {
  const readers = people.clerks.map((clerk, at) => (at % 2 === 0 ? clerk : turnOf(people.commission, at)));
  return (worker) => apiOf(turnOf(readers, worker)).list({ size: 20 });
};

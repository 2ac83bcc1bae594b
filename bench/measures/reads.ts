import { randomUUID } from 'node:crypto';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { clientOf } from '#kernel/contract/client.ts';
import type { Figure } from '../figure.ts';
import { loadOf } from '../load.ts';
import { type CpuSeconds, cpuSecondsOfAll } from '../process-figures.ts';
import { caseLists, caseReads } from '../reads.ts';
import type { Bench, Scene } from '../scene.ts';
import { stepsOverHttp } from '../steps.ts';

/** What fifty people do at once, each again as soon as answered. */
interface Deed {
  readonly title: string;
  /** Milliseconds of the server's processor. */
  readonly cpuBar?: number;
  /** A second. */
  readonly rate: { readonly bar: number; readonly aim?: number };
  readonly done: (scene: Scene, together: number) => Promise<(worker: number, turn: number) => Promise<unknown>>;
}

const deeds: readonly Deed[] = [
  { title: 'a case read', cpuBar: 1, rate: { bar: 2_500 }, done: caseReads },
  {
    title: 'a list of 20 with exact total',
    cpuBar: 1,
    rate: { bar: 1_000, aim: 1_700 },
    done: async (scene) => caseLists(scene),
  },
  {
    title: 'a case opened',
    rate: { bar: 600, aim: 1_000 },
    done: async ({ people }) => {
      const apis = people.clerks.map(({ transport }) => clientOf(vehicleCaseContract, transport));
      return async (worker) => apis[worker % apis.length]?.open({ key: randomUUID() });
    },
  },
  {
    title: 'a step',
    rate: { bar: 600, aim: 1_000 },
    done: async (scene, together) => {
      const steps = await Promise.all(Array.from({ length: together }, (_, worker) => stepsOverHttp(scene, worker)));
      return async (worker) => steps[worker]?.step();
    },
  },
];

const parties = ['server', 'database', 'load'] as const satisfies readonly (keyof CpuSeconds)[];

const figuresOf = async ({ title, cpuBar, rate, done }: Deed, { short, together, scene }: Bench) => {
  const set = await scene();
  const deed = await done(set, together);
  await loadOf(together, short ? 0.2 : 3, deed);
  const before = cpuSecondsOfAll(set.product);
  const { calls, perSecond, p95Ms, p99Ms } = await loadOf(together, short ? 0.5 : 10, deed);
  const after = cpuSecondsOfAll(set.product);
  return [
    { measure: `${title}, rate`, value: perSecond, unit: '/s', better: 'higher', ...rate },
    { measure: `${title}, p95`, value: p95Ms, unit: 'ms', better: 'lower', bar: 150 },
    { measure: `${title}, p99`, value: p99Ms, unit: 'ms', better: 'lower' },
    ...parties.map((party): Figure => {
      const value = ((after[party] - before[party]) * 1000) / calls;
      const bar = party === 'server' && cpuBar !== undefined ? { bar: cpuBar } : {};
      return { measure: `${title}, processor of the ${party}`, value, unit: 'ms each', better: 'lower', ...bar };
    }),
  ] satisfies readonly Figure[];
};

/** What lists, reads, openings and steps reach when fifty do nothing else, and whose processor that takes. Source: tender T2.7; issue on ten years of cases. */
export const measureReads = async (bench: Bench): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const deed of deeds) figures.push(...(await figuresOf(deed, bench)));
  return figures;
};

import type { Figure } from '../figure.ts';
import { loadOf } from '../load.ts';
import { cpuSecondsOf } from '../process-figures.ts';
import { caseLists, caseReads, type Read } from '../reads.ts';
import type { Bench } from '../scene.ts';

const figuresOf = async (title: string, pid: number, { short, together }: Bench, read: Read) => {
  await loadOf(together, short ? 0.2 : 3, read);
  const before = cpuSecondsOf(pid);
  const { calls, perSecond, p95Ms } = await loadOf(together, short ? 0.5 : 10, read);
  const cpuMs = ((cpuSecondsOf(pid) - before) * 1000) / calls;
  return [
    { measure: `${title}, p95`, value: p95Ms, unit: 'ms', better: 'lower', bar: 150 },
    { measure: `${title}, processor of the server`, value: cpuMs, unit: 'ms each', better: 'lower', bar: 1 },
    { measure: `${title}, rate`, value: perSecond, unit: '/s', better: 'higher' },
  ] satisfies readonly Figure[];
};

/** Case reads and lists, each by fifty who ask again as soon as they are answered, and what they take of the server's processor. */
export const measureReads = async (bench: Bench): Promise<readonly Figure[]> => {
  const scene = await bench.scene();
  const { pid } = scene.product;
  return [
    ...(await figuresOf('a case read', pid, bench, await caseReads(scene))),
    ...(await figuresOf('a list of 20 with exact total', pid, bench, caseLists(scene))),
  ];
};

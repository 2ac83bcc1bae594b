import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { addressOf, clientOf } from '#kernel/contract/client.ts';
import type { Figure } from '../figure.ts';
import { percentile } from '../load.ts';
import type { Bench } from '../scene.ts';
import { walkCases } from './lifecycles.ts';

/** The certificate's six pages as PDF over HTTP, one at a time: the first of the server's life, then many. */
export const measureCertificate = async ({ short, scene }: Bench): Promise<readonly Figure[]> => {
  const ready = await scene();
  const [reader] = ready.people.clerks;
  if (!reader) throw new Error('nobody is there to print');
  await walkCases(ready, 1, 1);
  const { rows } = await clientOf(vehicleCaseContract, reader.transport).list({ state: ['closed'], size: 1 });
  const id = rows[0]?.id ?? '';
  const { url } = addressOf(vehicleCaseContract.certificatePdf, { id, copies: 'all' });
  const print = async (): Promise<number> => {
    const began = performance.now();
    const reply = await reader.send(`${reader.transport.baseUrl}${url}`, 'GET', {});
    if (!(await reply.text()).startsWith('%PDF')) throw new Error(`no certificate: ${reply.status}`);
    return performance.now() - began;
  };
  const cold = await print();
  const warm: number[] = [];
  for (let turn = 0; turn < (short ? 3 : 40); turn += 1) warm.push(await print());
  return [
    { measure: 'certificate as PDF, six pages, the first', value: cold, unit: 'ms', better: 'lower' },
    { measure: 'certificate as PDF, six pages, then', value: percentile(warm, 50), unit: 'ms', better: 'lower' },
  ];
};

import type { Figure } from '../figure.ts';
import { residentMiBOf } from '../process-figures.ts';
import type { Bench } from '../scene.ts';
import { walkCases } from './lifecycles.ts';

/** The server's memory when whole cases have just been worked on; OCR and the database are processes of their own. */
export const measureMemory = async ({ short, together, scene }: Bench): Promise<readonly Figure[]> => {
  const ready = await scene();
  if (!short) await walkCases(ready, together, together);
  const value = residentMiBOf(ready.product.pid);
  return [{ measure: 'memory of the server after load', value, unit: 'MiB', better: 'lower', bar: 300 }];
};

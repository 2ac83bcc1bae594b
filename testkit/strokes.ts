import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '#apps/generator/chance.ts';
import type { ChildProduct } from './child-product.ts';

/** What is killed, each at a stroke (SIGKILL). `starting`: the server, and once more while it comes up again. `worker`: a process the server has for one kind of task. */
export const strokes = ['server', 'database', 'worker', 'database-server', 'server-database', 'starting'] as const;
/** See {@link strokes}. */
export type Stroke = (typeof strokes)[number];

/** Deals a stroke, and sees to it that the product runs again; answers what was struck: without any worker there is the server still. */
export const strike = async (product: ChildProduct, stroke: Stroke, chance: Chance): Promise<Stroke> => {
  if (stroke === 'database') {
    // The server itself starts a database that was killed under it, and goes on.
    product.killDatabase();
    return stroke;
  }
  if (stroke === 'worker') {
    const workers = product.workers();
    if (workers.length > 0) {
      process.kill(chance.of(workers), 'SIGKILL');
      return stroke;
    }
  }
  if (stroke === 'database-server') product.killDatabase();
  await product.killServer();
  if (stroke === 'server-database') product.killDatabase();
  if (stroke === 'starting') {
    const coming = product.start().catch(() => undefined);
    await pause(chance.below(3_000));
    await product.killServer();
    await coming;
  }
  await product.start();
  return stroke === 'worker' ? 'server' : stroke;
};

const weights: Readonly<Record<Stroke, number>> = {
  server: 8,
  database: 6,
  worker: 4,
  'database-server': 2,
  'server-database': 2,
  starting: 3,
};

/** So many strokes by lot. */
export const strokesByLot = (chance: Chance, count: number): readonly Stroke[] =>
  Array.from({ length: count }, () => chance.weighted(strokes.map((one) => ({ one, weight: weights[one] }))).one);

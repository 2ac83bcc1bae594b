import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '#apps/generator/chance.ts';
import type { ChildProduct } from './child-product.ts';
import type { SmallDisk } from './small-disk.ts';
import { waitUntil } from './wait-until.ts';

/**
 * What is killed, each at a stroke (SIGKILL). `starting`: the server, and once more while it comes up again. `worker`: a process the server has for one kind of task.
 * `fast`, `immediate`: the database is told to stop so. `full`: the disk under everything is full for a while. `storm`: thousands of connections at once, of which
 * half send nothing and half no more than the beginning of a question.
 */
export const strokes = [
  'server',
  'database',
  'worker',
  'database-server',
  'server-database',
  'starting',
  'fast',
  'immediate',
  'full',
  'storm',
] as const;
/** See {@link strokes}. */
export type Stroke = (typeof strokes)[number];

/** A disk under the product, and how often somebody was refused for want of room so far. */
type FilledDisk = SmallDisk & { refusals(): number };

const storm = async (url: string, connections: number): Promise<void> => {
  const { port } = new URL(url);
  const sockets = Array.from({ length: connections }, (_, n) => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    if (n % 2 === 1) socket.write('POST /api/elv/vehicle-cases HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    return socket;
  });
  await pause(2_000);
  for (const socket of sockets) socket.destroy();
};

const signals: Readonly<Partial<Record<Stroke, NodeJS.Signals>>> = {
  database: 'SIGKILL',
  fast: 'SIGINT',
  immediate: 'SIGQUIT',
};

/** So long a disk is full at most before nobody has met it. */
const mostFullMs = 15_000;

/** Strokes the server itself lives through; false where it is another, or there is nothing to strike. */
const strikeBeside = async (
  product: ChildProduct,
  disk: FilledDisk | undefined,
  stroke: Stroke,
  chance: Chance,
): Promise<boolean> => {
  const signal = signals[stroke];
  // The server itself starts a database again that has ended under it, and goes on.
  if (signal) product.killDatabase(signal);
  else if (stroke === 'full' && disk) {
    const before = disk.refusals();
    try {
      disk.fill();
      // Until somebody has met it, and a little longer. A database that ends over it refuses everybody for another reason, until there is room.
      const began = performance.now();
      await waitUntil(() => disk.refusals() > before || performance.now() - began > mostFullMs);
      await pause(chance.below(3_000));
    } finally {
      disk.empty();
    }
  } else if (stroke === 'storm') await storm(product.url, 2_000 + chance.below(3_000));
  else if (stroke === 'worker') {
    const workers = product.workers();
    if (workers.length === 0) return false;
    process.kill(chance.of(workers), 'SIGKILL');
  } else return false;
  return true;
};

/** Deals a stroke, and sees to it that the product runs again; answers what was struck: without any worker, or a disk of its own, there is the server still. */
export const strike = async (
  product: ChildProduct,
  disk: FilledDisk | undefined,
  stroke: Stroke,
  chance: Chance,
): Promise<Stroke> => {
  if (await strikeBeside(product, disk, stroke, chance)) return stroke;
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
  return stroke === 'worker' || stroke === 'full' ? 'server' : stroke;
};

const weights: Readonly<Record<Stroke, number>> = {
  server: 8,
  database: 6,
  worker: 4,
  'database-server': 2,
  'server-database': 2,
  starting: 3,
  fast: 3,
  immediate: 3,
  full: 3,
  storm: 2,
};

/** So many strokes by lot. */
export const strokesByLot = (chance: Chance, count: number): readonly Stroke[] =>
  Array.from({ length: count }, () => chance.weighted(strokes.map((one) => ({ one, weight: weights[one] }))).one);

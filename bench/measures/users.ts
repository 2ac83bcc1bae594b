import { setTimeout as pause } from 'node:timers/promises';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { addressOf, clientOf } from '#kernel/contract/client.ts';
import type { Apart } from '../apart.ts';
import { type Figure, shown } from '../figure.ts';
import { percentile } from '../load.ts';
import type { Person } from '../people.ts';
import type { Bench, Scene } from '../scene.ts';

/** What became of a request: answered, sent away with a word when to come back (seconds), or its connection was broken off. */
type Outcome = 'answered' | 'broken' | { readonly wait: number };

type Request = (asker: number, turn: number) => Promise<Outcome>;

/** How long somebody waits whose connection was broken off, in seconds. */
const patience = 3;

const isBroken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(String(error.code));

const sent = async ({ transport, send }: Person, url: string): Promise<Outcome> => {
  const answer = await send(`${transport.baseUrl}${url}`, 'GET', { 'x-requested-with': 'desk' }).catch(
    (error: unknown) => {
      if (isBroken(error)) return undefined;
      throw error;
    },
  );
  if (answer === undefined) return 'broken';
  if (answer.ok) return 'answered';
  if (answer.status === 503 && answer.retryAfter > 0) return { wait: answer.retryAfter };
  throw new Error(`${url} was answered with ${answer.status}: ${await answer.text()}`);
};

const at = <T>(some: readonly T[], turn: number): T => {
  const one = some[turn % some.length];
  if (one === undefined) throw new Error('there is nobody to ask, or nothing to ask for');
  return one;
};

/** Lists of twenty with their total, and whole cases one after another; by clerks of all yards and, every other one, the commission. */
const requestsOf = async ({ people }: Scene): Promise<Readonly<Record<'a list' | 'a case', Request>>> => {
  const askers = people.clerks.map((clerk, turn) => (turn % 2 === 0 ? clerk : at(people.commission, turn)));
  const own = await Promise.all(
    askers.map(async ({ transport }) => (await clientOf(vehicleCaseContract, transport).list({ size: 100 })).rows),
  );
  const { url: list } = addressOf(vehicleCaseContract.list, { size: 20 });
  return {
    'a list': (asker) => sent(at(askers, asker), list),
    'a case': (asker, turn) => {
      const { id } = at(own[asker % askers.length] ?? [], turn + asker);
      return sent(at(askers, asker), addressOf(vehicleCaseContract.get, { id }).url);
    },
  };
};

interface Level {
  readonly what: string;
  readonly askers: number;
  readonly perSecond: number;
  readonly times: readonly number[];
  readonly shed: number;
  readonly broken: number;
  /** Seconds after the end of the load until answers come as before it. */
  readonly recovery: number;
}

/** So many who ask again as soon as they are answered, and who is sent away when it may come back. */
const loadLevel = async (request: Request, askers: number, seconds: number) => {
  const times: number[] = [];
  const counts = { shed: 0, broken: 0 };
  const began = performance.now();
  const end = began + seconds * 1_000;
  const ask = async (asker: number): Promise<void> => {
    // All at once is a lightning stroke that no crowd of people is; they come within half a second.
    await pause(Math.random() * 500);
    for (let turn = 0; performance.now() < end; turn += 1) {
      const asked = performance.now();
      const outcome = await request(asker, turn);
      if (outcome === 'answered') {
        times.push(performance.now() - asked);
        continue;
      }
      counts[outcome === 'broken' ? 'broken' : 'shed'] += 1;
      const wait = outcome === 'broken' ? patience : outcome.wait;
      await pause(Math.max(0, Math.min(wait * 1_000 * (1 + Math.random()), end - performance.now())));
    }
  };
  await Promise.all(Array.from({ length: askers }, (_, asker) => ask(asker)));
  return { times, ...counts, perSecond: times.length / ((performance.now() - began) / 1_000) };
};

const alone = async (request: Request, count: number): Promise<readonly number[]> => {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const asked = performance.now();
    const outcome = await request(0, turn);
    if (outcome === 'answered') times.push(performance.now() - asked);
    else await pause(1_000);
  }
  return times;
};

const few = 10;

/** Seconds until ten answers to one alone take, in their middle, no longer than twice what they took before; no more than are waited for. */
const recoveryOf = async (request: Request, usualMs: number, mostSeconds: number): Promise<number> => {
  const began = performance.now();
  for (;;) {
    const asked = performance.now();
    const times = await alone(request, few);
    if (times.length === few && percentile(times, 50) <= 2 * usualMs) return Math.round((asked - began) / 100) / 10;
    if (asked - began > mostSeconds * 1_000) return mostSeconds;
  }
};

const levelsOf = async (what: string, request: Request, askers: readonly number[], seconds: number) => {
  await loadLevel(request, at(askers, 1), seconds / 4);
  const usualMs = percentile(await alone(request, 5 * few), 50);
  const levels: Level[] = [];
  for (const count of askers) {
    const load = await loadLevel(request, count, seconds);
    levels.push({ what, askers: count, ...load, recovery: await recoveryOf(request, usualMs, seconds > 1 ? 60 : 1) });
  }
  return levels;
};

const cellsOf = (levels: readonly Level[]): readonly (readonly string[])[] => [
  [
    'asked for',
    'at once',
    'answered a second',
    'p50, ms',
    'p95, ms',
    'p99, ms',
    'sent away',
    'broken off',
    'as before after, s',
  ],
  ...levels.map(({ what, askers, perSecond, times, shed, broken, recovery }) => [
    what,
    String(askers),
    shown(perSecond),
    ...[50, 95, 99].map((percent) => shown(percentile(times, percent))),
    ...[shed, broken].map((count) => `${shown((100 * count) / (shed + broken + times.length))} %`),
    shown(recovery),
  ]),
];

const figuresOf = (levels: readonly Level[], what: string): readonly Figure[] => {
  const own = levels.filter((level) => level.what === what);
  const [last] = own.slice(-1);
  const best = Math.max(...own.map(({ perSecond }) => perSecond));
  if (!last) throw new Error('nothing was measured');
  const title = `${what}, ${last.askers} at once`;
  return [
    {
      measure: `${title}, answered beside the best`,
      value: (100 * last.perSecond) / best,
      unit: '%',
      better: 'higher',
      bar: 50,
      never: 10,
    },
    { measure: `${title}, broken off`, value: last.broken, unit: 'requests', better: 'lower', bar: 0 },
    { measure: `${title}, as before after`, value: last.recovery, unit: 's', better: 'lower', bar: 5 },
  ];
};

/**
 * Answers a second, and how long they take, by how many ask at once: up to fifty times as many as are required. Who is not answered is to be sent away with a
 * word when to come back; any other answer ends the measure. Source: tender T2.2, T2.7; issue on ten years of cases.
 */
export const measureUsers = async ({ short, scene }: Bench): Promise<Apart> => {
  const requests = Object.entries(await requestsOf(await scene()));
  const [askers, seconds] = short ? [[3, 60], 0.6] : [[1, 10, 50, 200, 500, 1_000, 2_500], 8];
  const levels: Level[] = [];
  for (const [what, request] of short ? requests.slice(0, 1) : requests)
    levels.push(...(await levelsOf(what, request, askers, seconds)));
  const kinds = [...new Set(levels.map(({ what }) => what))];
  return {
    figures: kinds.flatMap((what) => figuresOf(levels, what)),
    cells: cellsOf(levels),
    conditions:
      'Each asks again as soon as it is answered, for eight seconds; who is sent away (503, Retry-After) comes back when it was told to. Times are of those who were answered.',
  };
};

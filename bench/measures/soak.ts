import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { clientOf } from '#kernel/contract/client.ts';
import { type Db, openDatabase } from '#kernel/db/database.ts';
import type { Apart } from '../apart.ts';
import { type Figure, shown } from '../figure.ts';
import { percentile } from '../load.ts';
import { residentMiBOf } from '../process-figures.ts';
import { caseLists, caseReads } from '../reads.ts';
import { type Bench, metricsToken, type Scene } from '../scene.ts';
import { walkWhile } from './lifecycles.ts';

/** What is looked at every few seconds. */
interface Sample {
  readonly minute: number;
  readonly figures: Readonly<Record<string, number>>;
}

const figureIn = (metrics: string, name: string): number =>
  metrics
    .split('\n')
    .filter((line) => line.startsWith(name) && /^[ {]/.test(line.slice(name.length)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);

const waitingRows = async (db: Db): Promise<number> => {
  const { rows } = await sql<{ waiting: number }>`
    select ((select count(*) from kernel.outbox where status in ('due', 'leased')) + (select count(*) from elv.case_passage))::integer as waiting`.execute(
    db,
  );
  return rows[0]?.waiting ?? Number.NaN;
};

const look = async ({ product }: Scene, db: Db): Promise<Sample['figures']> => {
  const reply = await fetch(`${product.url}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } });
  const metrics = await reply.text();
  if (!reply.ok) throw new Error(`/metrics was answered with ${reply.status}`);
  return {
    'resident memory, MiB': residentMiBOf(product.pid),
    'heap in use, MiB': figureIn(metrics, 'hushang_nodejs_heap_size_used_bytes') / 2 ** 20,
    'open handles': readdirSync(`/proc/${product.pid}/fd`).length,
    'event loop late, p99, ms': figureIn(metrics, 'hushang_nodejs_eventloop_lag_p99_seconds') * 1_000,
    'rows that wait': await waitingRows(db),
  };
};

interface Stock {
  readonly cases: number;
  readonly megabytes: number;
}

const stockOf = async (db: Db): Promise<Stock> => {
  const { rows } = await sql<{ cases: number; bytes: string }>`
    select (select count(*)::integer from elv.vehicle_case) as cases, pg_database_size(current_database()) as bytes`.execute(
    db,
  );
  return { cases: rows[0]?.cases ?? 0, megabytes: Number(rows[0]?.bytes) / 1e6 };
};

/** Cases walked, others read, listed, searched and counted, all by people who look for two seconds between two things, until there is no `more`. */
const mixedWork = async (scene: Scene, walkers: number, readers: number, more: () => boolean): Promise<void> => {
  const [reads, lists] = [await caseReads(scene), caseLists(scene)];
  const apis = scene.people.clerks.map(({ transport }) => clientOf(vehicleCaseContract, transport));
  const reader = async (worker: number): Promise<void> => {
    const api = apis[worker % apis.length];
    const things = [
      (turn: number) => reads(worker, turn),
      (turn: number) => lists(worker, turn),
      () => api?.list({ q: '沪A', size: 20 }),
      () => api?.summary({}),
    ];
    for (let turn = 0; more(); turn += 1) {
      await pause(1_000 + Math.random() * 2_000);
      await things[turn % things.length]?.(turn);
    }
  };
  await Promise.all([
    walkWhile(scene, walkers, more, 2_000),
    ...Array.from({ length: readers }, (_, worker) => reader(worker)),
  ]);
};

const middleOf = (samples: readonly Sample[], minute: number, name: string): number =>
  percentile(
    samples.filter((one) => one.minute === minute).map(({ figures }) => figures[name] ?? Number.NaN),
    50,
  );

const warmMinutes = 10;

/** Takes samples while the work goes on, and answers them with what the tables held at the end of the tenth minute and of the last. */
const watched = async (
  scene: Scene,
  db: Db,
  minutes: number,
  everyMs: number,
  work: (more: () => boolean) => Promise<void>,
) => {
  const began = performance.now();
  const minuteNow = (): number => Math.floor((performance.now() - began) / 60_000) + 1;
  const working = work(() => minuteNow() <= minutes);
  const samples: Sample[] = [];
  const stocks: Stock[] = [await stockOf(db)];
  for (let minute = 1; minute <= minutes; minute = minuteNow()) {
    samples.push({ minute, figures: await look(scene, db) });
    // A failure of the work ends the watch too.
    await Promise.race([pause(everyMs), working.then(() => pause(everyMs))]);
    if (minute === Math.min(warmMinutes, minutes - 1) && minuteNow() > minute) stocks.push(await stockOf(db));
  }
  stocks.push(await stockOf(db));
  await working;
  return { samples, stocks };
};

const perCase = ([from, to]: readonly (Stock | undefined)[]): number =>
  ((to?.megabytes ?? 0) - (from?.megabytes ?? 0)) / Math.max(1, (to?.cases ?? 0) - (from?.cases ?? 0));

/**
 * Memory, handles, lateness of the event loop and what waits in the database, over half an hour of mixed work by people who look and think: what they are in the
 * tenth minute and in the last. `SOAK_MINUTES` makes it longer or shorter. Source: tender T2.2; issue on ten years of cases.
 */
export const measureSoak = async (bench: Bench): Promise<Apart> => {
  const scene = await bench.scene();
  const minutes = Math.max(2, Number(process.env.SOAK_MINUTES ?? 30));
  const early = Math.min(warmMinutes, minutes - 1);
  const { db, close } = openDatabase({ url: scene.ownerUrl, poolSize: 1 });
  const { samples, stocks } = await watched(scene, db, minutes, 5_000, (more) => mixedWork(scene, 12, 38, more));
  await close();
  await pause(60_000);
  const after = residentMiBOf(scene.product.pid);
  const names = Object.keys(samples[0]?.figures ?? {});
  const lines = names.map((name) => [name, middleOf(samples, early, name), middleOf(samples, minutes, name)] as const);
  const [, early10 = 0, late10 = 0] = lines[0] ?? [];
  const growth = (100 * (late10 - early10)) / early10;
  const [begin, middle, end] = stocks;
  const figures: readonly Figure[] = [
    {
      measure: `memory from minute ${early} to ${minutes}, growth`,
      value: growth,
      unit: '%',
      better: 'lower',
      bar: 10,
    },
    { measure: 'memory of the server a minute after', value: after, unit: 'MiB', better: 'lower', bar: 300 },
  ];
  return {
    figures,
    cells: [
      ['', `minute ${early}`, `minute ${minutes}`, 'ratio'],
      ...lines.map(([name, one, other]) => [name, shown(one), shown(other), one === 0 ? '–' : shown(other / one)]),
      ['database, kB a new case', shown(1_000 * perCase([begin, middle])), shown(1_000 * perCase([middle, end])), ''],
      ['resident memory a minute after, MiB', '', shown(after), ''],
    ],
    conditions: `Twelve people walk whole cases and thirty-eight read, list, search and count, each looking for some two seconds between two things; ${(end?.cases ?? 0) - (begin?.cases ?? 0)} cases were opened. Each figure is the middle of its minute, looked at every five seconds.`,
  };
};

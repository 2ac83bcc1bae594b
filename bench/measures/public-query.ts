import { Agent } from 'node:http';
import { join } from 'node:path';
import { sql } from 'kysely';
import { publicQueryTicket } from '#areas/elv/progress/server/public-query.ts';
import { softwareEdition } from '#kernel/crypto/edition.ts';
import { readMasterKey } from '#kernel/crypto/master-key.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { captchasOver } from '#practices/captcha/server/captcha.ts';
import { ticketsOver } from '#practices/captcha/server/tickets.ts';
import type { Figure } from '../figure.ts';
import { percentile } from '../load.ts';
import { ask } from '../people.ts';
import { cpuSecondsOf } from '../process-figures.ts';
import type { Bench, Scene } from '../scene.ts';

interface Query {
  readonly ip: string;
  readonly body: string;
}

/** Every query comes from an address of its own: the limit of one address is not what is measured. */
const addressOf = (order: number): string => `10.${60 + (order >> 16)}.${(order >> 8) & 255}.${order & 255}`;

/** Queries with their pictures read beforehand, half of them for vehicles there are. */
const prepare = async ({ product, databaseUrl }: Scene, count: number): Promise<readonly Query[]> => {
  const { db, close } = openDatabase({ url: databaseUrl, poolSize: 2 });
  const master = await readMasterKey(join(product.dataDir, 'master.key'), false);
  const { crypto } = softwareEdition(db, master, systemClock);
  const word = 'WXYZ';
  const captchas = captchasOver(ticketsOver(crypto, 'elv'), publicQueryTicket, () => word);
  const { rows } = await sql<{ plate_no: string; vin: string }>`
    select plate_no, vin from elv.vehicle_case where plate_no is not null and vin is not null and state <> 'discarded' limit 500`.execute(
    db,
  );
  const queries: Query[] = [];
  for (let order = 0; order < count; order += 1) {
    const ip = addressOf(order);
    const known = rows[(order >> 1) % Math.max(rows.length, 1)];
    const { ticket } = await captchas.offer({ about: '', ip, now: systemClock.now() });
    const vehicle =
      order % 2 === 0 && known
        ? { plateNo: known.plate_no, vinTail: known.vin.slice(-6) }
        : { plateNo: `沪A${String(order % 100_000).padStart(5, '0')}`, vinTail: '000000' };
    queries.push({ ip, body: JSON.stringify({ ...vehicle, captcha: { ticket, text: word } }) });
  }
  await close();
  return queries;
};

/** Asks all of them, so many at once, each as soon as one is answered. Errors: throws where one is refused. */
const askAll = async (url: string, queries: readonly Query[], together: number): Promise<readonly number[]> => {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const times: number[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let query = queries[next]; query; query = queries[next]) {
      next += 1;
      const began = performance.now();
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': query.ip };
      const answer = await ask(agent, `${url}/api/elv/public-progress`, 'POST', headers, query.body);
      times.push(performance.now() - began);
      if (!answer.ok) throw new Error(`a query was refused with ${answer.status}: ${await answer.text()}`);
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  agent.destroy();
  return times;
};

/** The public query by two hundred at once, and what it takes of the server's processor: the picture's ticket, two counts, the case and its steps, the log. */
export const measurePublicQuery = async (bench: Bench): Promise<readonly Figure[]> => {
  const scene = await bench.scene();
  const { url, pid } = scene.product;
  const together = bench.short ? 5 : 200;
  const queries = await prepare(scene, bench.short ? 20 : 5_000);
  const warm = queries.length / 5;
  await askAll(url, queries.slice(0, warm), together);
  const [cpuBefore, began] = [cpuSecondsOf(pid), performance.now()];
  const times = await askAll(url, queries.slice(warm), together);
  const seconds = (performance.now() - began) / 1000;
  const title = `public query, ${together} at once`;
  return [
    { measure: `${title}, p95`, value: percentile(times, 95), unit: 'ms', better: 'lower', bar: 1_000 },
    {
      measure: `${title}, processor of the server`,
      value: ((cpuSecondsOf(pid) - cpuBefore) * 1000) / times.length,
      unit: 'ms each',
      better: 'lower',
    },
    { measure: `${title}, rate`, value: times.length / seconds, unit: '/s', better: 'higher' },
  ];
};

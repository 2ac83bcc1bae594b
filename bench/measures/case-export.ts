import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { caseExportContract } from '#areas/elv/case-export/model/case-export.contract.ts';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { openRecord, sealRecord } from '#areas/elv/vehicle-case/server/record-seal.ts';
import { clientOf } from '#kernel/contract/client.ts';
import { softwareEdition } from '#kernel/crypto/edition.ts';
import { masterKeysAt } from '#kernel/crypto/master-key.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { Figure } from '../figure.ts';
import { percentile } from '../load.ts';
import type { Person } from '../people.ts';
import { peakMiBOf, programsBelow, residentMiBOf } from '../process-figures.ts';
import { caseLists, caseReads, type Read } from '../reads.ts';
import type { Bench, Scene } from '../scene.ts';

const atOnce = 1_000;

const aCase = async (clerk: Person): Promise<void> => {
  const api = clientOf(vehicleCaseContract, clerk.transport);
  const { id } = await api.open({ key: randomUUID(), registeredWithPolice: true });
  const values = { ownerKind: 'person', ownerName: '孙演示', ownerPhone: '13800130000' };
  const changes = Object.fromEntries(Object.entries(values).map(([name, now]) => [name, { was: null, now }]));
  await api.saveSection({ id, section: 'owner', changes });
};

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;

/**
 * Copies the case that says most so many times, one for each minute back, personal values sealed for each, past the engine: an export reads the rows of cases and
 * nothing beside them. Answers when the newest copy was accepted.
 */
const copyCases = async ({ ownerUrl, product }: Scene, count: number): Promise<Date> => {
  const { db, close } = openDatabase({ url: ownerUrl, poolSize: 1, hasty: true });
  const { crypto } = softwareEdition(db, await masterKeysAt(join(product.dataDir, 'master.key'), false), systemClock);
  const base = await sql<{ id: string; record: string; opened_at: Date }>`
    select id, record, opened_at from elv.vehicle_case order by length(record) desc limit 1`.execute(db);
  const [row] = base.rows;
  if (!row) throw new Error('there is no case to copy');
  const record = await openRecord(crypto, row.id, row.record);
  for (let from = 0; from < count; from += atOnce) {
    const copies = Array.from({ length: Math.min(atOnce, count - from) }, async (_, at) => {
      const n = String(from + at).padStart(7, '0');
      const id = `copy-${n}`;
      const openedAt = new Date(row.opened_at.getTime() - (from + at) * minuteMs);
      const own = { id, case_no: `X${n}`, open_key: id, opened_at: openedAt, record_at_step: '{}' };
      return { ...own, record: await sealRecord(crypto, id, record) };
    });
    await sql`insert into elv.vehicle_case select (jsonb_populate_record(c, one)).*
      from elv.vehicle_case c, jsonb_array_elements(${JSON.stringify(await Promise.all(copies))}::jsonb) one
      where c.id = ${row.id}`.execute(db);
  }
  await sql`analyze elv.vehicle_case`.execute(db);
  await close();
  return row.opened_at;
};

/** Everybody asks, thinks for two seconds, more or less, and asks again; answers how long each answer took, in ms. */
const atWork = async (people: number, read: Read, until: Promise<unknown>): Promise<readonly number[]> => {
  const times: number[] = [];
  let over = false;
  const end = until.finally(() => {
    over = true;
  });
  const one = async (worker: number): Promise<void> => {
    for (let turn = 0; !over; turn += 1) {
      await pause(1_000 + Math.random() * 2_000);
      const began = performance.now();
      await read(worker, turn);
      times.push(performance.now() - began);
    }
  };
  await Promise.all([end, ...Array.from({ length: people }, (_, worker) => one(worker))]);
  return times;
};

/** Has cases exported, and looks at memory meanwhile, in MiB. */
const exportSome = async ({ people, product }: Scene, filter: { openedFrom?: string; openedTo?: string }) => {
  const [exporter] = people.exporter;
  if (!exporter) throw new Error('nobody exports');
  const api = clientOf(caseExportContract, exporter.transport);
  const began = performance.now();
  const { id, total } = await api.exportInBulk({ key: randomUUID(), filter, reason: '压力测试导出案卷' });
  const most = { server: 0, writer: 0 };
  for (;;) {
    const one = (await api.listExports({})).find((some) => some.id === id);
    if (one?.state === 'done') return { total, seconds: (performance.now() - began) / 1_000, most };
    if (one?.state !== 'queued' && one?.state !== 'running') throw new Error(`the export ended: ${one?.failure}`);
    const writers = programsBelow(product.pid, 'export-worker.ts').map(peakMiBOf);
    most.writer = Math.max(most.writer, ...writers);
    most.server = Math.max(most.server, residentMiBOf(product.pid));
    await pause(500);
  }
};

/** How long others wait without an export and with one, in turns, so that what else the machine does slows both. */
const feltBy = async (bench: Bench, scene: Scene, newest: Date) => {
  const { short, together } = bench;
  const [reads, lists] = [await caseReads(scene), caseLists(scene)];
  const read: Read = (worker, turn) => (turn % 2 === 0 ? reads : lists)(worker, turn);
  const times = { without: [] as number[], with: [] as number[] };
  await atWork(together, read, pause(short ? 500 : 10_000));
  for (let round = 0; round < (short ? 1 : 6); round += 1) {
    const filter = {
      openedFrom: shanghaiDay(new Date(newest.getTime() - (7 * round + 9) * dayMs)),
      openedTo: shanghaiDay(new Date(newest.getTime() - (7 * round + 1) * dayMs)),
    };
    times.with.push(...(await atWork(together, read, exportSome(scene, short ? {} : filter))));
    times.without.push(...(await atWork(together, read, pause(short ? 1_000 : 20_000))));
  }
  return { with: percentile(times.with, 95), without: percentile(times.without, 95) };
};

/** A file of half a million cases, and what others feel of files. Source: tender T2.11; issue on ten years of cases. */
export const measureCaseExport = async (bench: Bench): Promise<readonly Figure[]> => {
  const scene = await bench.scene();
  await Promise.all(scene.people.clerks.map(aCase));
  // A few exist already, and the permission ends at half a million.
  const newest = await copyCases(scene, bench.short ? 3_000 : 499_000);
  const felt = await feltBy(bench, scene, newest);
  const serverBefore = residentMiBOf(scene.product.pid);
  const { total, seconds, most } = await exportSome(scene, {});
  const title = `export of ${total} cases`;
  return [
    { measure: 'who reads while others export, p95', value: felt.with, unit: 'ms', better: 'lower' },
    { measure: 'the same, beside no export', value: felt.with / felt.without, unit: '×', better: 'lower', bar: 1.5 },
    { measure: `${title}, rate`, value: total / seconds, unit: '/s', better: 'higher' },
    { measure: `${title}, memory of who writes`, value: most.writer, unit: 'MiB', better: 'lower', bar: 191 },
    { measure: `${title}, server grows by`, value: most.server - serverBefore, unit: 'MiB', better: 'lower' },
  ];
};

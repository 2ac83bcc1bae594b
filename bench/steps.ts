import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { stepContract } from '#areas/elv/vehicle-case/model/vehicle-case.steps.ts';
import { clientOf } from '#kernel/contract/client.ts';
import type { Scene } from './scene.ts';

/** The same step over HTTP, and as the bare statements that leave the same rows. */
export interface Steps {
  http(worker: number): Promise<void>;
  bare(worker: number): Promise<void>;
  /** The bare statement that leaves an entry of the log, durable when it is answered. */
  leave(worker: number): Promise<unknown>;
  close(): Promise<void>;
}

/** Puts a case under supervision and takes it out again, in turns: signed steps by two people that can be taken any number of times. */
export const stepsOverHttp = async ({ people }: Scene, worker: number) => {
  const turn = (some: typeof people.clerks) => {
    const person = some[worker % some.length];
    if (!person) throw new Error('nobody is there to take steps');
    return person.transport;
  };
  const cases = clientOf(vehicleCaseContract, turn(people.clerks));
  const { raiseSupervision, lowerSupervision } = stepContract;
  if (!raiseSupervision || !lowerSupervision) throw new Error('people take these steps');
  const raising = clientOf({ raiseSupervision }, turn(people.commission));
  const lowering = clientOf({ lowerSupervision }, turn(people.commission));
  const { id } = await cases.open({ key: randomUUID() });
  const input = { reason: '现场核对后写明的原因' };
  let [version, raised] = [1, false];
  return {
    id,
    step: async (): Promise<void> => {
      const asked = { id, version, key: randomUUID(), input };
      const done = raised ? await lowering.lowerSupervision(asked) : await raising.raiseSupervision(asked);
      [version, raised] = [done.version, !raised];
    },
  };
};

/** Tables like those a step writes, with their indexes and the rows of these cases: what the product keeps is chained, and not to be written by hand. */
const likeness = `
create schema bench;
create table bench.vehicle_case (like elv.vehicle_case including all);
create table bench.step (like kernel.step including all);
create table bench.case_counter (like elv.case_counter including all);
create table bench.case_passage (like elv.case_passage including all);
create table bench.audit_entry (like kernel.audit_entry including all);
insert into bench.vehicle_case select * from elv.vehicle_case;
insert into bench.step select * from kernel.step;
insert into bench.audit_entry select * from kernel.audit_entry where object_id in (select id from elv.vehicle_case)`;

/** The names of a table's columns, as they stand. */
export const columnsOf = async (pool: pg.Pool, table: string): Promise<readonly string[]> => {
  const { rows } = await pool.query(
    `select column_name from information_schema.columns where table_schema = 'bench' and table_name = $1 order by ordinal_position`,
    [table],
  );
  return rows.map((row: { readonly column_name: string }) => row.column_name);
};

/** A row like the newest of its case, behind it. */
const oneMore = async (pool: pg.Pool, table: string, of: string, changed: Readonly<Record<string, string>>) => {
  const columns = (await columnsOf(pool, table)).map((name) => changed[name] ?? name);
  return `insert into bench.${table} select ${columns.join(', ')} from bench.${table} where ${of} = $1 order by seq desc limit 1`;
};

/** What a step must at least send: the case locked and read, its last step read, the case written, a step and an entry of the log added. */
const bareStep = async (pool: pg.Pool, entry: string) => {
  const step = await oneMore(pool, 'step', 'case_id', { seq: 'seq + 1', step_key: "'bare ' || seq" });
  return async (id: string): Promise<void> => {
    const client = await pool.connect();
    const send = (text: string, values: readonly unknown[]) =>
      client.query({ name: text.slice(0, 60), text, values: [...values] });
    try {
      await client.query('begin');
      const { rows } = await send('select * from bench.vehicle_case where id = $1 for update', [id]);
      await send('select * from bench.step where case_id = $1 order by seq desc limit 1', [id]);
      const written =
        'update bench.vehicle_case set version = version + 1, record = $2, record_at_step = $2 where id = $1';
      await send(written, [id, rows[0].record]);
      await send(step, [id]);
      await send(entry, [id]);
      await client.query('commit');
    } finally {
      client.release();
    }
  };
};

/** A case for each worker, and the tables for the bare statements. */
export const openSteps = async (scene: Scene, workers: number): Promise<Steps> => {
  const cases = await Promise.all(Array.from({ length: workers }, (_, worker) => stepsOverHttp(scene, worker)));
  // The bare statements add rows like those of a step that was taken.
  for (const { step } of cases) await step();
  const pool = new pg.Pool({ connectionString: scene.ownerUrl, max: 24 });
  pool.on('error', () => undefined);
  await pool.query(likeness);
  const entry = await oneMore(pool, 'audit_entry', 'object_id', { seq: 'seq + 1' });
  const bare = await bareStep(pool, entry);
  const of = (worker: number) => {
    const found = cases[worker % cases.length];
    if (!found) throw new Error('every worker has a case');
    return found;
  };
  return {
    http: (worker) => of(worker).step(),
    bare: (worker) => bare(of(worker).id),
    leave: (worker) => pool.query({ name: 'leave', text: entry, values: [of(worker).id] }),
    close: () => pool.end(),
  };
};

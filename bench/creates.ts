import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { clientOf } from '#kernel/contract/client.ts';
import type { Scene } from './scene.ts';
import { columnsOf } from './steps.ts';

/** A case opened over HTTP, and the bare statements that leave the same rows. */
export interface Creates {
  http(worker: number): Promise<unknown>;
  bare(worker: number): Promise<void>;
  close(): Promise<void>;
}

/** A row like any that is there, with these columns of its own. */
const oneLike = async (pool: pg.Pool, table: string, own: Readonly<Record<string, string>>): Promise<string> => {
  const columns = (await columnsOf(pool, table)).map((name) => own[name] ?? name);
  return `insert into bench.${table} select ${columns.join(', ')} from bench.${table} limit 1`;
};

const statements = async (pool: pg.Pool) => ({
  opened: await oneLike(pool, 'vehicle_case', { id: '$1', case_no: '$2', open_key: '$1' }),
  // None may be there: they go as they are added up.
  passage: `insert into bench.case_passage values ($1, 'elv.vehicle-case', $1, 1, now(), null, 'intake', null, null, null, 'yard-1', '310115')`,
  entry: await oneLike(pool, 'audit_entry', { seq: '1', object_id: '$1', chain: '$1' }),
});

// The same as takeCaseNos sends, in one statement.
const number = `insert into bench.case_counter as counter values ($1, 1) on conflict (day) do update set last = counter.last + 1 returning counter.last`;

/**
 * What opening a case must at least send, in tables that `openSteps` has made: whether the click was answered before, the day's next number (durable by itself), then the
 * case, what it adds to the statistics and an entry of the log in one transaction.
 */
export const openCreates = ({ people, ownerUrl }: Scene): Creates => {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 24 });
  pool.on('error', () => undefined);
  let made: ReturnType<typeof statements> | undefined;
  return {
    http: (worker) => {
      const clerk = people.clerks[worker % people.clerks.length];
      if (!clerk) throw new Error('nobody is there to open cases');
      return clientOf(vehicleCaseContract, clerk.transport).open({ key: randomUUID() });
    },
    bare: async () => {
      made ??= statements(pool);
      const { opened, passage, entry } = await made;
      const id = randomUUID();
      const client = await pool.connect();
      const send = (text: string, values: readonly unknown[]) =>
        client.query({ name: text.slice(0, 60), text, values: [...values] });
      try {
        await send('select id, case_no from bench.vehicle_case where open_key = $1', [id]);
        const { rows } = await send(number, ['20260101']);
        await client.query('begin');
        await send(opened, [id, `B${rows[0].last}`]);
        await send(passage, [id]);
        await send(entry, [id]);
        await client.query('commit');
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
};

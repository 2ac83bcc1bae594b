import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { expect } from 'vitest';
import {
  type CaseExportView,
  caseExportContract,
  type ExportFilter,
} from '#areas/elv/case-export/model/case-export.contract.ts';
import { exportHandlers } from '#areas/elv/case-export/server/export.handlers.ts';
import { exporterOver } from '#areas/elv/case-export/server/exporter.ts';
import { usualSystemRules } from '#areas/elv/enterprise-system/model/system-rules.ts';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import { readWorkbook } from '#practices/workbook/server/read-workbook.ts';
import { anIdentityNo } from './people.ts';
import { aServedProduct, ownPage, type ServedOver, type ServedProduct, severalAtOnce } from './served-product.ts';

/** The owner's number of every case of the scene. */
export const identityNumber = anIdentityNo(77);
/** Why somebody exports. */
export const reason = '年度统计报送市商务委';

const cookiesOver = (served: ServedProduct) => {
  const cookies = new Map<string, string>();
  const cookieOf = async (userName: string): Promise<string> => {
    const cookie = cookies.get(userName) ?? (await served.signIn(userName));
    cookies.set(userName, cookie);
    return cookie;
  };
  return { cookies, cookieOf };
};

/** A file of cases as it is read again: what stands above, and its rows by the titles of their columns. */
export interface Sheet {
  readonly above: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}
const sheetOf = async (bytes: Buffer): Promise<Sheet> => {
  const lines: (readonly unknown[])[] = [];
  for await (const { cells } of readWorkbook(Readable.from([bytes]), {
    bytes: 50_000_000,
    unpackedBytes: 500_000_000,
    rows: 30_000,
    columns: 100,
  }))
    lines.push(cells);
  const [mark, conditions, head = [], ...rest] = lines;
  const rows = rest.map((cells) =>
    Object.fromEntries(head.map((title, index) => [String(title), cells[index] ?? null])),
  );
  return { above: [String(mark?.[0]), String(conditions?.[0])], rows };
};

const callsOver = (served: ServedProduct, cookieOf: (userName: string) => Promise<string>) => {
  const ask = async (userName: string, filter: object = {}, why = reason) =>
    served.server.inject({
      method: 'POST',
      url: '/api/elv/vehicle-case-exports',
      headers: { ...ownPage, cookie: await cookieOf(userName) },
      payload: { key: randomUUID(), filter, reason: why },
    });

  const exportsOf = async (userName: string) => served.client(caseExportContract, await cookieOf(userName));
  /** Asks, and waits until what was asked for has ended; answers its id. */
  const asked = async (userName: string, filter: object = {}): Promise<string> => {
    const reply = await ask(userName, filter);
    expect([reply.statusCode, reply.statusCode === 200 ? '' : reply.body]).toEqual([200, '']);
    await served.product.elv.caseExports.idle();
    return reply.json().id;
  };
  const file = async (userName: string, id: string, headers: Readonly<Record<string, string>> = {}) =>
    served.server.inject({
      method: 'GET',
      url: `/api/elv/vehicle-case-exports/${id}/file`,
      headers: { ...ownPage, cookie: await cookieOf(userName), ...headers },
    });
  const one = async (userName: string, id: string) => {
    const found = (await (await exportsOf(userName)).listExports({})).find((some) => some.id === id);
    if (!found) throw new Error(`${userName} has no export ${id}`);
    return found;
  };
  const taken = async (userName: string, filter: object = {}): Promise<Sheet> => {
    const reply = await file(userName, await asked(userName, filter));
    expect([reply.statusCode, reply.statusCode === 200 ? '' : reply.body]).toEqual([200, '']);
    return sheetOf(reply.rawPayload);
  };
  const numbers = ({ rows }: Sheet) => rows.map((row) => row.案卷编号);

  const facts = async (verb = 'export') => {
    const { rows } = await sql<{ detail: string; actor_id: string }>`
    select detail, actor_id from kernel.audit_entry
    where action = ${`elv.vehicle-case.${verb}`} and outcome = 'done' order by at, seq`.execute(served.database.db);
    return rows.map(({ detail, actor_id: actor }) => ({ actor, ...(JSON.parse(detail) as object) }));
  };

  return { ask, exportsOf, asked, file, one, taken, numbers, facts, sheetOf };
};

/** Exports asked for without anybody beginning to write them, and many cases more. */
const writersOver = (served: ServedProduct, first: string) => ({
  /** More cases like the first, so many at the same moment that pages end between them. */
  many: (count: number, from: number) =>
    sql`insert into elv.vehicle_case
      select (jsonb_populate_record(c, jsonb_build_object('id', 'many-' || lpad(n::text, 6, '0'), 'case_no', 'M' || n, 'open_key',
        'many-' || n, 'record_at_step', '{}', 'record', jsonb_set(c.record::jsonb, '{sections,owner}', '{}')::text))).*
      from elv.vehicle_case c, generate_series(${from}::int, ${from + count - 1}::int) n where c.case_no = ${first}`.execute(
      served.database.ownerDb,
    ),
  /** Asked for in a process that ended before it began to write. */
  askedOnly: async (personId: string, filter: ExportFilter, key: string = randomUUID()): Promise<string> => {
    const { exportDesk: desk } = served.product.elv;
    const now = served.clock.now();
    const [subject] = await desk.people.ofIds(desk.db, [personId], now, 1);
    const fail = (code: string): never => {
      throw new Error(code);
    };
    const asks = exportHandlers(desk, { ...exporterOver(desk), begin: () => undefined });
    const context = { subject, now, ip: '', traceId: 'test', fail } as unknown as CallContext<never>;
    const view = await asks.exportCases({ key, filter, reason }, context);
    return (view as CaseExportView).id;
  },
  /** How many files the store knows. */
  filesKept: async (): Promise<number> => {
    const { rows } = await sql<{ count: string }>`select count(*) as count from kernel.file_key`.execute(
      served.database.ownerDb,
    );
    return Number(rows[0]?.count);
  },
});

/** The product with three cases of two enterprises on two days, and hands that export them. */
export const aCaseExportScene = async (over?: ServedOver) => {
  const served = await aServedProduct('2026-11-23T02:00:00Z', severalAtOnce, usualSystemRules, over);
  const { cookies, cookieOf } = cookiesOver(served);
  const open = async (userName: string): Promise<string> => {
    const clerk = served.client(vehicleCaseContract, await cookieOf(userName));
    const { id, caseNo } = await clerk.open({ key: randomUUID(), registeredWithPolice: true });
    const values = {
      ownerKind: 'person',
      ownerName: '孙演示',
      ownerIdentityNo: identityNumber,
      ownerPhone: '13800130000',
    };
    const changes = Object.fromEntries(Object.entries(values).map(([name, now]) => [name, { was: null, now }]));
    await clerk.saveSection({ id, section: 'owner', changes });
    return caseNo;
  };

  const first = await open('clerk1');
  served.clock.advance(60_000);
  const foreign = await open('clerk2');
  // The day after, in Shanghai.
  served.clock.advance(20 * 3_600_000);
  cookies.clear();
  const second = await open('clerk1');
  return {
    served,
    cookies,
    cookieOf,
    first,
    second,
    foreign,
    ...callsOver(served, cookieOf),
    ...writersOver(served, first),
  };
};
/** See {@link aCaseExportScene}. */
export type CaseExportScene = Awaited<ReturnType<typeof aCaseExportScene>>;

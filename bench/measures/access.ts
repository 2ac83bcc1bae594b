import { roles } from '#apps/server/plans.ts';
import { listCases } from '#areas/elv/vehicle-case/server/case-page.store.ts';
import { accessOver, type Subject } from '#kernel/access/access.ts';
import { everyRow, passes } from '#kernel/access/predicate.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { openDatabase } from '#kernel/db/database.ts';
import type { Figure } from '../figure.ts';
import { percentile } from '../load.ts';
import type { Bench } from '../scene.ts';

const clerk: Subject = {
  id: 'bench',
  name: 'bench',
  organisationId: 'yard-1',
  organisationName: null,
  organisationCode: null,
  districtCode: '310115',
  roles: ['elv-clerk', 'elv-observer'],
};
const row = { id: 'case', organisation: 'yard-2', district: '310112', owner: 'somebody', state: 'intake' };

/** One decision: the rows a person may reach, and whether this row is one of them. In microseconds. */
const decision = (count: number): number => {
  const access = accessOver(roles);
  const began = performance.now();
  let reached = 0;
  for (let index = 0; index < count; index += 1)
    if (passes(access.rowFilter(clerk, index % 2 === 0 ? 'elv.vehicle-case:edit' : 'elv.vehicle-case:read'), row))
      reached += 1;
  if (reached !== Math.floor(count / 2)) throw new Error('the wrong decision');
  return ((performance.now() - began) * 1_000) / count;
};

/** What a decision costs, and a list under a row scope beside the same rows asked for by a filter. Source: tender R44. */
export const measureAccess = async (bench: Bench): Promise<readonly Figure[]> => {
  const { databaseUrl } = await bench.scene();
  const { db, close } = openDatabase({ url: databaseUrl, poolSize: 2 });
  const crypto = softwareCrypto(Buffer.alloc(32));
  const page = { sort: '-stateSince', page: 1, size: 20 } as const;
  const scope = { work: [], openStates: [], now: new Date() };
  const own = { field: 'organisation', in: ['yard-1'] };
  const scoped: number[] = [];
  const filtered: number[] = [];
  try {
    for (let turn = 0; turn < (bench.short ? 3 : 400); turn += 1) {
      let began = performance.now();
      const one = await listCases(db, crypto, page, { ...scope, rows: own });
      scoped.push(performance.now() - began);
      began = performance.now();
      const other = await listCases(db, crypto, { ...page, enterpriseId: 'yard-1' }, { ...scope, rows: everyRow });
      filtered.push(performance.now() - began);
      if (one.total !== other.total) throw new Error('the scope and the filter differ');
    }
  } finally {
    await close();
  }
  return [
    {
      measure: 'permission decision',
      value: decision(bench.short ? 1_000 : 200_000),
      unit: 'µs',
      better: 'lower',
      bar: 20,
    },
    {
      measure: 'list under a row scope beside the same rows by filter',
      value: percentile(scoped, 50) / percentile(filtered, 50),
      unit: '×',
      better: 'lower',
      bar: 1.2,
    },
  ];
};

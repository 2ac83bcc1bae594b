import { join } from 'node:path';
import { connectors } from '#apps/server/plans.ts';
import { caseFilter, vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import { listCases } from '#areas/elv/vehicle-case/server/case-page.store.ts';
import { tellWholeCase } from '#areas/elv/vehicle-case/server/whole-case.store.ts';
import { everyRow } from '#kernel/access/predicate.ts';
import { inboxOf } from '#kernel/connector/inbox.store.ts';
import { outboxOf } from '#kernel/connector/outbox.store.ts';
import { clientOf } from '#kernel/contract/client.ts';
import { readMasterKey } from '#kernel/crypto/master-key.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { openCreates } from '../creates.ts';
import type { Figure } from '../figure.ts';
import { loadOf } from '../load.ts';
import type { Bench, Scene } from '../scene.ts';
import { rawDatabase, statementsOf } from '../statements.ts';
import { openSteps } from '../steps.ts';

/** So many times as long HTTP takes for the same, with all at work at once: in turns, so that what else the machine does slows both. */
const ratioOf = async (
  { short, together }: Bench,
  bare: (worker: number) => Promise<unknown>,
  http: (worker: number) => Promise<unknown>,
) => {
  const [rounds, seconds] = short ? [3, 0.4] : [3, 3];
  const perSecond = { bare: 0, http: 0 };
  // The first round warms both.
  for (let round = 0; round <= rounds; round += 1) {
    const ofBare = await loadOf(together, seconds, bare);
    const ofHttp = await loadOf(together, seconds, http);
    if (round === 0) continue;
    perSecond.bare += ofBare.perSecond / rounds;
    perSecond.http += ofHttp.perSecond / rounds;
  }
  return perSecond.bare / perSecond.http;
};

const readersOf = async ({ product, databaseUrl }: Scene, id: string) => {
  const crypto = softwareCrypto(await readMasterKey(join(product.dataDir, 'master.key'), false));
  const parts = { connectors, crypto, clock: systemClock };
  const messages = { outbox: outboxOf(parts), inbox: inboxOf(parts) };
  const scope = { rows: everyRow, work: [], openStates: [], now: systemClock.now() };
  return {
    list: await statementsOf(databaseUrl, (db) => listCases(db, crypto, caseFilter.parse({ size: 20 }), scope)),
    read: await statementsOf(databaseUrl, (db) => tellWholeCase(db, messages, id, everyRow)),
  };
};

/** What HTTP, checks, masks, signatures and chains cost beside the bare statements of the same. */
export const measureRawSql = async (bench: Bench): Promise<readonly Figure[]> => {
  const scene = await bench.scene();
  const { commission } = scene.people;
  const apis = commission.map(({ transport }) => clientOf(vehicleCaseContract, transport));
  let turn = 0;
  const nextApi = () => {
    turn += 1;
    const api = apis[turn % apis.length];
    if (!api) throw new Error('nobody is there to read');
    return api;
  };
  // Whatever else was measured before, there are cases now.
  const steps = await openSteps(scene, bench.together);
  const { rows } = await nextApi().list({ size: 1, sort: 'openedAt' });
  const id = rows[0]?.id ?? '';
  const statements = await readersOf(scene, id);
  const raw = rawDatabase(scene.databaseUrl);
  const list = await ratioOf(
    bench,
    () => raw.send(statements.list),
    () => nextApi().list({ size: 20 }),
  );
  // Whoever reads a case is answered when the log has it.
  const read = await ratioOf(
    bench,
    (worker) => Promise.all([raw.send(statements.read), steps.leave(worker)]),
    () => nextApi().get({ id }),
  );
  await raw.close();
  const step = await ratioOf(bench, steps.bare, steps.http);
  const creates = openCreates(scene);
  const create = await ratioOf(bench, creates.bare, creates.http);
  await creates.close();
  await steps.close();
  const times = { unit: 'times', better: 'lower' } as const;
  return [
    { measure: 'a list, beside its bare SQL', value: list, ...times, never: 25 },
    { measure: 'a case read and its log entry, beside bare SQL', value: read, ...times, never: 15 },
    { measure: 'a step, beside its bare SQL', value: step, ...times, never: 15 },
    { measure: 'a case opened, beside its bare SQL', value: create, ...times, never: 15 },
  ];
};

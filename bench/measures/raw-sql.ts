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
import type { Figure } from '../figure.ts';
import { loadOf } from '../load.ts';
import type { Bench, Scene } from '../scene.ts';
import { rawDatabase, type Sent, statementsOf } from '../statements.ts';

/** The same answer over HTTP and by its bare statements, in turns; how much longer HTTP takes with fifty at once. */
const ratioOf = async (
  scene: Scene,
  { short, together }: Bench,
  statements: readonly Sent[],
  http: () => Promise<unknown>,
) => {
  const raw = rawDatabase(scene.databaseUrl);
  const [rounds, seconds] = short ? [1, 0.3] : [3, 3];
  const perSecond = { raw: 0, http: 0 };
  // The first round warms both.
  for (let round = 0; round <= rounds; round += 1) {
    const ofRaw = await loadOf(together, seconds, () => raw.send(statements));
    const ofHttp = await loadOf(together, seconds, http);
    if (round === 0) continue;
    perSecond.raw += ofRaw.perSecond / rounds;
    perSecond.http += ofHttp.perSecond / rounds;
  }
  await raw.close();
  return perSecond.raw / perSecond.http;
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

/** What HTTP, checks, masks and the audit entry cost beside the bare statements of the same answer. */
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
  const { rows } = await nextApi().list({ size: 1, sort: 'openedAt' });
  const id = rows[0]?.id ?? '';
  const statements = await readersOf(scene, id);
  const list = await ratioOf(scene, bench, statements.list, () => nextApi().list({ size: 20 }));
  const read = await ratioOf(scene, bench, statements.read, () => nextApi().get({ id }));
  return [
    { measure: 'a list, beside its bare SQL', value: list, unit: 'times', better: 'lower' },
    { measure: 'a case read, beside its bare SQL', value: read, unit: 'times', better: 'lower' },
  ];
};

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AreaId } from '#apps/server/area-ids.ts';
import { type AreasHere, composeAreas } from '#apps/server/compose.ts';
import { ensureDemoAccounts } from '#apps/server/demo/accounts.ts';
import { migrations } from '#apps/server/plans.ts';
import type { CallPeer } from '#kernel/area/offers.ts';
import { diskStore } from '#kernel/files/store.disk.ts';
import { clockAt, type FixedClock } from './fixed-clock.ts';
import { partsOver, peopleAt, type ServedPeople, serverOver } from './served-product.ts';
import { aDatabase, type TestDatabase } from './template-database.ts';

/** One call on its way from one area to the other: `go` has it answered there. */
export type OnTheWay = (call: string, go: () => Promise<unknown>) => Promise<unknown>;

/** Both areas on one database, each put together as in a process of its own; what they ask of one another goes by a way that a test may block. */
export interface TwoAreas extends Readonly<Record<AreaId, AreasHere>> {
  readonly database: TestDatabase;
  readonly clock: FixedClock;
  /** The people of the demo, at each area's own web server. */
  readonly people: Readonly<Record<AreaId, ServedPeople>>;
  /** `organisations.all`: how that call fares on its way. */
  way: OnTheWay;
  /** Defects that were reported from the background. */
  readonly failures: unknown[];
  close(): Promise<void>;
}

const open: OnTheWay = (_, go) => go();

/** Puts both together; the way between them is open. */
export const twoAreas = async (): Promise<TwoAreas> => {
  const database = await aDatabase(migrations);
  const clock = clockAt('2026-11-23T02:00:00Z');
  const folder = mkdtempSync(join(tmpdir(), 'hushang-two-'));
  const failures: unknown[] = [];
  const there: Partial<Record<string, AreasHere>> = {};
  const callPeer: CallPeer = (area, offer, name, input) => {
    const offers = there[area]?.areas.flatMap((one) => one.offers) ?? [];
    const answer = offers.find((one) => one.offer === offer)?.answers[name];
    const call = offer.calls[name];
    if (!answer || !call) throw new Error(`nobody answers ${area}.${offer.id}.${name}`);
    const carried = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    return it.way(`${offer.id}.${name}`, async () =>
      call.output.parse(carried(await answer(call.input.parse(carried(input))))),
    );
  };
  const put = (area: AreaId): AreasHere => {
    const files = diskStore(folder);
    const onFailure = (error: unknown): void => void failures.push(error);
    return composeAreas(partsOver(database, clock, { files, onFailure, arrangement: { areas: [area], callPeer } }));
  };
  const governance = put('governance');
  const elv = put('elv');
  Object.assign(there, { governance, elv });
  await ensureDemoAccounts(database.db, governance, clock.now());
  await elv.access.refresh();
  const servers = {
    governance: await serverOver(database, clock, governance),
    elv: await serverOver(database, clock, elv),
  };
  const it: TwoAreas = {
    database,
    clock,
    governance,
    elv,
    people: { governance: peopleAt(servers.governance, database), elv: peopleAt(servers.elv, database) },
    way: open,
    failures,
    close: async () => {
      await elv.elv?.desk.readings.idle();
      await Promise.all([servers.governance.close(), servers.elv.close()]);
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return it;
};

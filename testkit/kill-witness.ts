import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { usualExportFilesPerPerson } from '#areas/elv/case-export/model/case-export.contract.ts';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import type { Db } from '#kernel/db/database.ts';
import { expectSound, factsOfCase } from './case-witness.ts';
import type { KillLoad } from './kill-load.ts';
import { waitUntil } from './wait-until.ts';

/** Verifies signatures only: any key will do. */
const crypto = softwareCrypto(Buffer.alloc(32, 7));

const countOf = async (db: Db, text: string): Promise<number> =>
  Number((await sql.raw<{ count: string }>(text).execute(db)).rows[0]?.count);

/** Short cases are there once, with each step once and in order, each save once, and both questions to the police. */
const expectShortCases = async (db: Db, { opened, taken, lives }: KillLoad): Promise<void> => {
  expect(await countOf(db, 'select count(*) from elv.vehicle_case')).toBe(opened.size + lives.length);
  for (const id of opened.values()) {
    const facts = await factsOfCase(db, id);
    await expectSound(db, crypto, facts);
    expect(facts.steps.map(({ action }) => action)).toEqual(['raiseSupervision', 'lowerSupervision', 'discard']);
    const saves = facts.audited.filter(({ action }) => action === 'elv.vehicle-case.saveSection').length;
    expect([saves >= 1, facts.version]).toEqual([true, 1 + saves + facts.steps.length]);
    expect(facts.audited.filter(({ action }) => action === 'elv.vehicle-case.open')).toHaveLength(1);
    const asked = facts.sent.map(({ exchange }) => exchange).sort();
    expect(asked).toEqual(['police.check-duplicate-acceptance', 'police.check-vehicle']);
  }
  for (const { id, action, key, version } of taken) {
    const steps = (await factsOfCase(db, id)).steps.filter(({ stepKey }) => stepKey === key);
    expect(steps.map((step) => [step.action, step.version])).toEqual([[action, version]]);
  }
};

/** A message that a killed server had in hand is carried again when its lease has run out; none may be left then. */
const expectAllSaid = async (db: Db): Promise<void> => {
  const open = `select count(*) from kernel.outbox where status in ('due', 'leased')`;
  await waitUntil(async () => (await countOf(db, open)) === 0);
  const { rows } = await sql<{ message: string }>`
    select connector || '.' || exchange || ' ' || status || ' ' || coalesce(last_error, '') as message
    from kernel.outbox where status <> 'answered'`.execute(db);
  expect(rows.map(({ message }) => message)).toEqual([]);
};

/** What the simulators remember, by collection and key. */
const memoryOf = (stateFile: string): ReadonlyMap<string, ReadonlyMap<string, unknown>> => {
  const memory = new Map<string, Map<string, unknown>>();
  for (const line of readFileSync(stateFile, 'utf8').split('\n').filter(Boolean)) {
    const [collection, key, value] = JSON.parse(line) as [string, string, unknown];
    const room = memory.get(collection) ?? new Map<string, unknown>();
    memory.set(collection, room);
    if (value === undefined) room.delete(key);
    else room.set(key, value);
  }
  return memory;
};

const vinOf = async (db: Db, id: string): Promise<string> => {
  const { rows } = await sql<{ vin: string }>`select vin from elv.vehicle_case where id = ${id}`.execute(db);
  return rows[0]?.vin ?? '';
};

/** Every effect outside stands there once: of each message that changes something its first answer, and nothing else; of each life one report, one notice, one deregistration. */
const expectEffectsOutside = async (db: Db, { lives }: KillLoad, stateFile: string): Promise<void> => {
  const memory = memoryOf(stateFile);
  const { rows } = await sql<{ name: string }>`
    select connector || ' ' || exchange || ' ' || idem_key as name from kernel.outbox`.execute(db);
  const said = new Set(rows.map(({ name }) => name));
  const done = [...(memory.get('firstAnswer')?.keys() ?? [])];
  expect(done.filter((name) => !said.has(name))).toEqual([]);
  const changing = new Set(done.map((name) => name.split(' ').slice(0, 2).join(' ')));
  const missing = [...said].filter((name) => changing.has(name.split(' ').slice(0, 2).join(' ')));
  expect(missing.filter((name) => !done.includes(name))).toEqual([]);
  const scrapCases = [...(memory.get('scrapCase')?.values() ?? [])] as { vin: string; certificateNo: string }[];
  const vins = (await Promise.all(lives.map((id) => vinOf(db, id)))).sort();
  expect(scrapCases.map(({ vin }) => vin).sort()).toEqual(vins);
  expect([...(memory.get('recycled')?.keys() ?? [])].sort()).toEqual(vins);
  const certificates = scrapCases.map(({ certificateNo }) => `ZX-${certificateNo}`).sort();
  expect([...(memory.get('deregistration')?.keys() ?? [])].sort()).toEqual(certificates);
};

/** Every export that was acknowledged has ended, and of the newest, which are kept, the whole files are there. Answers how many are, by state. */
const expectExportsEnded = async (db: Db, { hands, exported }: KillLoad): Promise<Readonly<Record<string, number>>> => {
  const open = `select count(*) from elv.case_export where state in ('queued', 'running')`;
  await waitUntil(async () => (await countOf(db, open)) === 0);
  const { rows } = await sql<{ id: string; state: string; sm3: string | null }>`
    select id, state, sm3 from elv.case_export order by expires_at desc nulls last`.execute(db);
  expect(rows.map(({ id }) => id).sort()).toEqual([...exported].sort());
  // Of the others a file may be cleared away while it is fetched.
  const newest = rows.filter(({ state }) => state === 'done').slice(0, usualExportFilesPerPerson);
  for (const { id, sm3 } of newest) expect(sm3Hex(await hands.exportFile('export1', id))).toBe(sm3);
  return Object.fromEntries(
    [...new Set(rows.map(({ state }) => state))].map((state) => [
      state,
      rows.filter((row) => row.state === state).length,
    ]),
  );
};

/** Everything that was acknowledged is there, everything that follows happened once, and every chain is intact. Answers what there was to verify. */
export const expectNothingLost = async (
  db: Db,
  load: KillLoad,
  stateFile: string,
): Promise<Readonly<Record<string, unknown>>> => {
  await expectAllSaid(db);
  await expectShortCases(db, load);
  for (const id of load.lives) await load.people.expectWholeLife(db, id);
  await expectEffectsOutside(db, load, stateFile);
  const exports = await expectExportsEnded(db, load);
  const chains = await sql<{ chain: string }>`select chain from kernel.audit_head`.execute(db);
  for (const { chain } of chains.rows) expect(await verifyChain(db, chain)).toMatchObject({ intact: true });
  return {
    cases: load.opened.size,
    steps: load.taken.length,
    lives: load.lives.length,
    messages: await countOf(db, 'select count(*) from kernel.outbox'),
    exports,
    chains: chains.rows.length,
    repeats: load.people.repeats(),
    refusals: load.people.refusals(),
  };
};

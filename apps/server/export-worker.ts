import { getPriority, setPriority } from 'node:os';
import { join } from 'node:path';
import type { ExportDesk } from '#areas/elv/case-export/server/export-desk.ts';
import type { ExportNews, ExportTask } from '#areas/elv/case-export/server/export-process.ts';
import { handHere } from '#areas/elv/case-export/server/write-exports.ts';
import { type ExportLine, exportedCases } from '#areas/elv/vehicle-case/server/exported-cases.ts';
import { peopleOffered } from '#areas/governance/person/server/notice-recipients.ts';
import { accessListStore } from '#kernel/access/access-list.store.ts';
import { storedAccess } from '#kernel/access/stored-access.ts';
import { offersOver } from '#kernel/area/offers.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { sealedFiles } from '#kernel/files/sealed-files.ts';
import { jobsOf } from '#kernel/jobs/jobs.ts';
import { personalSigner } from '#kernel/lifecycle/signer.store.ts';
import { boundMemory } from '#kernel/process/memory-bound.ts';
import { runtimeSettings } from '#kernel/settings/setting.store.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { peopleOffer } from '#practices/notice/server/people.offer.ts';
import { recipientsOver } from '#practices/notice/server/recipients.ts';
import { tellingWherever } from '#practices/notice/server/tell-people.ts';
import { startEdition, watchKeys } from './crypto-edition.ts';
import { callsToPeers } from './peers.ts';
import { offerPlans } from './plans.ts';
import { readSettings } from './settings.ts';
import { storeOf } from './stored-files.ts';

// Half a million rows take less than 200 MB, see docs/benchmarks.md.
boundMemory(400);
// Whoever waits for a page goes before whoever waits for a file. Nobody but an administrator may raise what a server was started with.
if (getPriority() < 10) setPriority(10);

const tell = (news: ExportNews): void => {
  process.send?.(news);
};
const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** What exports need of the product, and nothing more: the server's settings are ours, and so are its keys. */
const deskOver = async (databaseUrl: string): Promise<Omit<ExportDesk<ExportLine>, 'onFailure'>> => {
  const clock = systemClock;
  const own = readSettings(process.env, join(import.meta.dirname, '../..'));
  const { db } = openDatabase({ url: databaseUrl, poolSize: 4 });
  const edition = await startEdition(own, db, clock);
  // A renewal that cannot be read now is read the next time; what needs it meanwhile fails, and is told.
  watchKeys(edition, jobsOf({ clock, onFailure: () => undefined })).start();
  const { crypto } = edition;
  const access = storedAccess({
    db,
    clock,
    store: accessListStore({ crypto, signer: personalSigner(crypto, clock) }),
    // Nobody is let in before the list has been read, nor while it is broken; of that the server tells.
    shipped: [],
    auditRoles: [],
    onTurn: async () => undefined,
  });
  const onFailure = (error: unknown): void => void process.stderr.write(`${String(error)}\n`);
  const { arrangement } = own;
  const offers = offersOver(
    offerPlans,
    { areas: arrangement.areas, offerings: () => [peopleOffered(db, access)] },
    callsToPeers(arrangement, { db, crypto, clock, onFailure }),
  );
  const people = recipientsOver(offers.of(peopleOffer), access);
  const settings = runtimeSettings(db, clock);
  return {
    db,
    crypto,
    clock,
    files: sealedFiles({ db, crypto, clock, store: storeOf(own) }),
    settings,
    notices: tellingWherever(offers, access),
    access,
    people,
    cases: exportedCases({ db, crypto, access, settings }),
    exportsPerPerson: own.exportsPerPerson,
    exportFilesPerPerson: own.exportFilesPerPerson,
  };
};

let opened: ReturnType<typeof deskOver> | undefined;

const work = async ({ id, databaseUrl, lane }: ExportTask): Promise<void> => {
  opened ??= deskOver(databaseUrl);
  const onFailure = (error: unknown, about: object = {}): void => tell({ id, failure: asError(error), about });
  const hand = handHere({ ...(await opened), onFailure }, (one) =>
    tell({ id, inHand: { id: one.id, attempt: one.attempt } }),
  );
  // Whoever stops us ends this process.
  await hand.work(lane, new AbortController().signal);
  tell({ id, over: true });
};

process.on('message', (task: ExportTask) => {
  work(task).catch((error: unknown) => tell({ id: task.id, broken: asError(error) }));
});
process.on('disconnect', () => process.exit(0));
// What ends a server may reach all its processes at once; the parent decides when its worker ends, and gives back what it had in hand.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

import { everyRow } from '#kernel/access/predicate.ts';
import type { Message } from '#kernel/connector/connector.ts';
import type { Outbox } from '#kernel/connector/outbox.store.ts';
import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { lockStanding } from '#practices/registry/server/entry.store.ts';
import { leaveEntryFact } from '#practices/registry/server/entry-facts.ts';
import { rowsFor } from '#practices/registry/server/entry-rows.ts';
import type { Organisations } from '#practices/registry/server/organisations.ts';
import type { RegistryDesk } from '#practices/registry/server/registry-desk.ts';
import { qualificationRegistry as profile } from '../model/qualification.profile.ts';
import { type AskingTable, findAsking, noteAsking, unaskedSince } from './asking.store.ts';

/** A kind of question about enterprises: to whom, and where the last one is kept. */
export interface AskedKind {
  readonly table: AskingTable;
  readonly name: 'penalties' | 'complaints';
  readonly message: (reference: string, creditCode: string, now: Date) => Message;
}

/** What asking works with. */
export interface QuestionParts {
  readonly outbox: Outbox;
  readonly organisations: Organisations;
}

/** What a question is about. */
export interface Question {
  readonly entryId: string;
  readonly organisationId: string;
  readonly now: Date;
  readonly traceId: string;
}

/** Asks a question about an enterprise; every asking has a reference of its own. */
export const ask = async (
  { outbox, organisations }: QuestionParts,
  tx: Tx,
  kind: AskedKind,
  { entryId, organisationId, now, traceId }: Question,
): Promise<void> => {
  const organisation = await organisations.find(tx, organisationId);
  if (!organisation) throw new Error(`entry ${entryId} is of no organisation`);
  const reference = `${kind.name}:${organisationId}:${uuidv7(now)}`;
  await noteAsking(tx, kind.table, organisationId, reference, now);
  const about = { caseType: profile.id, caseId: entryId, traceId };
  await outbox.put(tx, kind.message(reference, organisation.creditCode, now), about);
};

/** A person has a question asked anew; false where the last one still waits. */
export const askAgain = async (
  desk: RegistryDesk,
  context: CallContext,
  entryId: string,
  kind: AskedKind,
  verb: 'recheck' | 'complaints',
): Promise<boolean> => {
  const rows = await rowsFor(desk, context, verb);
  const asked = await inTransaction(desk.db, async (tx) => {
    const standing = await lockStanding(tx, profile, entryId, rows);
    if (!standing) throw notFound();
    const { organisation_id: organisationId } = standing;
    if ((await findAsking(tx, kind.table, organisationId))?.status === 'waiting') return false;
    const { now, traceId } = context;
    await ask(desk, tx, kind, { entryId, organisationId, now, traceId });
    await leaveEntryFact(
      tx,
      context,
      profile,
      entryId,
      kind.name === 'penalties' ? 'askPenalties' : 'askComplaints',
      {},
    );
    return true;
  });
  if (asked) desk.nudge();
  return asked;
};

const askEveryMs = 24 * 3_600_000;
const askedAtOnce = 50;

/**
 * Asks about every qualified enterprise once a day, so that what is known of it does not wait for the next application. One that cannot be asked about is
 * told to `onFailure` and passed over.
 */
export const askDaily = async (
  parts: QuestionParts & { readonly db: Db; readonly clock: Clock; readonly nudge: () => void },
  kind: AskedKind,
  onFailure: (error: unknown, about: object) => void,
): Promise<void> => {
  const { db, clock } = parts;
  const before = new Date(clock.now().getTime() - askEveryMs);
  const askOne = (organisationId: string, entryId: string): Promise<void> =>
    inTransaction(db, async (tx) => {
      // Another process may have asked meanwhile; whoever comes second waits here.
      await lockStanding(tx, profile, entryId, everyRow);
      const last = await findAsking(tx, kind.table, organisationId);
      if (last && last.asked_at >= before) return;
      const traceId = uuidv7(clock.now());
      await ask(parts, tx, kind, { entryId, organisationId, now: clock.now(), traceId });
    });
  let last = '';
  for (;;) {
    const unasked = await unaskedSince(db, kind.table, before, last, askedAtOnce);
    for (const { organisationId, entryId } of unasked) {
      await askOne(organisationId, entryId).catch((error) => onFailure(error, { kind: kind.name, entryId }));
      parts.nudge();
      last = organisationId;
    }
    if (unasked.length < askedAtOnce) return;
  }
};

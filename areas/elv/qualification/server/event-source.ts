import { everyRow } from '#kernel/access/predicate.ts';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import type { Message } from '#kernel/connector/connector.ts';
import type { Outbox } from '#kernel/connector/outbox.store.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { RuntimeSettings } from '#kernel/settings/setting.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { lockStanding } from '#practices/registry/server/entry.store.ts';
import type { Organisations } from '#practices/registry/server/organisations.ts';
import type { EventKind } from '../model/event.contract.ts';
import { qualificationRegistry as profile } from '../model/qualification.profile.ts';
import { type AskingTable, askedAfter, findAsking, noteAsking, settleAsking, unaskedSince } from './asking.store.ts';
import {
  type EventShelf,
  type KeptEvent,
  keepEvents,
  listEvents,
  type Tally,
  type ToldEvent,
  tallyEvents,
  type Without,
} from './event.store.ts';

/** The same day so many years before. */
export const yearsBefore = (day: string, years: number): string =>
  `${Number(day.slice(0, 4)) - years}${day.slice(4)}`.replace('-02-29', '-02-28');

/** An answer older than this marks nobody: whoever is not asked about any more may have settled it since. Milliseconds. */
const markedForMs = 7 * 24 * 3_600_000;
const markedSince = (now: Date): Date => new Date(now.getTime() - markedForMs);

/** What is particular to a source of events: whom it asks and what it is told, where that is kept, and what it comes to. */
interface SourceProfile<Row extends KeptEvent, View, Summary> {
  readonly kind: EventKind;
  readonly shelf: EventShelf<Row>;
  /** Where its last questions are kept. */
  readonly asking: AskingTable;
  /** Events before this day, `yyyy-MM-dd`, are not asked for. */
  readonly askedSince: (now: Date) => string;
  readonly message: (question: {
    readonly reference: string;
    readonly uscc: string;
    readonly since: string;
  }) => Message;
  /** Reads an answer, parsed by the exchange's schema before. */
  readonly read: (answer: unknown) => { readonly events: readonly ToldEvent<Row>[]; readonly asOf: string };
  readonly refusal: (code: string, message: string) => string;
  readonly view: (row: Row, now: Date) => View;
  /** The first day that counts; left out where all that is asked for counts. */
  readonly countedSince?: (settings: RuntimeSettings, now: Date) => Promise<string>;
  readonly summary: (tallies: readonly Tally<Row>[], since: string) => Summary;
  /** The word enterprises are marked with in lists, before whoever may read its events; `without`: the events that never do so. */
  readonly mark?: {
    readonly word: string;
    readonly when: (summary: Summary) => boolean;
    readonly without?: Without<Row>;
  };
}

/** A source as those know it who ask it and hand its answers on. */
export interface EventSource {
  readonly kind: EventKind;
  readonly asking: AskingTable;
  readonly message: (reference: string, creditCode: string, now: Date) => Message;
  answers(clock: Clock): AnswerHandler;
  /** The word for lists, and which of these organisations it stands beside; null where it marks none. */
  readonly marked: {
    readonly word: string;
    among(
      db: Db,
      settings: RuntimeSettings,
      organisationIds: readonly string[],
      now: Date,
    ): Promise<ReadonlySet<string>>;
  } | null;
}

/** A source as its page knows it: what is known of an organisation. */
export interface ShownSource<View, Summary> extends EventSource {
  seen(
    db: Db,
    settings: RuntimeSettings,
    organisationId: string,
    now: Date,
  ): Promise<{ readonly rows: readonly View[]; readonly summary: Summary }>;
  /** Whether an organisation is marked for what is known, last asked at that moment. */
  marks(summary: Summary, askedAt: Date, now: Date): boolean;
}

/** What follows from a system's answers. A late answer to an earlier question changes nothing. Source: tender R13. */
const answersOf =
  <Row extends KeptEvent, View, Summary>(source: SourceProfile<Row, View, Summary>) =>
  (clock: Clock): AnswerHandler => ({
    answered: async (tx, { key, request }, answer) => {
      const { events, asOf } = source.read(answer);
      // Every question of a source says since when.
      const { since } = request as { readonly since: string };
      const end = { status: 'answered', text: '', as_of: new Date(asOf) } as const;
      const organisationId = await settleAsking(tx, source.asking, key, end);
      if (organisationId === undefined) return undefined;
      await keepEvents(tx, source.shelf, organisationId, events, { since, now: clock.now() });
      return undefined;
    },
    refused: async (tx, { key }, { code, message }) => {
      await settleAsking(tx, source.asking, key, { status: 'refused', text: source.refusal(code, message) });
    },
    givenUp: async (tx, { key }) => {
      await settleAsking(tx, source.asking, key, { status: 'needs-person', text: '' });
      return undefined;
    },
  });

/** A source of events out of what is particular to it. Source: tender R13. */
export const eventSource = <Row extends KeptEvent, View, Summary>(
  source: SourceProfile<Row, View, Summary>,
): ShownSource<View, Summary> => {
  const { kind, asking, shelf, askedSince, mark } = source;
  const sinceOf = (settings: RuntimeSettings, now: Date): string | Promise<string> =>
    source.countedSince?.(settings, now) ?? askedSince(now);
  return {
    kind,
    asking,
    message: (reference, uscc, now) => source.message({ reference, uscc, since: askedSince(now) }),
    answers: answersOf(source),
    marked: mark
      ? {
          word: mark.word,
          among: async (db, settings, organisationIds, now) => {
            const since = await sinceOf(settings, now);
            const fresh = await askedAfter(db, asking, organisationIds, markedSince(now));
            const tallies = await tallyEvents(db, shelf, fresh, since, mark.without);
            return new Set([...tallies].flatMap(([id, told]) => (mark.when(source.summary(told, since)) ? [id] : [])));
          },
        }
      : null,
    marks: (summary, askedAt, now) => mark !== undefined && askedAt > markedSince(now) && mark.when(summary),
    seen: async (db, settings, organisationId, now) => {
      const since = await sinceOf(settings, now);
      const [rows, tallies] = await Promise.all([
        listEvents(db, shelf, organisationId),
        tallyEvents(db, shelf, [organisationId], since),
      ]);
      const summary = source.summary(tallies.get(organisationId) ?? [], since);
      return { rows: rows.map((row) => source.view(row, now)), summary };
    },
  };
};

/** What asking works with. */
export interface QuestionParts {
  readonly outbox: Outbox;
  readonly organisations: Organisations;
}

/** What a question is about. */
interface Question {
  readonly entryId: string;
  readonly organisationId: string;
  readonly now: Date;
  readonly traceId: string;
}

/** Asks a source about an enterprise; every asking has a reference of its own. */
export const ask = async (
  { outbox, organisations }: QuestionParts,
  tx: Tx,
  source: EventSource,
  { entryId, organisationId, now, traceId }: Question,
): Promise<void> => {
  const organisation = await organisations.find(tx, organisationId);
  if (!organisation) throw new Error(`entry ${entryId} is of no organisation`);
  const reference = `${source.kind.name}:${organisationId}:${uuidv7(now)}`;
  await noteAsking(tx, source.asking, organisationId, reference, now);
  const about = { caseType: profile.id, caseId: entryId, traceId };
  await outbox.put(tx, source.message(reference, organisation.creditCode, now), about);
};

const askEveryMs = 24 * 3_600_000;
const askedAtOnce = 50;

/**
 * Asks about every enterprise that is qualified or under review once a day, so that what is known of it does not wait for the next application. One that cannot be asked about is
 * told to `onFailure` and passed over.
 */
export const askDaily = async (
  parts: QuestionParts & { readonly db: Db; readonly clock: Clock; readonly nudge: () => void },
  source: EventSource,
  onFailure: (error: unknown, about: object) => void,
): Promise<void> => {
  const { db, clock } = parts;
  const before = new Date(clock.now().getTime() - askEveryMs);
  const askOne = (organisationId: string, entryId: string): Promise<void> =>
    inTransaction(db, async (tx) => {
      // Another process may have asked meanwhile; whoever comes second waits here.
      await lockStanding(tx, profile, entryId, everyRow);
      const last = await findAsking(tx, source.asking, organisationId);
      if (last && last.asked_at >= before) return;
      const traceId = uuidv7(clock.now());
      await ask(parts, tx, source, { entryId, organisationId, now: clock.now(), traceId });
    });
  let last = '';
  for (;;) {
    const unasked = await unaskedSince(db, source.asking, before, last, askedAtOnce);
    for (const { organisationId, entryId } of unasked) {
      await askOne(organisationId, entryId).catch((error) => onFailure(error, { kind: source.kind.name, entryId }));
      parts.nudge();
      last = organisationId;
    }
    if (unasked.length < askedAtOnce) return;
  }
};

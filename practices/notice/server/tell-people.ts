import { type AccessRow, passes } from '#kernel/access/predicate.ts';
import type { StoredAccess } from '#kernel/access/stored-access.ts';
import type { Offers } from '#kernel/area/offers.ts';
import { type Db, inTransaction, type Tx } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { Slots } from '../model/notice-value.ts';
import { filled } from '../model/notice-value.ts';
import { leaveNews, newsAfter, takeNews } from './news.store.ts';
import { addNotices } from './notice.store.ts';
import type { NewsTable } from './notice.tables.ts';
import { peopleOffer } from './people.offer.ts';
import { type Recipients, recipientsOver } from './recipients.ts';
import type { News, Telling } from './telling.ts';

/** At most so many people are told of one thing. Source: assumption; more people of one enterprise do not do the same work. */
const mostRecipients = 200;

interface Finding {
  readonly access: Pick<StoredAccess, 'rowFilter' | 'state'>;
  readonly recipients: Recipients;
}

/** News with their words as they are told, and what says whom. */
const worded = <V extends Slots>(news: News<V>): NewsTable => {
  const { kind, values, matter, occasion, organisationId, personId, at } = news;
  return {
    id: uuidv7(at),
    kind: kind.id,
    group_id: kind.group.id,
    matter_type: matter.type,
    matter_id: matter.id,
    matter_row: JSON.stringify(matter.row),
    occasion,
    permission: kind.permission,
    organisation_id: organisationId,
    person_id: personId ?? null,
    title: kind.title,
    body: filled(kind.text, kind.slots, values),
    outside: kind.outside && filled(kind.outside.text, kind.slots, values),
    raised_at: at,
  };
};

const told = async (tx: Tx, { access, recipients }: Finding, news: NewsTable, at: Date): Promise<readonly string[]> => {
  const { permission, person_id: personId, organisation_id: organisationId } = news;
  if (personId !== null) return (await recipients.ofIds(tx, [personId], at, 1)).map(({ id }) => id);
  const people =
    organisationId === null
      ? await recipients.ofIds(tx, recipients.holders(permission), at, mostRecipients)
      : await recipients.ofOrganisation(tx, organisationId, at, mostRecipients);
  // Written by this program as what access control sees of a matter.
  const row = JSON.parse(news.matter_row) as AccessRow;
  return people.filter((one) => passes(access.rowFilter(one, permission), row)).map(({ id }) => id);
};

/** Whoever may come to it at that moment is told. */
const tell = async (tx: Tx, finding: Finding, news: NewsTable, at: Date): Promise<void> => {
  const ids = await told(tx, finding, news, at);
  const { kind, group_id, matter_type, matter_id, occasion, title, body, outside, raised_at } = news;
  const words = { kind, group_id, matter_type, matter_id, occasion, title, body, outside, raised_at };
  await addNotices(
    tx,
    ids.map((id) => ({
      ...words,
      id: uuidv7(raised_at),
      recipient_id: id,
      unread: true,
      read_at: null,
      outward: outside === null ? 'done' : 'due',
    })),
  );
};

/** Leaves in the step's transaction what is to be told; people are found by the process that keeps them, so that no step waits for it. Source: ADR 0058. */
const leaving: Telling = { raise: (tx, news) => leaveNews(tx, worded(news)) };

/**
 * Tells people in the step's own transaction: whoever {@link News} names and may come to its matter. While the access list is broken nobody but who is named may: it is left until
 * that is whole.
 */
export const tellingOver = (finding: Finding): Telling => ({
  raise: (tx, news) =>
    // Who is named is found without the list, in a process that has not read it yet too.
    news.personId !== undefined || finding.access.state().intact
      ? tell(tx, finding, worded(news), news.at)
      : leaving.raise(tx, news),
});

/** Telling people in a process of whatever areas: at once where people are kept here, and by what keeps them where not. */
export const tellingWherever = (offers: Offers, access: Finding['access'] & Pick<StoredAccess, 'list'>): Telling =>
  offers.isHere(peopleOffer)
    ? tellingOver({ access, recipients: recipientsOver(offers.of(peopleOffer), access) })
    : leaving;

const atOnce = 100;

/**
 * Tells what was left to be told, each once; answers how many were. One that cannot be told stays, and holds up no other; while the access list is broken all stay, since nobody
 * would be found. Errors: throws the first of those that could not be, at the end.
 */
export const tellLeft = async (
  db: Db,
  finding: Finding & { readonly access: Pick<StoredAccess, 'refresh'>; readonly clock: Clock },
): Promise<number> => {
  const { access } = finding;
  await access.refresh();
  if (!access.state().intact) return 0;
  let count = 0;
  const faults: unknown[] = [];
  for (let last = ''; ; ) {
    const ids = await newsAfter(db, last, atOnce);
    for (const id of ids) {
      try {
        const taken = await inTransaction(db, async (tx) => {
          const news = await takeNews(tx, id);
          if (news) await tell(tx, finding, news, finding.clock.now());
          // Found broken by somebody else meanwhile: nobody was found, and nothing is taken.
          if (!access.state().intact) throw new Error('the access list broke while people were told');
          return news !== undefined;
        });
        if (taken) count += 1;
      } catch (error) {
        faults.push(error);
      }
    }
    last = ids.at(-1) ?? last;
    if (ids.length < atOnce) break;
  }
  if (faults.length > 0) throw faults[0];
  return count;
};

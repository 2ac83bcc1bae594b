import { z } from 'zod';
import { type EntryFilter, entryFilter } from '../model/audit-views.ts';

const text = (most: number) => z.coerce.string().trim().min(1).max(most).optional().catch(undefined);

/** The log's state as it stands in the page's address; what cannot be read is dropped, so that an old bookmark opens the log, not an error. */
export const logSearch = z.object({
  from: entryFilter.shape.from.catch(undefined),
  until: entryFilter.shape.until.catch(undefined),
  kind: entryFilter.shape.kind.catch(undefined),
  action: text(120),
  actor: text(80),
  organisation: text(120),
  object: text(64),
  outcome: entryFilter.shape.outcome.catch(undefined),
  ip: text(64),
  trace: text(64),
  after: text(300),
  /** The open entry. */
  chain: text(120),
  seq: z.coerce.number().int().min(1).optional().catch(undefined),
});

/** See {@link logSearch}. */
export type LogSearch = z.output<typeof logSearch>;

/** The filter in an address. */
export const filterOf = ({ after: _, chain: _chain, seq: _seq, ...filter }: LogSearch): EntryFilter => filter;

/** Whether anything is filtered. */
export const isFiltered = (search: LogSearch): boolean =>
  Object.values(filterOf(search)).some((one) => one !== undefined);

/** The address with other filters: back on the newest page, nothing open. */
export const withFilter = (search: LogSearch, next: Partial<EntryFilter>): LogSearch => ({
  ...filterOf(search),
  ...next,
});

/** How many there are, honestly: exact, or more than was counted. */
export const countText = (count: number, more: boolean): string =>
  more ? `${count.toLocaleString('en-US')} 条以上` : `${count.toLocaleString('en-US')} 条`;

/** A moment as a person in Shanghai types it, `2026-11-23 10:00`, as an instant. */
export const instantOf = (typed: string): string => new Date(`${typed.replace(' ', 'T')}:00+08:00`).toISOString();

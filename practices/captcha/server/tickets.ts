import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Crypto, SealBroken } from '#kernel/crypto/crypto.ts';
import type { Tx } from '#kernel/db/database.ts';
import { forgetTickets, spendTicket } from './spent-ticket.store.ts';

/**
 * Sealed notes handed to the browser between two requests: it can neither read nor change them, each serves once and only for minutes.
 * Nothing is stored until one is used, so asking for them in masses fills nothing. `kind` says what a ticket is for; one kind is never taken for another.
 */
export interface Tickets {
  issue(kind: string, content: unknown, now: Date, minutes: number): Promise<string>;
  /** What the ticket holds; undefined when it is forged, of another kind, too old, or has been used. Uses it up with the transaction. */
  redeem<T>(tx: Tx, kind: string, ticket: string, schema: z.ZodType<T>, now: Date): Promise<T | undefined>;
}

/** How often used tickets that have run out are forgotten, on the way. */
const forgetEveryMs = 60_000;

const envelope = z.object({ id: z.string(), until: z.number(), content: z.unknown() });

/** Tickets sealed under the key of signing in; those that were used are kept in the schema of an area. */
export const ticketsOver = (crypto: Crypto, area: string): Tickets => {
  let forgotten = 0;
  const opened = async (kind: string, ticket: string): Promise<z.output<typeof envelope> | undefined> => {
    try {
      const text = await crypto.open('sign-in', ticket, `ticket:${kind}`);
      return envelope.parse(JSON.parse(Buffer.from(text).toString('utf8')));
    } catch (error) {
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  };
  return {
    issue: (kind, content, now, minutes) => {
      const text = JSON.stringify({ id: randomUUID(), until: now.getTime() + minutes * 60_000, content });
      return crypto.seal('sign-in', Buffer.from(text), `ticket:${kind}`);
    },
    redeem: async (tx, kind, ticket, schema, now) => {
      const found = await opened(kind, ticket);
      if (!found || found.until <= now.getTime()) return undefined;
      if (!(await spendTicket(tx, area, { id: found.id, until: new Date(found.until) }))) return undefined;
      if (now.getTime() - forgotten >= forgetEveryMs) {
        forgotten = now.getTime();
        await forgetTickets(tx, area, now);
      }
      return schema.parse(found.content);
    },
  };
};

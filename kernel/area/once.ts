import type { z } from 'zod';
import type { Inbox } from '#kernel/connector/inbox.store.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { Tx } from '#kernel/db/database.ts';

/** What another area asks for by its outbox. */
export interface AreaMessage {
  readonly connector: string;
  readonly exchange: string;
  readonly key: string;
  /** What makes it this message and no other, and nothing more: a later version, which may be told more, says the very same of a message put before it. */
  readonly asked: unknown;
  readonly traceId: string;
}

/** As long as the inbox keeps what came of a message. */
const mostAnswer = 240;

/**
 * Does what another area asks for, once under its key: kept in the inbox by the transaction that does it, so whoever asks again, since no answer came, is answered with what came of
 * it the first time. Errors: throws where the key belongs to something else, and where the same message arrives twice at once; nothing is done then. Source: tender T2.2; ADR 0058.
 */
export const onceUnder = async <A>(
  tx: Tx,
  inbox: Pick<Inbox, 'findFirst' | 'keep'>,
  { asked, ...message }: AreaMessage,
  answer: z.ZodType<A>,
  work: () => Promise<A>,
): Promise<A> => {
  const { connector, exchange, key } = message;
  const body = JSON.stringify(asked);
  const first = await inbox.findFirst(tx, connector, exchange, key);
  if (first) {
    if (first.bodyDigest !== sm3Hex(body))
      throw new Error(`another ${connector}.${exchange} message has the key ${key}`);
    return answer.parse(JSON.parse(first.message));
  }
  const done = await work();
  const told = JSON.stringify(done);
  if (told.length > mostAnswer) throw new Error(`${connector}.${exchange}: an answer of ${told.length} characters`);
  const kept = { ...message, body, status: 'applied', code: '0', message: told, caseType: null, caseId: null } as const;
  if (!(await inbox.keep(tx, kept))) throw new Error(`${connector}.${exchange} ${key} arrived twice at once`);
  return done;
};

import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { Delivery, Outcome } from './connector.ts';

/** One message that crossed to or from an outside system, or tried to. Digests stand for what may be personal. */
export interface CrossingFact {
  readonly at: Date;
  readonly direction: 'out' | 'in';
  readonly connector: string;
  readonly exchange: string;
  readonly key: string;
  /** `failed`: carried, but our own handler threw; `unreadable`: not carried, since it could not be opened; `rejected`: an inbound message that was not let in or did not fit its schema. */
  readonly outcome: Outcome | 'failed' | 'unreadable' | 'applied' | 'repeated' | 'rejected';
  /** Code of a refusal, or a few words about a failure; never personal data. */
  readonly detail: string | null;
  readonly requestDigest: string;
  readonly answerDigest: string | null;
  readonly milliseconds: number;
  /** It was the last try: a person must look. */
  readonly gaveUp?: true;
  readonly caseType: string | null;
  readonly caseId: string | null;
  readonly traceId: string;
}

/** Hears of every crossing, inside the transaction that settles it: the audit entry stands or falls with what it tells. */
export type OnCrossing = (tx: Tx, fact: CrossingFact) => Promise<void>;

/** What is told of a message of ours that was carried, by what came of it. */
export const carriedFact = (
  message: Pick<
    CrossingFact,
    'at' | 'connector' | 'exchange' | 'key' | 'requestDigest' | 'milliseconds' | 'caseType' | 'caseId' | 'traceId'
  >,
  delivery: Delivery<unknown>,
): CrossingFact => ({
  ...message,
  direction: 'out',
  outcome: delivery.outcome,
  detail: delivery.outcome === 'refused' ? `code ${delivery.code}` : 'detail' in delivery ? delivery.detail : null,
  answerDigest: delivery.outcome === 'delivered' ? sm3Hex(JSON.stringify(delivery.answer)) : null,
});

/** What may be kept of an error: its name, its code, and its message without long numbers or quoted values. At most 200 characters. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown error';
  // A database names the offending values in its message; its code and constraint say enough.
  if ('code' in error && typeof error.code === 'string') {
    const constraint = 'constraint' in error && typeof error.constraint === 'string' ? ` ${error.constraint}` : '';
    return `${error.name} ${error.code}${constraint}`.slice(0, 200);
  }
  return `${error.name}: ${error.message}`
    .replace(/\d{5,}[\dXx]*/g, '…')
    .replace(/"[^"]*"/g, '"…"')
    .slice(0, 200);
};

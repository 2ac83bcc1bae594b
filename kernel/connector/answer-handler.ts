import type { Tx } from '#kernel/db/database.ts';

/** A carried message as its handler gets it. */
export interface CarriedMessage {
  readonly id: string;
  readonly exchange: string;
  readonly key: string;
  /** The request as it was put, parsed from its JSON. */
  readonly request: unknown;
  readonly caseType: string | null;
  readonly caseId: string | null;
  /** How often it has been carried, this time included. */
  readonly attempts: number;
  readonly traceId: string;
}

/** The action by which the log tells that what an answer demands could not be done; alerts watch for it. */
export const unheededAction = 'kernel.relay.answerUnheeded';

/** What a handler may want beside "answered": the same question once more later, the same answer once more later, or a word kept with the message. */
export type Afterwards = AskAgain | TakeAgain | { readonly note: string } | undefined;

/** The same question once more later. */
interface AskAgain {
  readonly askAgainInSeconds: number;
}

/** The answer is good and cannot be taken yet: it is kept, and handed over again later without anybody being asked. */
export interface TakeAgain {
  readonly takeAgainInSeconds: number;
}

/** What follows from the end of a message; each runs in the transaction that settles it, so both are or neither is. */
export interface AnswerHandler {
  answered(tx: Tx, message: CarriedMessage, answer: unknown): Promise<Afterwards>;
  refused(tx: Tx, message: CarriedMessage, refusal: { readonly code: string; readonly message: string }): Promise<void>;
  /** After the last retry, or where the message cannot be opened: a person must look. */
  givenUp(tx: Tx, message: CarriedMessage): Promise<void>;
}

import type { Subject } from '#kernel/access/access.ts';
import type { ProposalRow } from '#practices/proposal/model/proposal.contract.ts';
import type { AppliedRow } from './applied-person.ts';

/** An application with whom it gives something to. */
export interface Applied {
  readonly row: ProposalRow;
  readonly personId: string | null;
  /** Agreeing leads the government's sign-on to the number kept of the person. */
  readonly leads: boolean;
  /** Agreeing trusts the person with more than an organisation's own roles give. */
  readonly trusts: boolean;
}

/** Who asks, and when, as far as the log keeps it. */
export interface RevealAsked {
  readonly reason: string;
  readonly by: { readonly subject: Subject; readonly ip: string; readonly now: Date; readonly traceId: string };
}

/** What becomes of asking for the plain number. */
export type Revealed = { readonly value: string | null } | { readonly refused: 'NOT_FOUND' | 'NOT_YOURS' };

/** People as whoever agrees to an application about them must know them; the features that decide are given it by the area. */
export interface AppliedPeople {
  /** The rows of a list, each with its person. `matter` is the id of the applications' lifecycle. */
  rowsOf(matter: string, subject: Subject, applied: readonly Applied[]): Promise<AppliedRow[]>;
  /** The identity number of the person an application is about, to whoever may still agree to it; told to the log with the reason. */
  reveal(matter: string, applied: Applied | undefined, asked: RevealAsked): Promise<Revealed>;
}

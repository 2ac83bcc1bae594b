import type { Db, Tx } from '#kernel/db/database.ts';

/** Open work of one kind that hangs on a person. */
export interface OpenWork {
  /** What it is, for people, for example 在办案卷. */
  readonly title: string;
  readonly count: number;
}

/** One handing over: from whom, to whom, by whom and why. */
export interface HandingOver {
  readonly fromId: string;
  readonly receiver: { readonly id: string; readonly name: string };
  readonly by: {
    readonly id: string;
    readonly name: string;
    readonly organisationId: string | null;
    readonly ip: string;
  };
  readonly reason: string;
  readonly at: Date;
  readonly traceId: string;
}

/**
 * An area's part when somebody's work goes to another of the same organisation: what is open and hangs on a person, and moving it. What
 * was done stays with whoever did it. The caller has judged that both belong together and that the asker may do this.
 */
export interface HandOver {
  openWork(db: Db | Tx, personId: string): Promise<readonly OpenWork[]>;
  /** Moves everything that is open, in the caller's transaction, and leaves a fact for each matter. Answers what was moved. */
  move(tx: Tx, handing: HandingOver): Promise<readonly OpenWork[]>;
}

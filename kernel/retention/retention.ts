import type { Tx } from '#kernel/db/database.ts';
import type { Period } from '#kernel/lifecycle/lifecycle.ts';

/** The rows a piece of erasing is about: behind the key where the piece before it ended, older than a moment, at most so many. */
export interface Stretch {
  readonly after: string;
  readonly before: Date;
  readonly most: number;
}

/** What a piece of erasing came to. `after`: the key it ended at, where rows stay and only what they say is erased. */
export interface Erased {
  readonly count: number;
  readonly after?: string;
}

/** Something that is erased when it has been kept long enough: by an index, oldest first, a few rows at a time. Source: 个人信息保护法第十九条、第四十七条; adr/0059. */
export interface Retention {
  /** Also the name of its job, behind `erase-`. */
  readonly id: string;
  readonly title: string;
  /** For how long it is kept; several may share one. */
  readonly keep: Period;
  /** Days it is kept whatever is set: something else still reads it until then. */
  readonly leastDays: number;
  erase(tx: Tx, stretch: Stretch): Promise<Erased>;
}

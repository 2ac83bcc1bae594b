import type { AccessRow } from '#kernel/access/predicate.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { NoticeKind } from '../model/notice-kind.ts';
import type { Slots, ValuesOf } from '../model/notice-value.ts';

/** Something to be told. */
export interface News<V extends Slots = Slots> {
  readonly kind: NoticeKind<V>;
  readonly values: ValuesOf<V>;
  /** What it is about, and what access control sees of it: whoever may not come to it is not told. */
  readonly matter: { readonly type: string; readonly id: string; readonly row: AccessRow };
  /** Which of the things that happen to a matter again and again this is: told once, however often it is raised. */
  readonly occasion: string;
  /** The organisation whose people are told; null for the people of the platform. */
  readonly organisationId: string | null;
  /** The one person told, whose own matter it is; left out for everybody who holds the permission there. */
  readonly personId?: string;
  readonly at: Date;
}

/** How steps tell people: in their own transaction, so that what is rolled back was never told. */
export interface Telling {
  raise<V extends Slots>(tx: Tx, news: News<V>): Promise<void>;
}

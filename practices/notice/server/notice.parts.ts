import type { Access } from '#kernel/access/access.ts';
import type { Db } from '#kernel/db/database.ts';
import type { NoticeKind } from '../model/notice-kind.ts';
import type { Recipients } from './recipients.ts';

/** What notices work with. */
export interface NoticeParts {
  readonly db: Db;
  readonly access: Access;
  readonly recipients: Recipients;
  /** Every kind there is. */
  readonly kinds: readonly NoticeKind[];
}

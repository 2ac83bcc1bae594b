import type { ArchiveParts } from '#kernel/audit/archive.ts';
import type { FactDesk } from '#kernel/audit/fact-desk.ts';
import type { ValueTitle } from '../model/entry-detail.ts';
import type { ActionTitle } from './action-titles.ts';
import type { AuditDesk } from './audit-desk.ts';

/** What the pages of the log need. */
export interface AuditLogParts extends ArchiveParts {
  readonly desk: AuditDesk;
  readonly facts: Pick<FactDesk, 'leave'>;
  /** Titles of everything the log can name. */
  readonly titles: () => readonly ActionTitle[];
  /** What codes in details are called, roles and photographs among them, as of now. */
  readonly valueTitles: () => ValueTitle;
}

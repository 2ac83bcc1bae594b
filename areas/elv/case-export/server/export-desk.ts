import type { Access, Subject } from '#kernel/access/access.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import type { RuntimeSettings } from '#kernel/settings/setting.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { Telling } from '#practices/notice/server/telling.ts';
import type { SheetColumn } from '#practices/workbook/model/workbook.ts';
import type { ExportFilter } from '../model/case-export.contract.ts';

/** Who reads, and the moment by which the list is judged. */
export interface Reader {
  readonly subject: Subject;
  readonly now: Date;
}

/** What an export asks of the vehicle cases; all of it reaches what both reading and exporting are granted for. */
export interface CaseListing<Line> {
  /** How many cases there are, counted no further than `upTo`. */
  count(by: Reader, filter: ExportFilter, upTo: number): Promise<number>;
  /** The filter in words; of people only that they were searched for. */
  conditions(by: Reader, filter: ExportFilter): Promise<string>;
  readonly columns: readonly SheetColumn<Line>[];
  /** The lines, page by page. */
  pages(by: Reader, filter: ExportFilter, most: number): AsyncIterable<readonly Line[]>;
}

/** What exports work with. */
export interface ExportDesk<Line> {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly files: FileStore;
  readonly settings: RuntimeSettings;
  readonly notices: Telling;
  readonly access: Access & { refresh(): Promise<void> };
  readonly people: {
    /** People as they are now, if their accounts serve. */
    ofIds(db: Db | Tx, ids: readonly string[], at: Date, most: number): Promise<readonly Subject[]>;
  };
  readonly cases: CaseListing<Line>;
  /** How many exports one person may have in hand at once. */
  readonly exportsPerPerson: number;
  /** How many finished files of one person are kept at once; older ones make room. */
  readonly exportFilesPerPerson: number;
  readonly onFailure: (error: unknown, about?: object) => void;
}

/** A digest of everything that decides what somebody's export shows: whoever may do more, less or otherwise has another. */
export const rightsOf = (access: Access, subject: Subject, permission: string): string => {
  const asked = [...new Set(['elv.vehicle-case:read', 'elv.vehicle-case:export', permission])];
  const nowhere = { id: '', organisation: '', district: '', owner: '', assignee: '', state: '' };
  return sm3Hex(
    JSON.stringify(
      asked.map((one) => [
        access.holds(subject, one),
        access.rowFilter(subject, one),
        access.explain(subject, one, nowhere).grants.map(({ grant }) => [grant.personal, grant.fields, grant.rows]),
      ]),
    ),
  );
};

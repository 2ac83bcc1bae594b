import type {
  CaseTable,
  CheckTable,
  ClaimTable,
  PhotoTable,
} from '#areas/elv/vehicle-case/server/vehicle-case.tables.ts';
import type { EntryTable, HeadTable } from '#kernel/audit/entry.table.ts';
import type { OutboxTable } from '#kernel/connector/outbox.table.ts';
import type { FileTable } from '#kernel/files/file.store.ts';

/** What a case leaves beside its row, its steps and its claim. */
export interface WholeRows {
  readonly photos: readonly PhotoTable[];
  /** What is known of each photograph's file. There are no bytes, and so no key to open them by. */
  readonly files: readonly FileTable[];
  readonly checks: readonly CheckTable[];
  readonly messages: readonly OutboxTable[];
  readonly entries: readonly EntryTable[];
  readonly heads: readonly HeadTable[];
}

/** A row of `kernel.step` as it is written. */
export interface StepRow {
  readonly case_type: string;
  readonly case_id: string;
  readonly seq: number;
  readonly step_key: string;
  readonly action: string;
  readonly from_state: string;
  readonly to_state: string;
  readonly round: number;
  readonly version: number;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly actor_organisation_id: string | null;
  readonly organisation_name: string | null;
  readonly at: Date;
  readonly input: string;
  readonly record_digest: string;
  readonly changes: string;
  readonly prev: string;
  readonly digest: string;
  readonly public_key: string | null;
  readonly signature: string | null;
}

/** The rows of some cases; `whole` are those of cases about which everything is made. */
export interface PastRows {
  readonly cases: CaseTable[];
  readonly steps: StepRow[];
  readonly claims: ClaimTable[];
  readonly whole: WholeRows[];
}

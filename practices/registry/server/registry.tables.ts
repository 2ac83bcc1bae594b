/** Rows of `registry_entry`; what the columns mean stands in the migration. `number` and `valid_until` are those that stand, else those filed. */
export interface EntryTable {
  id: string;
  organisation_id: string;
  lifecycle_version: number;
  state: string;
  version: number;
  round: number;
  origin: string;
  opened_by: string;
  opened_at: Date;
  state_since: Date;
  deadline_at: Date | null;
  /** Since when the entry stands in the registry; null while it does not. */
  registered_at: Date | null;
  record: string;
  record_at_step: string;
  number: string | null;
  valid_until: string | null;
  phone_index: string | null;
}

/** Rows of `registry_file`. `removed_at` keeps the evidence of an attachment that was taken out. */
export interface FileTable {
  id: string;
  entry_id: string;
  part: string;
  upload_key: string;
  file_id: string;
  file_name: string;
  media_type: string;
  size_bytes: string;
  sm3: string;
  uploaded_at: Date;
  operator_id: string;
  operator_name: string;
  removed_at: Date | null;
  removed_by: string | null;
}

/** Rows of `registry_check`: the last question to the company register about an entry. */
export interface CheckTable {
  entry_id: string;
  reference: string;
  status: string;
  outcome: string | null;
  text: string;
  answer: string | null;
  asked_at: Date;
  answered_at: Date | null;
}

/** Rows of `registry_import`: a workbook that was looked through; `rows` is sealed, and gone once entered or after a day. */
export interface ImportTable {
  id: string;
  uploaded_by: string;
  upload_key: string;
  uploaded_at: Date;
  file_name: string;
  total: number;
  good: number;
  fault_count: number;
  new_organisations: number;
  faults: string;
  rows: string | null;
  entered: number | null;
}

/** All tables of a registry, in the schema of its area. */
export type RegistryTables = {
  registry_entry: EntryTable;
  registry_file: FileTable;
  registry_check: CheckTable;
  registry_import: ImportTable;
};

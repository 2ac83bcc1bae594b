/**
 * Rows of `elv.withdrawal`; what the columns mean stands in the migration. `living_case_id` is the case while the withdrawal has not ended, so
 * that the unique key lets one live at a time.
 */
export interface WithdrawalTable {
  id: string;
  withdrawal_no: string;
  lifecycle_version: number;
  state: string;
  version: number;
  round: number;
  case_id: string;
  living_case_id: string | null;
  enterprise_id: string;
  enterprise_name: string;
  district_code: string | null;
  successor_id: string | null;
  successor_case_id: string | null;
  opened_by: string;
  opened_at: Date;
  state_since: Date;
  deadline_at: Date | null;
  record: string;
  record_at_step: string;
  kind: string | null;
  case_no: string;
  plate_no: string | null;
  vin: string | null;
}

/** Rows of `elv.withdrawal_paper`. `removed_at` keeps the evidence of a paper that was taken out. */
export interface PaperTable {
  id: string;
  withdrawal_id: string;
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

/** All tables of the feature by name. */
export type WithdrawalTables = {
  'elv.withdrawal': WithdrawalTable;
  'elv.withdrawal_paper': PaperTable;
  'elv.withdrawal_counter': { day: string; last: number };
};

/** Rows of `elv.citizen`; `person` is sealed. */
export interface CitizenTable {
  id: string;
  outside_id: string;
  person: string;
  level: string;
  first_seen_at: Date;
  seen_at: Date;
}

/** Rows of `elv.citizen_application`; what the columns mean stands in the migration. */
export interface ApplicationTable {
  id: string;
  application_no: string;
  citizen_id: string;
  open_key: string;
  lifecycle_version: number;
  state: string;
  version: number;
  round: number;
  enterprise_id: string | null;
  opened_at: Date;
  state_since: Date;
  deadline_at: Date | null;
  record: string;
  by_agent: boolean;
  plate_no: string | null;
  plate_type_code: string | null;
  vin: string | null;
  brand_model: string | null;
  living_vin: string | null;
  case_id: string | null;
  told_before: number;
}

/** Rows of `elv.citizen_photo`. `removed_at` keeps the evidence of a photograph that was taken out. */
export interface CitizenPhotoTable {
  id: string;
  application_id: string;
  part: string;
  upload_key: string;
  file_id: string;
  file_name: string;
  media_type: string;
  size_bytes: string;
  sm3: string;
  uploaded_at: Date;
  device_time: Date | null;
  removed_at: Date | null;
  /** What was first read of it; sealed. */
  reading: string | null;
}

/** All tables of the feature by name. */
export type CitizenTables = {
  'elv.citizen': CitizenTable;
  'elv.citizen_session': { token_sm3: string; citizen_id: string; created_at: Date; seen_at: Date };
  'elv.citizen_application': ApplicationTable;
  'elv.citizen_photo': CitizenPhotoTable;
  'elv.citizen_application_counter': { day: string; last: number };
};

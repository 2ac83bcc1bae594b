/** Rows of `elv.vehicle_case`; what the columns mean stands in the migration. */
export interface CaseTable {
  id: string;
  case_no: string;
  open_key: string;
  origin_key: string | null;
  lifecycle_version: number;
  state: string;
  version: number;
  round: number;
  holds: string;
  enterprise_id: string;
  enterprise_name: string;
  enterprise_code: string;
  district_code: string | null;
  opened_by: string;
  opened_at: Date;
  state_since: Date;
  /** Which change of its enterprise's cases the newest of this case is; null until somebody asks for changes after its step is over. */
  change_no: number | null;
  deadline_at: Date | null;
  held_since: Date | null;
  held_deadline: Date | null;
  record: string;
  record_at_step: string;
  plate_no: string | null;
  plate_type_code: string | null;
  vin: string | null;
  vin_reversed: string | null;
  brand_model: string | null;
  vehicle_type_code: string | null;
  owner_name: string | null;
  owner_identity_index: string | null;
  owner_phone_index: string | null;
  marks: string;
}

/** Rows of `elv.vehicle_photo`. `removed_at` keeps the evidence of a photograph that was taken out. */
export interface PhotoTable {
  id: string;
  case_id: string;
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
  device_time: Date | null;
  place: string | null;
  removed_at: Date | null;
  removed_by: string | null;
  ocr_status: string;
  ocr_message: string | null;
  ocr_fields: string | null;
}

/** Rows of `elv.vehicle_check`: the last question of each kind. `asked_of` is a digest of what was asked. */
export interface CheckTable {
  case_id: string;
  kind: string;
  asked_of: string;
  status: string;
  verdict: string | null;
  text: string;
  answer: string | null;
  asked_at: Date;
  answered_at: Date | null;
}

/** Rows of `elv.vehicle_claim`: one living or finished acceptance of a vehicle, by VIN. */
export interface ClaimTable {
  vin: string;
  case_id: string;
  case_no: string;
  enterprise_id: string;
  enterprise_name: string;
  since: Date;
}

/** Rows of `elv.case_reference`: under which of the enterprise's own numbers its system opened a case, and a keyed digest of what it sent. */
export interface ReferenceTable {
  enterprise_id: string;
  reference: string;
  case_id: string;
  content_digest: string;
}

/** All tables of the feature by name. */
export type ElvTables = {
  'elv.vehicle_case': CaseTable;
  'elv.vehicle_photo': PhotoTable;
  'elv.vehicle_check': CheckTable;
  'elv.vehicle_claim': ClaimTable;
  'elv.case_reference': ReferenceTable;
  'elv.case_counter': { day: string; last: number };
  /** How many changes of an enterprise's cases have a number. */
  'elv.change_counter': { enterprise_id: string; last: number };
};

/** Rows of `elv.practitioner`; what the columns mean stands in the migration. `working_person_id` is the person while at work there, so that the unique key lets nobody be there twice. */
export interface PractitionerTable {
  id: string;
  person_id: string;
  working_person_id: string | null;
  version: number;
  organisation_id: string;
  organisation_name: string;
  district_code: string | null;
  /** Name and phone. */
  person_sealed: string;
  name_index: string;
  post: string;
  since: string;
  left_on: string | null;
  left_noted_at: Date | null;
  entered_by: string;
  entered_at: Date;
}

/** Rows of `elv.practitioner_post`. */
export interface PostTable {
  id: string;
  practitioner_id: string;
  post: string;
  from_on: string;
  until_on: string | null;
  until_noted_at: Date | null;
  entered_at: Date;
}

/** Rows of `elv.practitioner_certificate`. `latest`: of its kind the one that lapses last. */
export interface CertificateTable {
  id: string;
  practitioner_id: string;
  entry_key: string;
  kind: string;
  number_sealed: string;
  issued_on: string;
  valid_until: string | null;
  issuer: string;
  latest: boolean;
  warned_at: Date | null;
  file_id: string | null;
  file_name: string | null;
  file_sm3: string | null;
  entered_by: string;
  entered_at: Date;
  removed_at: Date | null;
  removed_by: string | null;
}

/** Rows of `elv.practitioner_training`. */
export interface TrainingTable {
  id: string;
  practitioner_id: string;
  entry_key: string;
  title: string;
  hours: number;
  held_on: string;
  result: string;
  entered_by: string;
  entered_at: Date;
  removed_at: Date | null;
  removed_by: string | null;
}

/** Rows of `elv.practitioner_conduct`. */
export interface ConductTable {
  id: string;
  practitioner_id: string;
  entry_key: string;
  organisation_id: string;
  district_code: string | null;
  lifecycle_version: number;
  state: string;
  version: number;
  round: number;
  nature: string;
  occurred_on: string;
  recorded_by: string;
  recorded_at: Date;
  state_since: Date;
  deadline_at: Date | null;
  record: string;
  record_at_step: string;
}

/** Rows of `elv.practitioner_archive`; `content` is canonical JSON, `sm3` its digest. */
export interface ArchiveTable {
  person_id: string;
  year: number;
  written_at: Date;
  content: string;
  sm3: string;
}

/** Rows of `elv.practitioner_import`; `rows` are sealed, and gone once they are entered or forgotten. */
export interface ImportTable {
  id: string;
  uploaded_by: string;
  upload_key: string;
  uploaded_at: Date;
  organisation_id: string;
  file_name: string;
  total: number;
  good: number;
  fault_count: number;
  faults: string;
  rows: string | null;
  entered: number | null;
}

/** All tables of the feature by name. */
export type PractitionerTables = {
  'elv.practitioner': PractitionerTable;
  'elv.practitioner_identity': { id: string; number_index: string; number_sealed: string };
  'elv.practitioner_post': PostTable;
  'elv.practitioner_certificate': CertificateTable;
  'elv.practitioner_training': TrainingTable;
  'elv.practitioner_conduct': ConductTable;
  'elv.practitioner_archive': ArchiveTable;
  'elv.practitioner_archive_year': { year: number; done_at: Date | null; people: number };
  'elv.practitioner_import': ImportTable;
};

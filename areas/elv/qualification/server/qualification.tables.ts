/** Rows of `standing`: whether an organisation is qualified, as one fact. Days are `yyyy-MM-dd`. */
export interface StandingTable {
  organisation_id: string;
  entry_id: string;
  certificate_no: string;
  status: string;
  valid_until: string;
  /** The last day on which the enterprise must stop; null where it need not. */
  suspended_until: string | null;
  changed_at: Date;
}

/** Rows of `certificate_counter`. */
export interface CertificateCounterTable {
  year: string;
  last: number;
}

/** The tables beside those of the registry. */
export type QualificationTables = {
  'elv_qualification.standing': StandingTable;
  'elv_qualification.certificate_counter': CertificateCounterTable;
};

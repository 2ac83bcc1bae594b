/** Rows of `case_passage`: passages that have not been added up yet. Big numbers come as texts. */
export interface PassageTable {
  id: string;
  case_type: string;
  case_id: string;
  version: number;
  at: Date;
  from_state: string | null;
  to_state: string;
  state_seconds: string | null;
  stage_seconds: string | null;
  whole_seconds: string | null;
  enterprise_id: string;
  /** Empty where the enterprise has none. */
  district_code: string;
}

/** Rows of `case_tally`: the numbers themselves. */
export interface TallyTable {
  case_type: string;
  period: string;
  measure: string;
  place: string;
  enterprise_id: string;
  district_code: string;
  step: number;
  count: string;
  seconds: string;
}

/** Rows of `case_recount`: when the numbers were compared with the steps, and how that ended. */
export interface RecountTable {
  case_type: string;
  day: string;
  begun_at: Date;
  ended_at: Date | null;
  cases: number | null;
  differences: number | null;
}

/** All tables of the statistics, in the schema of their area. */
export type StatisticsTables = {
  case_passage: PassageTable;
  case_tally: TallyTable;
  case_recount: RecountTable;
};

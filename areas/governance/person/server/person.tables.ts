/** The tables of people as this feature sees them; accounts and sessions belong to signing in, which changes them. */
export type PersonTables = {
  'governance.organisation': { id: string; name: string; credit_code: string; district_code: string; kind: string };
  'governance.user_account': {
    id: string;
    user_name: string;
    name: string;
    organisation_id: string | null;
    status: string;
    valid_until: Date | null;
    validity_limit: Date | null;
    locked_until: Date | null;
    must_change: boolean;
    password_changed_at: Date;
    created_at: Date;
    person_version: number;
    post: string | null;
    district_code: string | null;
    identity_sealed: string | null;
    identity_no_index: string | null;
    phone_sealed: string | null;
    phone_index: string | null;
    email_sealed: string | null;
    opened_by: string | null;
    disabled_by_platform: boolean;
  };
  'governance.session': { user_id: string; stage: string; created_at: Date; ended_at: Date | null };
  'governance.person_import': {
    id: string;
    uploaded_by: string;
    upload_key: string;
    uploaded_at: Date;
    file_name: string;
    total: number;
    good: number;
    fault_count: number;
    faults: string;
    people: string | null;
    opened: number | null;
    passwords: string | null;
  };
};

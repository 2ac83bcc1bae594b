/** The tables of people and of signing in, as the stores of this feature see them. */
export type AccountTables = {
  'governance.organisation': { id: string; name: string; credit_code: string; district_code: string; kind: string };
  'governance.user_account': {
    id: string;
    user_name: string;
    name: string;
    organisation_id: string | null;
    district_code: string | null;
    password_hash: string;
    failures: number;
    failed_at: Date | null;
    locked_until: Date | null;
    created_at: Date;
    status: string;
    valid_until: Date | null;
    must_change: boolean;
    set_alone: boolean;
    password_changed_at: Date;
    identity_index: string | null;
    identity_no_index: string | null;
  };
  'governance.password_history': { user_id: string; replaced_at: Date; password_hash: string };
  'governance.session': {
    token_sm3: string;
    id: string;
    user_id: string;
    stage: string;
    way: string;
    proved: boolean;
    ip: string;
    user_agent: string;
    created_at: Date;
    seen_at: Date;
    ended_at: Date | null;
    end_reason: string | null;
  };
  'governance.totp': { user_id: string; sealed_secret: string; last_step: string; enrolled_at: Date };
  'governance.recovery_code': { user_id: string; digest: string };
  'governance.user_certificate': {
    fingerprint: string;
    user_id: string;
    subject: string;
    pem: string;
    expires_at: Date;
    bound_at: Date;
  };
  'governance.sign_on_binding': { issuer: string; subject: string; user_id: string; bound_at: Date };
  'governance.sign_in_failure': { key: string; failures: number; failed_at: Date | null; locked_until: Date | null };
  'governance.credential_notice': {
    id: string;
    user_id: string;
    at: Date;
    what: string;
    by_name: string;
    agreed_name: string | null;
    shown_at: Date | null;
  };
};

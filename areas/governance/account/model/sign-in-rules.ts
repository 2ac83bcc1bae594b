/** What a password must be. Source: domain 10.3. */
export interface PasswordRules {
  readonly minLength: number;
  /** Of upper case, lower case, digits and signs, how many kinds at least. */
  readonly classes: number;
  /** How many earlier passwords may not be used again. */
  readonly history: number;
  /** After how many days it must be changed; 0 for never. */
  readonly maxAgeDays: number;
}

/** All rules of signing in; every one is a setting. Source: tender R42, domain 10.3. */
export interface SignInRules {
  readonly password: PasswordRules;
  /** Failures in a row that lock a name, known or not, and for how long. */
  readonly lock: { readonly failures: number; readonly minutes: number };
  /** After how many failures, of a name or from an address, a picture must be read as well. */
  readonly captchaAfter: number;
  /** How many sessions one person may have at once; the oldest is ended. */
  readonly sessionsPerPerson: number;
  /** The roles that must have a second factor, with all that inherit from them. */
  readonly secondFactorRoles: readonly string[];
  /** Whoever holds one of these permissions by a role of the platform must have one as well: the signed steps. */
  readonly secondFactorSteps: readonly string[];
}

/** The rules as shipped. Source: domain 10.3; captcha and number of sessions are assumptions. */
export const usualRules: SignInRules = {
  password: { minLength: 8, classes: 3, history: 5, maxAgeDays: 90 },
  lock: { failures: 5, minutes: 30 },
  captchaAfter: 3,
  sessionsPerPerson: 3,
  secondFactorRoles: ['system-administrator', 'security-administrator', 'security-auditor'],
  secondFactorSteps: [],
};

/** How long a sign-in may stay half done: long enough to fetch a phone, short enough for a desk that is left. Assumption. */
export const halfSignedInMinutes = 10;

/** What is set about enterprises' systems. */
export interface SystemRules {
  /** Calls of one system within a minute, in one process. */
  readonly perMinute: number;
  /** `public`: messages go to addresses of the public network, by https alone. `any`: to whatever address was confirmed. */
  readonly webhooks: 'public' | 'any';
}

/** Ten calls a second on average, and only addresses that anybody could call. Source: assumption, adr/0045. */
export const usualSystemRules: SystemRules = { perMinute: 600, webhooks: 'public' };

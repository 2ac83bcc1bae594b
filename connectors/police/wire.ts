import type { police } from './exchanges.ts';

/** What we say to the police; what they say to us (`supervised-decision`) comes in at our own address. */
type Outbound = Exclude<keyof typeof police.exchanges, 'supervised-decision'>;

/** The path of each question and report to the police, below their base address. Source: assumption, see README.md. */
export const policePaths = {
  'check-vehicle': '/ext/police/vehicle-checks',
  'compare-owner': '/ext/police/owner-comparisons',
  'check-duplicate-acceptance': '/ext/police/duplicate-acceptances',
  'query-inspection-records': '/ext/police/inspection-records',
  'notify-recycled': '/ext/police/recycled-notices',
  'withdraw-recycled': '/ext/police/recycled-notices/withdrawals',
  'submit-supervised-dismantling': '/ext/police/supervised-dismantlings',
  'confirm-plate-destruction': '/ext/police/plate-destructions',
  'withdraw-plate-destruction': '/ext/police/plate-destructions/withdrawals',
} as const satisfies Readonly<Record<Outbound, `/${string}`>>;

import { z } from 'zod';
import { tender } from '#kernel/source/source.ts';
import { askedShape, type EventKind, eventContractOf } from './event.contract.ts';

/** What an enterprise with an open case is marked with, in the authority's lists. */
export const enforcementMark = '执法在办';

/** What is no case: supervision looks at everybody. Source: assumption, see connectors/enforcement/README.md. */
export const inspectionKind = 'inspection';

/** What was done in a case, in words; one that is not here is shown as it came. */
export const enforcementKindTitles: Readonly<Record<string, string>> = {
  [inspectionKind]: '检查',
  filing: '立案',
  'corrective-order': '责令改正',
  'coercive-measure': '行政强制措施',
  closing: '结案',
};

/** States in which a case is at its end; every other one, a word we do not know too, is open. Source: assumption, see connectors/enforcement/README.md. */
export const endedCases: readonly string[] = ['closed'];

/** What the authorities that enforce the law did with an enterprise before and beside a penalty; for the authority only, an investigation is not told to whom it is about. Source: tender R13 (与执法系统对接). */
export const enforcementKind: EventKind = {
  name: 'enforcement',
  ask: 'askEnforcement',
  title: '企业执法事件',
  system: '执法系统',
  source: tender(13),
  reads: 'enforcement',
  asks: 'enforcement',
};

const enforcementEventView = z.object({
  eventNo: z.string(),
  caseNo: z.string(),
  kind: z.string(),
  /** `yyyy-MM-dd`. */
  happenedOn: z.string(),
  department: z.string(),
  matter: z.string(),
  result: z.string().nullable(),
  /** Whether its case is still worked on; null where that is not known any more, and of an inspection, which is no case. */
  open: z.boolean().nullable(),
  /** The system told of it before and does not any more. */
  withdrawn: z.boolean(),
});
/** An event of enforcement as it is shown. */
export type EnforcementEventView = z.output<typeof enforcementEventView>;

const enforcementView = z.object({
  ...askedShape,
  /** The latest, newest first. */
  rows: z.array(enforcementEventView),
  /** How many cases there are with more than inspections since `since`, and how many of them are open. */
  cases: z.object({ all: z.int(), open: z.int() }),
  /** How many inspections there were since then. */
  inspections: z.int(),
  since: z.string(),
});
/** What is known of an enterprise from the enforcement system. */
export type EnforcementView = z.output<typeof enforcementView>;

/** Events of enforcement beside the decision. Source: tender R13. */
export const enforcementContract = eventContractOf(enforcementKind, enforcementView);

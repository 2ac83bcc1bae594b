import { z } from 'zod';
import { stepView } from '#kernel/lifecycle/step-view.ts';
import { ability, exchangeView } from '../../vehicle-case/model/vehicle-case.views.ts';

const id = z.string().min(1).max(64);
const instant = z.string();

/** The vehicle of a withdrawal, as its case calls it. */
const vehicleView = z.object({
  caseNo: z.string(),
  plateNo: z.string().nullable(),
  plateTypeCode: z.string().nullable(),
  vin: z.string().nullable(),
  brandModel: z.string().nullable(),
});

const standing = {
  id,
  withdrawalNo: z.string(),
  state: z.string(),
  stateTitle: z.string(),
  stateKind: z.enum(['work', 'wait', 'final']),
  vehicle: vehicleView,
  enterpriseName: z.string(),
  /** The enterprise the owner chose; null where the vehicle stays unscrapped, or nothing is chosen yet. */
  successorName: z.string().nullable(),
  openedAt: instant,
  stateSince: instant,
  deadlineAt: instant.nullable(),
  overdue: z.boolean(),
  workingDaysLeft: z.int().nullable(),
};

/** A line of the list of withdrawals. Times are ISO instants. */
export const withdrawalRow = z.object({
  ...standing,
  kindTitle: z.string().nullable(),
  causeTitle: z.string().nullable(),
  /** Titles of the actions the asking user may do now. */
  actions: z.array(z.string()),
});
/** See {@link withdrawalRow}. */
export type WithdrawalRow = z.output<typeof withdrawalRow>;

/** One paper of an application. */
export const paperView = z.object({
  id,
  part: z.string(),
  title: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int(),
  sm3: z.string(),
  uploadedAt: instant,
  operatorName: z.string(),
  removable: z.boolean(),
  viewable: z.boolean(),
});
/** See {@link paperView}. */
export type PaperView = z.output<typeof paperView>;

const enterprise = z.object({ id, name: z.string() });

/** Everything the page of a withdrawal draws, for one reader at one moment. */
export const withdrawalView = z.object({
  ...standing,
  version: z.int(),
  round: z.int(),
  /** The case to be withdrawn; null where the reader may not see it. */
  caseId: id.nullable(),
  /** Where the case stood when the application was handed in. */
  caseStood: z.object({ stateTitle: z.string(), admitted: z.boolean() }).nullable(),
  /** The case was reported to the national system, which has to let it go first. */
  reported: z.boolean(),
  /** The case of the new enterprise; its id is null where the reader may not see it. */
  successorCase: z.object({ id: id.nullable(), caseNo: z.string() }).nullable(),
  waitingFor: z.string(),
  refusalReason: z.string().nullable(),
  stages: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      status: z.enum(['done', 'current', 'ahead', 'ended']),
      reachedAt: instant.nullable(),
      days: z.int().nullable(),
    }),
  ),
  application: z.object({
    editable: z.boolean(),
    values: z.record(z.string(), z.unknown()),
    faults: z.array(z.object({ field: z.string(), message: z.string() })),
  }),
  /** Every other dismantler, to choose from while the application is filled in; else the one chosen. */
  enterprises: z.array(enterprise),
  places: z.array(
    z.object({ part: z.string(), title: z.string(), hint: z.string(), required: z.boolean(), many: z.boolean() }),
  ),
  papers: z.array(paperView),
  exchanges: z.array(exchangeView),
  timeline: z.array(stepView),
  abilities: z.array(ability),
});
/** See {@link withdrawalView}. */
export type WithdrawalView = z.output<typeof withdrawalView>;

/** What a case's own page needs to know of its withdrawal. */
export const caseWithdrawalView = z.object({
  /** The withdrawal that is under way, or by which the case ended; null without one. */
  current: z
    .object({
      id,
      withdrawalNo: z.string(),
      state: z.string(),
      stateTitle: z.string(),
      stateKind: z.enum(['work', 'wait', 'final']),
      kindTitle: z.string().nullable(),
      successorName: z.string().nullable(),
      waitingFor: z.string(),
      successorCase: z.object({ id: id.nullable(), caseNo: z.string() }).nullable(),
    })
    .nullable(),
  /** The withdrawal this case came out of, when the enterprise took the vehicle over. */
  carriedFrom: z
    .object({ withdrawalId: id, withdrawalNo: z.string(), caseNo: z.string(), enterpriseName: z.string() })
    .nullable(),
  /** Whether the reader may ask for a withdrawal, and what stands in its way; null where it is not theirs to ask. */
  apply: z.object({ missing: z.array(z.string()) }).nullable(),
});
/** See {@link caseWithdrawalView}. */
export type CaseWithdrawalView = z.output<typeof caseWithdrawalView>;

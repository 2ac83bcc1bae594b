import type { Access, Subject } from '#kernel/access/access.ts';
import type { AccessRow } from '#kernel/access/predicate.ts';
import type { OutboxView } from '#kernel/connector/outbox.store.ts';
import { faultsOf } from '#kernel/fields/field.ts';
import { editableIn, getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import type { Step } from '#kernel/lifecycle/step.store.ts';
import { viewedStep } from '#kernel/lifecycle/viewed-step.ts';
import type { WorkingCalendar } from '#kernel/time/calendar.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { stageBar } from '../model/stages.ts';
import {
  applicationFields,
  isRequired,
  paperPlaces,
  withdrawalCauses,
  withdrawalKinds,
} from '../model/withdrawal.fields.ts';
import { withdrawal } from '../model/withdrawal.lifecycle.ts';
import type { WithdrawalRecord } from '../model/withdrawal.record.ts';
import type { PaperView, WithdrawalRow, WithdrawalView } from '../model/withdrawal.views.ts';
import { abilitiesOf, actionTitles } from './abilities.ts';
import type { FoundWithdrawal, Standing } from './withdrawal.store.ts';
import type { PaperTable, WithdrawalTable } from './withdrawal.tables.ts';
import { accessRowOf, mayPerform, mayViewPapers } from './withdrawal-access.ts';

const lifecycle = widened(withdrawal);

const titleOf = (titles: Readonly<Record<string, string>>, code: unknown): string | null =>
  typeof code === 'string' && Object.hasOwn(titles, code) ? (titles[code] ?? null) : null;

/** What the application asks for, in words. */
export const kindTitleOf = ({ application }: Pick<WithdrawalRecord, 'application'>): string | null =>
  titleOf(withdrawalKinds, application.kind);

const standingOf = (
  row: Standing,
  { vehicle, successor }: WithdrawalRecord,
  { now, calendar }: { readonly now: Date; readonly calendar: WorkingCalendar },
) => {
  const { title, kind } = getState(lifecycle, row.state);
  const deadlineAt = kind === 'final' ? null : row.deadline_at;
  return {
    id: row.id,
    withdrawalNo: row.withdrawal_no,
    state: row.state,
    stateTitle: title,
    stateKind: kind,
    vehicle,
    enterpriseName: row.enterprise_name,
    successorName: successor?.name ?? null,
    openedAt: row.opened_at.toISOString(),
    stateSince: row.state_since.toISOString(),
    deadlineAt: deadlineAt?.toISOString() ?? null,
    overdue: deadlineAt !== null && deadlineAt < now,
    workingDaysLeft:
      deadlineAt === null ? null : calendar.workingDaysBetween(shanghaiDay(now), shanghaiDay(deadlineAt)),
  };
};

/** A line of the list for one reader. */
export const withdrawalRowOf = (
  { record: text, ...row }: WithdrawalTable,
  parts: { readonly access: Access; readonly subject: Subject; readonly now: Date; readonly calendar: WorkingCalendar },
): WithdrawalRow => {
  // Written by the store from this shape.
  const record = JSON.parse(text) as WithdrawalRecord;
  return {
    ...standingOf(row, record, parts),
    kindTitle: kindTitleOf(record),
    causeTitle: titleOf(withdrawalCauses, record.application.cause),
    actions: actionTitles(parts.access, parts.subject, accessRowOf(row)),
  };
};

/** Who has the withdrawal now, in words. */
export const waitingForOf = (
  state: string,
  row: Pick<Standing, 'enterprise_name'>,
  successor: string | null,
): string => {
  if (getState(lifecycle, state).kind === 'final') return '已结束';
  switch (state) {
    case 'drafting':
      return `${row.enterprise_name}经办人`;
    case 'internalReview':
      return `${row.enterprise_name}内部审核人员`;
    case 'withdrawingNationally':
      return '全国汽车流通信息管理系统应答';
    case 'awaitingTakeOver':
      return successor ?? '新企业';
    default:
      return '商务委审核人员';
  }
};

/** One paper as shown. */
export const paperViewOf = (
  paper: PaperTable,
  shown: { readonly removable: boolean; readonly viewable: boolean },
): PaperView => ({
  id: paper.id,
  part: paper.part,
  title: paperPlaces.find(({ part }) => part === paper.part)?.title ?? paper.part,
  fileName: paper.file_name,
  mediaType: paper.media_type,
  sizeBytes: Number(paper.size_bytes),
  sm3: paper.sm3,
  uploadedAt: paper.uploaded_at.toISOString(),
  operatorName: paper.operator_name,
  ...shown,
});

const timelineOf = (steps: readonly Step[], verified: ReadonlyMap<number, boolean>): WithdrawalView['timeline'] =>
  steps.map((step) => viewedStep(lifecycle, step, verified));

/** Whether the application may be filled in now by this subject. */
export const mayEdit = (access: Access, subject: Subject, row: AccessRow): boolean =>
  mayPerform(access, subject, 'edit', row) &&
  editableIn(lifecycle, { state: String(row.state), holds: [] }).includes('application');

/** Everything the page of a withdrawal is made from. */
export interface ViewParts {
  readonly found: FoundWithdrawal;
  readonly papers: readonly PaperTable[];
  readonly sent: readonly OutboxView[];
  readonly steps: readonly Step[];
  readonly verified: ReadonlyMap<number, boolean>;
  /** Every dismantler but the one that asks. */
  readonly enterprises: readonly { readonly id: string; readonly name: string }[];
  /** Whether the reader may open the case itself, and the case it was taken over into. */
  readonly opensCase: boolean;
  readonly opensSuccessorCase: boolean;
  readonly exchangeViews: (sent: readonly OutboxView[], mayRetry: boolean) => WithdrawalView['exchanges'];
  readonly access: Access;
  readonly subject: Subject;
  readonly now: Date;
  readonly calendar: WorkingCalendar;
}

/** Builds the page of a withdrawal for one reader. */
export const withdrawalViewOf = (parts: ViewParts): WithdrawalView => {
  const { found, papers, steps, access, subject, now } = parts;
  const { row: standing, record, state } = found;
  const row = accessRowOf(standing);
  const editable = mayEdit(access, subject, row);
  const viewable = mayViewPapers(access, subject, row);
  const { application, successor, successorCase } = record;
  return {
    ...standingOf(standing, record, parts),
    version: found.version,
    round: found.round,
    caseId: parts.opensCase ? standing.case_id : null,
    caseStood: record.caseStood,
    reported: record.case.externalCaseId !== null,
    successorCase: successorCase && {
      id: parts.opensSuccessorCase ? successorCase.id : null,
      caseNo: successorCase.caseNo,
    },
    waitingFor: waitingForOf(state, standing, successor?.name ?? null),
    refusalReason: record.refusalReason,
    stages: [...stageBar({ state, openedAt: standing.opened_at, record, steps }, now)],
    application: { editable, values: { ...application }, faults: [...faultsOf(applicationFields, application)] },
    enterprises: editable ? [...parts.enterprises] : successor ? [successor] : [],
    places: paperPlaces.map((place) => ({ ...place, required: isRequired(place.part, application.kind) })),
    papers: papers.map((paper) => paperViewOf(paper, { removable: editable, viewable })),
    exchanges: [...parts.exchangeViews(parts.sent, mayPerform(access, subject, 'retry', row))],
    timeline: timelineOf(steps, parts.verified),
    abilities: abilitiesOf(access, subject, { found, row, steps, now }),
  };
};

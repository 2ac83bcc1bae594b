import type { Access, FieldView, Subject } from '#kernel/access/access.ts';
import type { AccessRow } from '#kernel/access/predicate.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';
import { shownValue } from '#kernel/fields/mask.ts';
import { editableIn, getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import type { WorkingCalendar } from '#kernel/time/calendar.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { findPhotoPart, showsPerson } from '../model/photo-parts.ts';
import { stageBar } from '../model/stages.ts';
import { sections } from '../model/vehicle-case.fields.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import type { VehicleCase } from '../model/vehicle-case.record.ts';
import {
  type CaseView,
  type FieldReading,
  type HoldCode,
  type PhotoView,
  type SectionId,
  sectionIds,
} from '../model/vehicle-case.views.ts';
import { abilitiesOf, mayPerform } from './abilities.ts';
import { accessRowOf } from './case-access.ts';
import type { CaseFacts, PhotoFacts, SectionFacts } from './case-facts.ts';
import { exchangeViews } from './check-view.ts';
import type { LoadedCase } from './vehicle-case.store.ts';

/** For whom a case is shown, and when. */
export interface ViewParts {
  readonly calendar: WorkingCalendar;
  readonly access: Access;
  readonly subject: Subject;
  readonly now: Date;
  /** Progress of readings under way in this process, by photograph. */
  readonly ocrProgress: ReadonlyMap<string, number>;
}

const lifecycle = widened(vehicleCase);

/** Whole days and whether a deadline has passed. */
export const deadlineView = (
  deadlineAt: Date | null,
  now: Date,
  calendar: WorkingCalendar,
): { readonly deadlineAt: string | null; readonly overdue: boolean; readonly workingDaysLeft: number | null } => ({
  deadlineAt: deadlineAt?.toISOString() ?? null,
  overdue: deadlineAt !== null && deadlineAt < now,
  workingDaysLeft: deadlineAt === null ? null : calendar.workingDaysBetween(shanghaiDay(now), shanghaiDay(deadlineAt)),
});

/** Whether the section may be saved now by this subject. */
export const mayEdit = (
  access: Access,
  subject: Subject,
  standing: { readonly state: string; readonly holds: readonly string[] },
  row: AccessRow,
  section: SectionId,
): boolean => mayPerform(access, subject, 'edit', row) && editableIn(lifecycle, standing).includes(section);

/** A section with masked values where the reader may not see them plain. `view` tells how a field of the record is shown, by `section.field`. */
export const sectionViewOf = (
  id: SectionId,
  draft: AnyDraft,
  facts: SectionFacts,
  view: (field: string) => FieldView,
  editable: boolean,
): CaseView['sections'][number] => {
  const { title, fields } = sections[id];
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = shownValue(field, draft[name], view(`${id}.${name}`));
    if (value !== undefined) values[name] = value;
  }
  const readings: Record<string, FieldReading> = {};
  for (const [name, one] of Object.entries(facts.readings)) {
    const field = fields[name];
    const value = field ? shownValue(field, one.value, view(`${id}.${name}`)) : one.value;
    if (value !== undefined) readings[name] = { ...one, value: String(value) };
  }
  return { id, title, editable, values, readings, faults: facts.faults, warnings: facts.warnings };
};

/** Whether the reader may look at photographs of a position: papers of a person only where personal values are plain to them. */
export const mayView = (access: Access, subject: Subject, row: AccessRow, part: string): boolean => {
  const found = findPhotoPart(part);
  if (found && !showsPerson(found)) return true;
  return access.fieldViews(subject, `${lifecycle.id}:read`, row)(`photograph.${part}`) === 'plain';
};

/** One photograph as shown. */
export const photoViewOf = (
  { ocrStatus, ocrMessage, ...photo }: PhotoFacts,
  editable: (section: SectionId) => boolean,
  viewable: (part: string) => boolean,
  progress: ReadonlyMap<string, number>,
): PhotoView => ({
  ...photo,
  removable: editable(photo.section),
  viewable: viewable(photo.part),
  ocr: {
    status: ocrStatus,
    progress: progress.get(photo.id) ?? (ocrStatus === 'done' ? 1 : 0),
    message: ocrMessage,
  },
});

const waitingFor = ({ state, holds }: LoadedCase['snapshot'], row: LoadedCase['row']): string => {
  const { kind, title } = getState(lifecycle, state);
  if (kind === 'final') return '已结束';
  if (holds.includes('withdrawal' satisfies HoldCode)) return '撤销申请的结果';
  if (holds.includes('frozen' satisfies HoldCode)) return '商务委审核人员（向公安报告后解除冻结）';
  const actors = Object.values(lifecycle.actions)
    .filter(({ from, to }) => from.includes(state) && to !== 'stay')
    .map(({ by }) => by);
  if (kind === 'wait') return actors.includes('national') ? '全国汽车流通信息管理系统应答' : '公安专网应答';
  if (actors.includes('dismantler')) return `${row.enterprise_name}（${title}）`;
  return actors.includes('vehicleDesk') ? '车管审核人员' : '商务委审核人员';
};

/** Asked once, answered from then on: what a reader may do in a section is asked for each photograph in it. */
const askedOnce = <K, T>(ask: (key: K) => T): ((key: K) => T) => {
  const answers = new Map<K, T>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask(key);
    answers.set(key, answer);
    return answer;
  };
};

const assertedOf = ({ identity }: VehicleCase): CaseView['identity'] => {
  if (!identity?.accepted) return null;
  const { papers } = identity.accepted.sections;
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  return {
    reason: identity.reason,
    finding: identity.finding,
    notTakenBack: identity.notTakenBack === true,
    // Nothing of a person; everybody who reads the case reads its vehicle.
    was: {
      plateNo: text(papers.plateNo),
      plateTypeCode: text(papers.plateTypeCode),
      brandModel: text(papers.brandModel),
      vin: text(papers.vin),
    },
  };
};

/** Builds the page of a case for one reader. */
export const caseViewOf = (facts: CaseFacts, parts: ViewParts): CaseView => {
  const { calendar, access, subject, now } = parts;
  const { row, snapshot } = facts.loaded;
  const { record, state } = snapshot;
  const seen = accessRowOf(row);
  const editable = askedOnce((section: SectionId) => mayEdit(access, subject, snapshot, seen, section));
  const viewable = askedOnce((part: string) => mayView(access, subject, seen, part));
  const view = access.fieldViews(subject, `${lifecycle.id}:read`, seen);
  const moved = facts.steps.filter(({ fromState, toState }) => fromState !== toState);
  return {
    id: row.id,
    caseNo: row.case_no,
    version: row.version,
    round: row.round,
    state,
    stateTitle: getState(lifecycle, state).title,
    stateKind: getState(lifecycle, state).kind,
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name,
    reference: facts.reference,
    openedAt: row.opened_at.toISOString(),
    stateSince: row.state_since.toISOString(),
    ...deadlineView(row.deadline_at, now, calendar),
    waitingFor: waitingFor(snapshot, row),
    stages: [...stageBar(state, row.opened_at, moved, now)],
    marks: facts.marks,
    // The column is written from the lifecycle's holds only.
    holds: snapshot.holds.map((code) => ({ code: code as HoldCode, title: lifecycle.holds[code]?.title ?? code })),
    heldSince: row.held_since?.toISOString() ?? null,
    returnReason: record.returnReason,
    identity: assertedOf(record),
    handedOverAt: record.handedOverAt,
    sections: sectionIds.map((id) => sectionViewOf(id, record.sections[id], facts.sections[id], view, editable(id))),
    slots: facts.slots,
    photos: facts.photoFacts.map((photo) => photoViewOf(photo, editable, viewable, parts.ocrProgress)),
    checks: facts.checkViews,
    supervision: facts.supervision,
    comparison: facts.comparison,
    exchanges: [...exchangeViews(facts.sent, facts.received, mayPerform(access, subject, 'retry', seen))],
    timeline: facts.timeline,
    mayReveal: mayPerform(access, subject, 'reveal', seen),
    abilities: [...abilitiesOf(access, subject, snapshot, seen, facts.steps, now)],
    certificate: record.certificate && {
      certificateNo: record.certificate.certificateNo,
      issuedOn: record.certificate.issuedOn,
    },
    deregistration:
      record.deregistrationNo === null && record.deregistrationCertificate === null
        ? null
        : {
            certificateNo: record.deregistrationCertificate?.certificateNo ?? null,
            issuedOn: record.deregistrationCertificate?.issuedOn ?? null,
          },
  };
};

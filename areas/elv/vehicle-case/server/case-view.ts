import type { Access, FieldView, Subject } from '#kernel/access/access.ts';
import type { AccessRow } from '#kernel/access/predicate.ts';
import type { InboxView } from '#kernel/connector/inbox.store.ts';
import type { OutboxView } from '#kernel/connector/outbox.store.ts';
import { faultsOf } from '#kernel/fields/field.ts';
import { shownValue } from '#kernel/fields/mask.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import type { Step } from '#kernel/lifecycle/step.store.ts';
import type { WorkingCalendar } from '#kernel/time/calendar.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { marksOf } from '../model/marks.ts';
import { findPhotoPart, showsPerson } from '../model/photo-parts.ts';
import { sectionWarnings } from '../model/section-warnings.ts';
import { stageBar } from '../model/stages.ts';
import { judgeSupervision } from '../model/supervision.ts';
import { type CaseView, type PhotoView, type SectionId, sectionIds } from '../model/vehicle-case.contract.ts';
import { sections } from '../model/vehicle-case.fields.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { isSupervised, type VehicleCase } from '../model/vehicle-case.record.ts';
import { slotsOf } from '../model/vehicle-case.slots.ts';
import { abilitiesOf, mayPerform } from './abilities.ts';
import type { PoliceVehicle } from './answers.ts';
import { accessRowOf } from './case-access.ts';
import type { CheckRow } from './check.store.ts';
import { checkViews, exchangeViews } from './check-view.ts';
import { compareWithPolice } from './comparison-rows.ts';
import type { PhotoRow } from './photo.store.ts';
import { readingsOf } from './readings.ts';
import type { LoadedCase } from './vehicle-case.store.ts';

/** Everything a case page is made from. */
export interface ViewParts {
  readonly loaded: LoadedCase;
  readonly steps: readonly Step[];
  readonly verified: ReadonlyMap<number, boolean>;
  readonly photos: readonly PhotoRow[];
  readonly checks: readonly CheckRow[];
  readonly sent: readonly OutboxView[];
  readonly received: readonly InboxView[];
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
export const mayEdit = (access: Access, subject: Subject, state: string, row: AccessRow, section: SectionId): boolean =>
  mayPerform(access, subject, 'edit', row) && (getState(lifecycle, state).editable?.includes(section) ?? false);

/** What a section is shown with. `today` is `yyyy-MM-dd` in Shanghai. */
export interface SectionScene {
  readonly record: VehicleCase;
  readonly photos: readonly PhotoRow[];
  /** How a field of the record is shown, by `section.field`. */
  readonly view: (field: string) => FieldView;
  readonly editable: boolean;
  readonly today: string;
}

/** A section with masked values where the reader may not see them plain. */
export const sectionViewOf = (id: SectionId, scene: SectionScene): CaseView['sections'][number] => {
  const { record, photos, view, editable, today } = scene;
  const { title, fields } = sections[id];
  const draft = record.sections[id];
  const values = Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const value = shownValue(field, draft[name], view(`${id}.${name}`));
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const readings = Object.fromEntries(
    Object.entries(readingsOf(id, photos)).flatMap(([name, one]) => {
      const field = fields[name];
      const value = field ? shownValue(field, one.value, view(`${id}.${name}`)) : one.value;
      return value === undefined ? [] : [[name, { ...one, value: String(value) }]];
    }),
  );
  const warnings = [...sectionWarnings(id, record, today)];
  return { id, title, editable, values, readings, faults: [...faultsOf(fields, draft)], warnings };
};

/** Whether the reader may look at photographs of a position: papers of a person only where personal values are plain to them. */
export const mayView = (access: Access, subject: Subject, row: AccessRow, part: string): boolean => {
  const found = findPhotoPart(part);
  if (found && !showsPerson(found)) return true;
  return access.fieldViews(subject, `${lifecycle.id}:read`, row)(`photograph.${part}`) === 'plain';
};

/** One photograph as shown. */
export const photoViewOf = (
  photo: PhotoRow,
  editable: (section: SectionId) => boolean,
  viewable: (part: string) => boolean,
  progress: ReadonlyMap<string, number>,
): PhotoView => {
  const part = findPhotoPart(photo.part);
  const section = part?.section ?? 'papers';
  return {
    id: photo.id,
    part: photo.part,
    title: part?.title ?? photo.part,
    section,
    fileName: photo.file_name,
    mediaType: photo.media_type,
    sizeBytes: Number(photo.size_bytes),
    sm3: photo.sm3,
    uploadedAt: photo.uploaded_at.toISOString(),
    operatorName: photo.operator_name,
    deviceTime: photo.device_time?.toISOString() ?? null,
    place: photo.place,
    removable: editable(section),
    viewable: viewable(photo.part),
    // Written from this union only.
    ocr: {
      status: photo.ocr_status as PhotoView['ocr']['status'],
      progress: progress.get(photo.id) ?? (photo.ocr_status === 'done' ? 1 : 0),
      message: photo.ocr_message,
    },
  };
};

const supervisionOf = (record: VehicleCase): CaseView['supervision'] => {
  const { supervision, sections: filled } = record;
  const { reasons } = judgeSupervision(
    String(filled.papers.vehicleTypeCode ?? ''),
    String(filled.papers.useNatureCode ?? ''),
  );
  const byPerson = supervision.raised || supervision.lowered;
  const basis = [
    ...reasons.map(({ text }) => text),
    ...(supervision.byPolice ? ['公安标注为监销车'] : []),
    ...(supervision.raised ? ['经办或审核人员升级为监销'] : []),
    ...(supervision.lowered ? ['商务委复核后取消监销'] : []),
  ];
  const supervised = isSupervised({
    supervision: { ...supervision, byRule: supervision.byRule || reasons.length > 0 },
  });
  return { supervised, basis, decidedBy: byPerson ? 'person' : supervision.byPolice ? 'police' : 'rule' };
};

const comparisonOf = (
  record: VehicleCase,
  checks: readonly CheckRow[],
  photos: readonly PhotoRow[],
): CaseView['comparison'] => {
  const check = checks.find(({ kind }) => kind === 'vehicle-status');
  if (check?.status !== 'answered' || !check.answer || !check.answeredAt) return null;
  const reads = Object.fromEntries(
    sectionIds.flatMap((id) =>
      Object.entries(readingsOf(id, photos)).map(([name, one]) => [
        `${id}.${name}`,
        { value: one.value, photoId: one.photoId },
      ]),
    ),
  );
  // Checked against the exchange's schema when it came in.
  const rows = compareWithPolice(record, check.answer as PoliceVehicle, reads);
  return {
    asOf: check.answeredAt.toISOString(),
    differing: rows.filter(({ verdict }) => verdict !== 'equal').length,
    rows: [...rows],
  };
};

const timelineOf = ({ steps, verified }: ViewParts): CaseView['timeline'] =>
  steps.map((step) => ({
    seq: step.seq,
    action: step.action,
    title: lifecycle.actions[step.action]?.title ?? step.action,
    at: step.at.toISOString(),
    actorName: step.actorName,
    organisationName: step.organisationName,
    fromTitle: getState(lifecycle, step.fromState).title,
    toTitle: getState(lifecycle, step.toState).title,
    reason: typeof step.input.reason === 'string' && step.input.reason !== '' ? step.input.reason : null,
    round: step.round,
    digest: step.digest,
    previousDigest: step.prev,
    publicKey: step.publicKey,
    signature: step.signature,
    verified: verified.get(step.seq) ?? null,
    changes: [...step.changes],
  }));

const waitingFor = (state: string, row: LoadedCase['row']): string => {
  const { kind, title } = getState(lifecycle, state);
  if (kind === 'final') return '已结束';
  const actors = Object.values(lifecycle.actions)
    .filter(({ from, to }) => from.includes(state) && to !== 'stay')
    .map(({ by }) => by);
  if (kind === 'wait') return actors.includes('national') ? '全国汽车流通信息管理系统应答' : '公安专网应答';
  if (actors.includes('dismantler')) return `${row.enterprise_name}（${title}）`;
  return actors.includes('vehicleDesk') ? '车管审核人员' : '商务委审核人员';
};

/** Builds the page of a case for one reader. */
export const caseViewOf = (parts: ViewParts): CaseView => {
  const { loaded, photos, checks, calendar, access, subject, now, steps } = parts;
  const { row, snapshot } = loaded;
  const { record, state } = snapshot;
  const seen = accessRowOf(row);
  const editable = (section: SectionId): boolean => mayEdit(access, subject, state, seen, section);
  const view = access.fieldViews(subject, `${lifecycle.id}:read`, seen);
  const moved = steps.filter(({ fromState, toState }) => fromState !== toState);
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
    openedAt: row.opened_at.toISOString(),
    stateSince: row.state_since.toISOString(),
    ...deadlineView(row.deadline_at, now, calendar),
    waitingFor: waitingFor(state, row),
    stages: [...stageBar(state, row.opened_at, moved, now)],
    marks: [...marksOf(record)],
    holds: snapshot.holds.map((code) => ({ code, title: lifecycle.holds[code]?.title ?? code })),
    returnReason: record.returnReason,
    handedOverAt: record.handedOverAt,
    sections: sectionIds.map((id) =>
      sectionViewOf(id, { record, photos, view, editable: editable(id), today: shanghaiDay(now) }),
    ),
    slots: sectionIds.flatMap((id) => slotsOf(record, id)),
    photos: photos.map((photo) =>
      photoViewOf(photo, editable, (part) => mayView(access, subject, seen, part), parts.ocrProgress),
    ),
    checks: [...checkViews(record, checks, parts.sent)],
    supervision: supervisionOf(record),
    comparison: comparisonOf(record, checks, photos),
    exchanges: [...exchangeViews(parts.sent, parts.received, mayPerform(access, subject, 'retry', seen))],
    timeline: timelineOf(parts),
    mayReveal: mayPerform(access, subject, 'reveal', seen),
    abilities: [...abilitiesOf(access, subject, snapshot, seen, steps, now)],
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

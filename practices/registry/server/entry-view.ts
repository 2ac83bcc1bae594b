import type { Access, Subject } from '#kernel/access/access.ts';
import type { AccessRow } from '#kernel/access/predicate.ts';
import type { OutboxView } from '#kernel/connector/outbox.store.ts';
import { type Fields, faultsOf, isShown } from '#kernel/fields/field.ts';
import { shownValue } from '#kernel/fields/mask.ts';
import { getState, type State } from '#kernel/lifecycle/lifecycle.ts';
import type { Step } from '#kernel/lifecycle/step.store.ts';
import { viewedStep } from '#kernel/lifecycle/viewed-step.ts';
import type { WorkingCalendar } from '#kernel/time/calendar.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { districtName } from '#practices/place/model/shanghai-districts.ts';
import { compareEntry, inWords } from '../model/entry-comparison.ts';
import { textAt } from '../model/entry-sections.ts';
import { findPlace, type RegistryProfile } from '../model/profile.ts';
import type { EntryRow, EntryStepView, EntryView, FileView, RegisterView } from '../model/registry.views.ts';
import { daysBetween, validityOf } from '../model/validity.ts';
import { abilitiesOf, mayPerform } from './abilities.ts';
import type { LoadedEntry, Standing } from './entry.store.ts';
import type { Organisation } from './organisations.ts';
import type { CheckRow } from './register-check.store.ts';
import type { FileTable } from './registry.tables.ts';

/** Today, as far as validity is judged by it. */
export interface ValidityDays {
  readonly today: string;
  readonly warnUntil: string;
}

/** How a last day stands. */
export const validityView = (validUntil: string | null, { today, warnUntil }: ValidityDays): EntryRow['validity'] => ({
  validUntil,
  standing: validityOf(validUntil, today, warnUntil),
  daysLeft: validUntil === null ? null : daysBetween(today, validUntil),
});

/** An organisation as it is called now; one that is gone is named by its id, so that nothing hides. */
export const organisationView = (id: string, found: Organisation | undefined): EntryRow['organisation'] => ({
  id,
  name: found?.name ?? id,
  creditCode: found?.creditCode ?? '',
  districtCode: found?.districtCode ?? '',
  districtTitle: found ? districtName(found.districtCode) : '',
});

/** Whole days and whether a deadline has passed. */
export const deadlineView = (
  deadlineAt: Date | null,
  now: Date,
  calendar: WorkingCalendar,
): Pick<EntryRow, 'deadlineAt' | 'overdue' | 'workingDaysLeft'> => ({
  deadlineAt: deadlineAt?.toISOString() ?? null,
  overdue: deadlineAt !== null && deadlineAt < now,
  workingDaysLeft: deadlineAt === null ? null : calendar.workingDaysBetween(shanghaiDay(now), shanghaiDay(deadlineAt)),
});

/** A state of the definition. */
export const stateOf = (profile: RegistryProfile, state: string): State => getState(profile.flow().lifecycle, state);

/** Whether the entry may be filled now by this subject: the section named, or any at all. */
export const mayEdit = (
  access: Access,
  profile: RegistryProfile,
  subject: Subject,
  row: AccessRow,
  section?: string,
): boolean => {
  const editable = stateOf(profile, String(row.state)).editable ?? [];
  const open = section === undefined ? editable.length > 0 : editable.includes(section);
  return open && mayPerform(access, profile, subject, 'edit', row);
};

/** Whether the reader may look at attachments of a place: those that show a person only where personal values are plain to them. */
export const mayView = (
  access: Access,
  profile: RegistryProfile,
  subject: Subject,
  row: AccessRow,
  part: string,
): boolean => {
  if (findPlace(profile, part)?.personal === false) return true;
  return access.fieldViews(subject, `${profile.id}:read`, row)(`file.${part}`) === 'plain';
};

/** One attachment as shown. */
export const fileViewOf = (
  profile: RegistryProfile,
  file: FileTable,
  shown: { readonly removable: boolean; readonly viewable: boolean; readonly fresh: boolean },
): FileView => ({
  id: file.id,
  part: file.part,
  title: findPlace(profile, file.part)?.title ?? file.part,
  fileName: file.file_name,
  mediaType: file.media_type,
  sizeBytes: Number(file.size_bytes),
  sm3: file.sm3,
  uploadedAt: file.uploaded_at.toISOString(),
  operatorName: file.operator_name,
  ...shown,
});

/** Everything the page of an entry is made from. */
export interface EntryParts {
  readonly profile: RegistryProfile;
  readonly loaded: LoadedEntry;
  readonly organisation: Organisation | undefined;
  readonly row: AccessRow;
  readonly files: readonly FileTable[];
  readonly check: CheckRow | undefined;
  readonly sent: readonly OutboxView[];
  readonly steps: readonly Step[];
  readonly verified: ReadonlyMap<number, boolean>;
  readonly calendar: WorkingCalendar;
  readonly days: ValidityDays;
  readonly access: Access;
  readonly subject: Subject;
  readonly now: Date;
}

const waitingText: Readonly<Record<RegisterView['status'], string>> = {
  'not-asked': '提交审核后自动核验',
  waiting: '核验中，尚未得到应答',
  retrying: '对方系统暂时没有应答，正在重试',
  'needs-person': '多次未得到应答，请重新核验',
  answered: '',
};

const verdictOf = ({ check }: CheckRow, differing: number): RegisterView['verdict'] => {
  if (check.status !== 'answered') return null;
  if (check.outcome === 'not-in-business') return 'block';
  return check.outcome === 'in-business' && differing === 0 ? 'pass' : 'manual';
};

const registerViewOf = ({ check, sent }: EntryParts, differing: number, askable: boolean): RegisterView => {
  const message = sent.find(({ key }) => key === check?.reference);
  const retrying = check?.check.status === 'waiting' && message?.status === 'due' && message.attempts > 0;
  const status = retrying ? 'retrying' : (check?.check.status ?? 'not-asked');
  const differs = differing > 0 ? `，${differing} 项与申报不一致` : '，各项与申报一致';
  const told = check?.check.outcome === 'in-business' ? `${check.check.text}${differs}` : (check?.check.text ?? '');
  return {
    status,
    verdict: check ? verdictOf(check, differing) : null,
    text: status === 'answered' ? told : waitingText[status],
    askedAt: check?.askedAt.toISOString() ?? null,
    answeredAt: check?.answeredAt?.toISOString() ?? null,
    updatedAt: check?.answer?.updatedAt ?? null,
    nextAttemptAt: message?.nextAttemptAt?.toISOString() ?? null,
    attempts: message?.attempts ?? 0,
    askable: askable && status !== 'not-asked' && status !== 'waiting' && status !== 'retrying',
  };
};

/** What was filled in with a step, in the order of its form. */
export const detailsOf = (fields: Fields, input: Step['input']): EntryStepView['details'] =>
  Object.entries(fields).flatMap(([name, field]) => {
    const text = isShown(field, input) ? inWords(field, input[name], 'plain') : '';
    return text === '' ? [] : [{ title: field.title, text }];
  });

const timelineOf = ({ profile, steps, verified }: EntryParts): EntryView['timeline'] => {
  const { lifecycle, forms } = profile.flow();
  return steps.map((step) => ({
    ...viewedStep(lifecycle, step, verified),
    details: detailsOf(forms[step.action] ?? {}, step.input),
  }));
};

const sectionsOf = ({ profile, loaded, access, subject, row }: EntryParts): EntryView['sections'] => {
  const view = access.fieldViews(subject, `${profile.id}:read`, row);
  return Object.entries(profile.sections).map(([id, { title, fields }]) => {
    const draft = loaded.snapshot.record.sections[id] ?? {};
    const values = Object.fromEntries(
      Object.entries(fields).flatMap(([name, field]) => {
        const value = shownValue(field, draft[name], view(`${id}.${name}`));
        return value === undefined ? [] : [[name, value]];
      }),
    );
    const editable = mayEdit(access, profile, subject, row, id);
    return { id, title, editable, values, faults: [...faultsOf(fields, draft)] };
  });
};

const comparisonOf = ({ profile, loaded, organisation, check, access, subject, row }: EntryParts) =>
  compareEntry({
    profile,
    organisation: { name: organisation?.name ?? '', creditCode: organisation?.creditCode ?? '' },
    filed: loaded.snapshot.record.sections,
    standing: loaded.snapshot.record.standing?.sections ?? null,
    register: check?.answer?.values ?? null,
    view: access.fieldViews(subject, `${profile.id}:read`, row),
  });

/** Builds the page of an entry for one reader. */
export const entryViewOf = (parts: EntryParts): EntryView => {
  const { profile, loaded, organisation, row, files, access, subject, now, days } = parts;
  const { snapshot } = loaded;
  const { record, state } = snapshot;
  const flow = profile.flow();
  const editable = mayEdit(access, profile, subject, row);
  const comparison = comparisonOf(parts);
  const differing = comparison.filter(({ verdict }) => verdict !== 'equal' && verdict !== 'not-compared').length;
  const stood = new Set(record.standing?.files ?? []);
  const { sections } = record.standing ?? record;
  const askable = mayPerform(access, profile, subject, 'recheck', row) && inReview(profile, state);
  return {
    id: loaded.row.id,
    version: loaded.row.version,
    round: loaded.row.round,
    organisation: organisationView(loaded.row.organisation_id, organisation),
    state,
    stateTitle: stateOf(profile, state).title,
    mark: flow.mark(record, days.today),
    origin: record.origin,
    stateSince: loaded.row.state_since.toISOString(),
    ...deadlineView(loaded.row.deadline_at, now, parts.calendar),
    waitingFor: flow.waitingFor(state, record),
    returnReason: record.returnReason,
    notes: flow.notes(record, days.today).map((note) => ({ ...note })),
    standing: record.standing && { registeredAt: record.standing.registeredAt },
    number: textAt(sections, profile.number),
    validity: validityView(loaded.row.valid_until, days),
    sections: sectionsOf(parts),
    places: profile.attachments.map(({ personal: _personal, ...place }) => place),
    files: files.map((file) =>
      fileViewOf(profile, file, {
        removable: editable,
        viewable: mayView(access, profile, subject, row, file.part),
        fresh: record.standing !== null && !stood.has(file.id),
      }),
    ),
    register: registerViewOf(parts, differing, askable),
    comparison: comparison.map((line) => ({
      ...line,
      standingMarks: line.standingMarks.map(([from, to]) => [from, to]),
      filedMarks: line.filedMarks.map(([from, to]) => [from, to]),
      registerMarks: line.registerMarks.map(([from, to]) => [from, to]),
    })),
    timeline: timelineOf(parts),
    mayReveal: mayPerform(access, profile, subject, 'reveal', row),
    abilities: [...abilitiesOf(access, profile, subject, { snapshot, row, steps: parts.steps, now })],
  };
};

/** Whether somebody is judging the entry, so that the register's answer matters. */
export const inReview = (profile: RegistryProfile, state: string): boolean => profile.flow().judged.includes(state);

/** A line of the list for one reader. */
export const entryRowOf = (
  profile: RegistryProfile,
  row: Standing,
  organisation: Organisation | undefined,
  beside: {
    readonly days: ValidityDays;
    readonly now: Date;
    readonly calendar: WorkingCalendar;
    readonly actions: readonly string[];
    readonly mark: string | null;
  },
): EntryRow => {
  const state = stateOf(profile, row.state);
  return {
    id: row.id,
    organisation: organisationView(row.organisation_id, organisation),
    state: row.state,
    stateTitle: state.title,
    stateKind: state.kind,
    mark: beside.mark,
    inRegistry: row.registered_at !== null,
    number: row.number,
    validity: validityView(row.valid_until, beside.days),
    round: row.round,
    stateSince: row.state_since.toISOString(),
    registeredAt: row.registered_at?.toISOString() ?? null,
    ...deadlineView(row.deadline_at, beside.now, beside.calendar),
    actions: [...beside.actions],
  };
};

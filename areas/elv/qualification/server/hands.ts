import type { Tx } from '#kernel/db/database.ts';
import type { Refusal } from '#kernel/lifecycle/decide.ts';
import type { Hook } from '#kernel/lifecycle/engine.ts';
import type { RuntimeSettings } from '#kernel/settings/setting.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { endOfShanghaiDay, plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import { textAt } from '#practices/registry/model/entry-sections.ts';
import type { RegistryCase } from '#practices/registry/model/registry-record.ts';
import { daysBetween } from '#practices/registry/model/validity.ts';
import { findAccessColumns } from '#practices/registry/server/entry.store.ts';
import type { FlowHands } from '#practices/registry/server/registry-desk.ts';
import { suspendedMark } from '../model/qualification.flow.ts';
import { qualificationPeriods as periods } from '../model/qualification.periods.ts';
import { qualificationRegistry as profile } from '../model/qualification.profile.ts';
import { suspensionOn, write, writtenOf } from '../model/written.ts';
import { eventSources } from './enterprise-events.ts';
import { ask, type EventSource, type QuestionParts } from './event-source.ts';
import { nextInYear, saveStanding, suspendedAmong } from './standing.store.ts';

type QualificationHook = Hook<RegistryCase>;

/** What the hands work with. */
interface HandParts extends QuestionParts {
  readonly settings: RuntimeSettings;
  readonly clock: Clock;
}

/** The hooks of this flow beside those of every registry. */
export const qualificationHooks = [
  'issue-certificate',
  'note-standing',
  'check-suspension',
  'check-renewal',
  'set-hearing-period',
  'check-hearing-notice',
  'bar-applying',
  'check-year',
  'ask-events',
  'address-paper',
] as const;
type HookName = (typeof qualificationHooks)[number];

const refused = (field: string, message: string): { readonly refusals: readonly Refusal[] } => ({
  refusals: [{ why: 'guard', path: `input.${field}`, message }],
});

/** Source: assumption, see ADR 0032: how numbers are made is the owner's to say. */
const certificateNoOf = (year: string, count: number): string => `沪拆资〔${year}〕${String(count).padStart(4, '0')}号`;

const issue =
  (settings: RuntimeSettings): QualificationHook =>
  async ({ tx, after: { record }, now }) => {
    const today = shanghaiDay(now);
    const { matter } = record.sections.application ?? {};
    const before = {
      number: textAt(record.sections, profile.number),
      until: textAt(record.sections, profile.validity),
    };
    const year = today.slice(0, 4);
    const certificateNo = before.number ?? certificateNoOf(year, await nextInYear(tx, year));
    // A renewal counts from the last day of what it renews, so that applying early costs no day.
    const from = before.until !== null && before.until > today ? endOfShanghaiDay(before.until) : now;
    const validUntil =
      matter === 'change' && before.until !== null
        ? before.until
        : shanghaiDay(await settings.deadline(periods.validity, from, tx));
    const certificate = { certificateNo, issuedOn: today, validUntil };
    const issued = { ...record, sections: { ...record.sections, certificate } };
    return { record: write(issued, { ended: null, barredUntil: null }) };
  };

const noteStanding: QualificationHook = async ({ tx, after: { id, record }, now }) => {
  const entry = await findAccessColumns(tx, profile, id);
  const { sections } = record.standing ?? record;
  const [number, validUntil] = [textAt(sections, profile.number), textAt(sections, profile.validity)];
  if (!entry || number === null || validUntil === null) throw new Error(`${id} stands without a certificate`);
  const { ended, suspension } = writtenOf(record);
  await saveStanding(tx, {
    organisation_id: entry.organisation_id,
    entry_id: id,
    certificate_no: number,
    status: ended?.kind ?? 'qualified',
    valid_until: validUntil,
    suspended_until: suspension?.until ?? null,
    changed_at: now,
  });
  return {};
};

const checkSuspension =
  (settings: RuntimeSettings): QualificationHook =>
  async ({ tx, before, after: { record }, now }) => {
    const { suspension } = writtenOf(record);
    if (!suspension) throw new Error('a suspension without its last day');
    const today = shanghaiDay(now);
    if (suspension.until < today) return refused('until', '停业整顿的最后一日不能早于今天');
    const running = suspensionOn(writtenOf(before.record), today);
    if (running && suspension.until <= running.until)
      return refused(
        'until',
        `企业正在停业整顿（至 ${running.until}），再次责令须晚于该日；要缩短的，请办理提前恢复经营`,
      );
    if (suspension.noticedOn > today) return refused('noticedOn', '听证权利告知送达日期不能晚于今天');
    const askUntil = await settings.deadline(periods.hearingRequest, endOfShanghaiDay(suspension.noticedOn), tx);
    return suspension.heard === 'waived' && askUntil >= now
      ? refused('noticedOn', `企业可在 ${shanghaiDay(askUntil)} 前申请听证，期满前不能责令停业整顿`)
      : {};
  };

/** A renewal shortly before the end only: otherwise years could be stacked on years. Source: 行政许可法第五十条; assumption, see ADR 0032. */
const checkRenewal =
  (settings: RuntimeSettings): QualificationHook =>
  async ({ tx, after: { record }, now }) => {
    const until = record.standing && textAt(record.standing.sections, profile.validity);
    if (!until || record.sections.application?.matter !== 'renewal') return {};
    const today = shanghaiDay(now);
    const reaches = shanghaiDay(await settings.deadline(periods.renewal, now, tx));
    if (until <= reaches) return {};
    const opens = plusDays(until, -daysBetween(today, reaches));
    const message = `资质认定书有效期至 ${until}，自 ${opens} 起可以申请延续`;
    return { refusals: [{ why: 'guard', path: 'application.matter', message }] };
  };

const setHearingPeriod =
  (settings: RuntimeSettings): QualificationHook =>
  async ({ tx, after: { record }, now }) => {
    const { hearing } = writtenOf(record);
    if (!hearing) throw new Error('a hearing that nobody offered');
    const askUntil = (await settings.deadline(periods.hearingRequest, now, tx)).toISOString();
    return { record: write(record, { hearing: { ...hearing, askUntil } }) };
  };

const checkHearingNotice =
  (settings: RuntimeSettings): QualificationHook =>
  async ({ tx, after: { record }, now }) => {
    const { heldOn } = writtenOf(record).hearing ?? {};
    const last = shanghaiDay(await settings.deadline(periods.hearingNotice, now, tx));
    return heldOn && heldOn > last ? {} : refused('heldOn', `听证须提前通知，日期应在 ${last} 之后`);
  };

const barApplying =
  (settings: RuntimeSettings): QualificationHook =>
  async ({ tx, before, after: { record }, now }) => {
    const { ended } = writtenOf(record);
    // Cancelling after a revocation is a formality: the bar runs from the revocation.
    if (!ended?.barred || writtenOf(before.record).ended) return {};
    const barredUntil = (await settings.deadline(periods.bar, now, tx)).toISOString();
    return { record: write(record, { barredUntil }) };
  };

const checkYear: QualificationHook = async ({ after: { record }, now }) => {
  const { years } = writtenOf(record);
  const { year } = years.at(-1) ?? { year: 0 };
  if (year > Number(shanghaiDay(now).slice(0, 4))) return refused('year', '年度不能晚于今年');
  return years.filter((one) => one.year === year).length > 1 ? refused('year', `${year} 年度已登记过年审`) : {};
};

/** What happened with the enterprise elsewhere comes beside the decision, and beside a revocation that is begun. Source: tender R13. */
const askWhenFiled =
  (parts: QuestionParts): QualificationHook =>
  async ({ tx, after: { id }, now, traceId }) => {
    const entry = await findAccessColumns(tx, profile, id);
    if (!entry) throw new Error(`${id} is of no organisation`);
    const question = { entryId: id, organisationId: entry.organisation_id, now, traceId };
    for (const source of eventSources) await ask(parts, tx, source, question);
    return {};
  };

/** Source: tender R11: a paper is of its day. */
const addressPaper =
  ({ organisations }: QuestionParts): QualificationHook =>
  async ({ tx, after: { id, version, record } }) => {
    const entry = await findAccessColumns(tx, profile, id);
    const organisation = entry && (await organisations.find(tx, entry.organisation_id));
    if (!organisation) throw new Error(`${id} is of no organisation`);
    const { name, creditCode } = organisation;
    const addressee = { name, creditCode, certificateNo: textAt(record.sections, profile.number) };
    return { record: write(record, { addressees: { ...writtenOf(record).addressees, [version]: addressee } }) };
  };

/** The words beside the states of these entries: what must stop, and what happened elsewhere, each as far as the person may read it of the entry. Source: tender R13. */
const marksOn =
  ({ settings, clock }: HandParts): FlowHands['marks'] =>
  async (db, entries, { today, may }) => {
    const ids = entries.map(({ id }) => id);
    const words = async ({ kind, marked }: EventSource): Promise<readonly (string | null)[]> => {
      if (!marked) return entries.map(() => null);
      const read = entries.map(({ id }) => may(kind.reads, id));
      const organisations = entries.flatMap((entry, at) => (read[at] ? [entry.organisation_id] : []));
      const found = await marked.among(db, settings, organisations, clock.now());
      return entries.map((entry, at) => (read[at] && found.has(entry.organisation_id) ? marked.word : null));
    };
    const [suspended, ...told] = await Promise.all([suspendedAmong(db, ids, today), ...eventSources.map(words)]);
    const marks = entries.map((entry, at): readonly [string, string] => [
      entry.id,
      [suspended.includes(entry.id) ? suspendedMark : null, ...told.map((of) => of[at])].filter(Boolean).join('、'),
    ]);
    return new Map(marks.filter(([, mark]) => mark !== ''));
  };

/** What the steps of a qualification do beside what every registry does. Source: tender R10–R13. */
export const qualificationHands = (parts: HandParts): FlowHands => {
  const { settings } = parts;
  const hooks: Readonly<Record<HookName, QualificationHook>> = {
    'issue-certificate': issue(settings),
    'note-standing': noteStanding,
    'check-suspension': checkSuspension(settings),
    'check-renewal': checkRenewal(settings),
    'set-hearing-period': setHearingPeriod(settings),
    'check-hearing-notice': checkHearingNotice(settings),
    'bar-applying': barApplying(settings),
    'check-year': checkYear,
    'ask-events': askWhenFiled(parts),
    'address-paper': addressPaper(parts),
  };
  return {
    hooks,
    marks: marksOn(parts),
    deadline: async (period, from, tx, record) => {
      const accepted = await acceptedIn(settings, tx, record);
      return period.setting === periods.decide.setting && accepted !== null
        ? decisionDeadline(settings, tx, record, accepted)
        : settings.deadline(period, from, tx);
    },
  };
};

/** When an application counts as accepted: an authority that says nothing in time has accepted it on receipt. Source: 行政许可法第三十二条第一款第（四）项. */
const acceptedIn = async (settings: RuntimeSettings, tx: Tx, record: RegistryCase): Promise<Date | null> => {
  const { receivedAt, acceptedAt } = writtenOf(record);
  if (acceptedAt === null) return null;
  const accepted = new Date(acceptedAt);
  if (receivedAt === null) return accepted;
  const received = new Date(receivedAt);
  return (await settings.deadline(periods.accept, received, tx)) < accepted ? received : accepted;
};

/**
 * When a decision must be there: so many working days after acceptance, without those of the on-site review, and with the one extension there
 * may be. Source: 行政许可法第四十二条、第四十五条.
 */
const decisionDeadline = async (
  settings: RuntimeSettings,
  tx: Tx,
  record: RegistryCase,
  acceptedAt: Date,
): Promise<Date> => {
  const { onSiteSince, onSiteUntil, extended } = writtenOf(record);
  const calendar = await settings.calendar();
  const days =
    onSiteSince !== null && onSiteUntil !== null
      ? calendar.workingDaysBetween(shanghaiDay(new Date(onSiteSince)), shanghaiDay(new Date(onSiteUntil)))
      : 0;
  const shifted = endOfShanghaiDay(calendar.plusWorkingDays(shanghaiDay(acceptedAt), days));
  const from = extended ? await settings.deadline(periods.extension, shifted, tx) : shifted;
  return settings.deadline(periods.decide, from, tx);
};

import type { FieldView, Subject } from '#kernel/access/access.ts';
import type { OutboxView } from '#kernel/connector/outbox.store.ts';
import { type Field, type Fields, isShown } from '#kernel/fields/field.ts';
import { shownValue } from '#kernel/fields/mask.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import type { WorkingCalendar } from '#kernel/time/calendar.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { findPhotoPart, showsPerson } from '../../vehicle-case/model/photo-parts.ts';
import { sections as caseSections } from '../../vehicle-case/model/vehicle-case.fields.ts';
import type { CitizenApplicationRow, CitizenApplicationView } from '../model/citizen-application.contract.ts';
import { citizenApplication } from '../model/citizen-application.lifecycle.ts';
import { consents } from '../model/consents.ts';
import type { FoundApplication, Standing } from './application.store.ts';
import type { CitizenPhotoTable } from './citizen-application.tables.ts';
import type { CitizenParts } from './citizen-parts.ts';

const lifecycle = widened(citizenApplication);

/** A line of the list. `caseNo` is known where the whole application was read. */
export const offeredRowOf = (
  row: Standing,
  {
    now,
    calendar,
    enterpriseName,
    caseNo = null,
  }: {
    readonly now: Date;
    readonly calendar: WorkingCalendar;
    readonly enterpriseName: string | null;
    readonly caseNo?: string | null;
  },
): CitizenApplicationRow => {
  const { title } = getState(lifecycle, row.state);
  // Of one that is not handed in the row says until when it is kept.
  const deadlineAt = row.state === 'submitted' ? row.deadline_at : null;
  return {
    id: row.id,
    applicationNo: row.application_no,
    state: row.state,
    stateTitle: title,
    plateNo: row.plate_no,
    plateTypeCode: row.plate_type_code,
    vin: row.vin,
    brandModel: row.brand_model,
    byAgent: row.by_agent,
    enterpriseName,
    stateSince: row.state_since.toISOString(),
    deadlineAt: deadlineAt?.toISOString() ?? null,
    overdue: deadlineAt !== null && deadlineAt < now,
    workingDaysLeft:
      deadlineAt === null ? null : calendar.workingDaysBetween(shanghaiDay(now), shanghaiDay(deadlineAt)),
    caseNo,
  };
};

const wordsOf = (field: Field, value: unknown): string => {
  if (value === true) return '是';
  if (value === false) return '否';
  if (typeof value === 'number') return field.unit ? `${value} ${field.unit}` : String(value);
  return typeof value === 'string' ? (field.choices?.[value] ?? value) : '';
};

/** Identity numbers, phones and identity cards: an enterprise needs none of them to say whether it takes a vehicle. Source: least data, 个人信息保护法 第六条. */
const heldBack: ReadonlySet<string> = new Set([
  ...['owner-id-front', 'owner-id-back', 'agent-id-front', 'agent-id-back'].map((part) => `photo:${part}`),
  ...(['owner', 'agent'] as const).flatMap((id) => {
    const fields: Fields = caseSections[id].fields;
    return Object.entries(fields).flatMap(([name, { mask }]) =>
      mask === 'identity-number' || mask === 'phone' ? [`${id}.${name}`] : [],
    );
  }),
]);

/** How each personal value may be shown to the reader, and whether photographs of papers may; until the enterprise has taken the application, less than its role may see. */
export const viewsFor =
  (
    { access }: Pick<CitizenParts, 'access'>,
    subject: Subject,
    row: Parameters<CitizenParts['access']['fieldViews']>[2],
  ) =>
  (path: string): FieldView => {
    const seen = access.fieldViews(subject, `${citizenApplication.id}:read`, row)(path);
    const early = row.state !== citizenApplication.actions.accept.to;
    return seen === 'plain' && early && heldBack.has(path) ? 'masked' : seen;
  };

const sectionsOf = (
  { sections }: FoundApplication['record'],
  view: (path: string) => FieldView,
): CitizenApplicationView['sections'] =>
  (['papers', 'owner', 'agent'] as const).map((id) => {
    const { title, fields }: { title: string; fields: Fields } = caseSections[id];
    const draft = sections[id];
    const lines = Object.entries(fields).flatMap(([name, field]) => {
      const value = isShown(field, draft) ? shownValue(field, draft[name], view(`${id}.${name}`)) : undefined;
      const text = wordsOf(field, value);
      return text === '' ? [] : [{ title: field.title, text }];
    });
    return { id, title, lines };
  });

/** Whether the reader may look at a photograph: papers of a person only where personal values are plain to them. */
export const mayLook = (part: string, view: (path: string) => FieldView): boolean => {
  const found = findPhotoPart(part);
  return (found !== undefined && !showsPerson(found)) || view(`photo:${part}`) === 'plain';
};

/** Everything the desk sees of one. */
export const offeredViewOf = (
  { cases }: Pick<CitizenParts, 'cases'>,
  parts: {
    readonly found: FoundApplication;
    readonly photos: readonly CitizenPhotoTable[];
    readonly sent: readonly OutboxView[];
    readonly view: (path: string) => FieldView;
    readonly may: (action: 'accept' | 'decline') => boolean;
    readonly now: Date;
    readonly calendar: WorkingCalendar;
    readonly enterpriseName: string | null;
  },
): CitizenApplicationView => {
  const { found, photos, view } = parts;
  const { row, record } = found;
  return {
    ...offeredRowOf(row, { ...parts, caseNo: record.case?.caseNo ?? null }),
    version: found.version,
    sections: sectionsOf(record, view),
    photos: photos.map((one) => ({
      id: one.id,
      part: one.part,
      title: findPhotoPart(one.part)?.title ?? one.part,
      fileName: one.file_name,
      mediaType: one.media_type,
      uploadedAt: one.uploaded_at.toISOString(),
      viewable: mayLook(one.part, view),
    })),
    consents: record.consents.map(({ id, version, at }) => ({
      title: consents.find((one) => one.id === id)?.title ?? id,
      version,
      at,
    })),
    declineReason: record.declineReason,
    caseId: record.case?.id ?? null,
    exchanges: cases.exchangeViews(parts.sent),
    abilities: (['accept', 'decline'] as const)
      .filter(
        (action) => citizenApplication.actions[action].from.some((from) => from === found.state) && parts.may(action),
      )
      .map((action) => ({
        action,
        title: citizenApplication.actions[action].title,
        consequence: citizenApplication.actions[action].consequence ?? '',
      })),
  };
};

import type { Db } from '#kernel/db/database.ts';
import { type Field, type Fields, isShown } from '#kernel/fields/field.ts';
import { maskValue } from '#kernel/fields/mask.ts';
import { standingRefusals } from '#kernel/lifecycle/decide.ts';
import { editableIn, getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { PublicProgress } from '../../progress/model/public-query.contract.ts';
import { type CaseTrail, publicProgressOf } from '../../progress/model/public-stages.ts';
import type { OwnApplicationRow, OwnApplicationView } from '../model/citizen.views.ts';
import { askedFields } from '../model/citizen-application.fields.ts';
import { materialsOf } from '../model/citizen-application.guards.ts';
import { citizenApplication } from '../model/citizen-application.lifecycle.ts';
import type { CitizenApplication } from '../model/citizen-application.record.ts';
import { consentBefore, consents, isAgreed } from '../model/consents.ts';
import type { FoundApplication, Standing } from './application.store.ts';
import type { Citizen } from './citizen.store.ts';
import type { CitizenPhotoTable } from './citizen-application.tables.ts';
import type { CitizenParts } from './citizen-parts.ts';
import { listPhotos } from './citizen-photo.store.ts';

const lifecycle = widened(citizenApplication);

const kinds: Partial<Record<Field['kind'], OwnApplicationView['fields'][number]['kind']>> = {
  'long-text': 'long-text',
  choice: 'choice',
  switch: 'switch',
};

const isGiven = (value: unknown): value is string | boolean =>
  typeof value === 'boolean' || (typeof value === 'string' && value !== '');

/** What is wrong with a value that is there; a field that is still empty is not scolded for it. */
const faultOf = (field: Field, value: unknown): string | null => {
  if (!isGiven(value)) return null;
  return field.schema.safeParse(value).error?.issues[0]?.message ?? null;
};

const fieldsShown = ({ as, sections }: CitizenApplication): OwnApplicationView['fields'] =>
  Object.entries(askedFields(as)).flatMap(([section, fields]) => {
    // The keys are those of the sections.
    const draft = sections[section as keyof typeof sections];
    return Object.entries(fields as Fields).flatMap(([name, field]) => {
      if (!isShown(field, draft)) return [];
      const value = draft[name];
      return [
        {
          path: `${section}.${name}`,
          title: field.title,
          kind: kinds[field.kind] ?? ('text' as const),
          value: isGiven(value) ? value : null,
          hint: field.hint ?? null,
          optional: field.optional === true || field.kind === 'switch',
          choices: Object.entries(field.choices ?? {}).map(([code, label]) => ({ value: code, label })),
          fault: faultOf(field, value),
        },
      ];
    });
  });

const consentLacking = ({ agreed }: CitizenApplication, part: string): string | null => {
  const consent = consentBefore(part);
  return consent && !isAgreed(agreed, consent) ? consent.id : null;
};

const materialsShown = (
  record: CitizenApplication,
  photos: readonly CitizenPhotoTable[],
): OwnApplicationView['materials'] =>
  materialsOf(record).map(({ part, title, hint, required, many }) => ({
    part,
    title,
    hint,
    required,
    many,
    photos: photos.filter((one) => one.part === part).map(({ id, media_type: mediaType }) => ({ id, mediaType })),
    consentFirst: consentLacking(record, part),
  }));

const restingNotes: Readonly<Record<string, string>> = {
  drafting: '申请还没有提交，填写的内容和照片已保存。',
  declined: '所选企业没有接收，请看原因，另选一家企业后重新提交。',
  expired: '所选企业逾期没有答复，请另选一家企业后重新提交。',
  recalled: '申请已撤回，不再办理。',
};

const noteOf = ({ state, deadline_at: deadlineAt }: Standing): string => {
  const day = deadlineAt && shanghaiDay(deadlineAt);
  if (state === 'submitted' && day) return `已提交，等待所选企业接收；企业应在 ${day} 前答复，逾期可以另选企业。`;
  const note = restingNotes[state] ?? '';
  if (!day || state === 'recalled') return note;
  return state === 'drafting'
    ? `${note}到 ${day} 还不提交的，填写的内容和照片将删除。`
    : `${note}到 ${day} 还不重新提交的，照片将删除。`;
};

/** The stages an applicant sees: handing in and being taken, then those of the case as everybody is told them. */
const progressOf = (row: Standing, trail: CaseTrail | undefined, now: Date): PublicProgress => {
  const opened = shanghaiDay(row.opened_at);
  const since = shanghaiDay(row.state_since);
  if (row.state === 'accepted' && trail) {
    const { stages, note } = publicProgressOf(trail, now);
    return { stages: [{ title: '提交申请', status: 'done', on: opened }, ...stages], note };
  }
  const handedIn = row.state !== 'drafting' && row.round > 0;
  const ended = row.state === 'recalled';
  const present = ended ? 'ended' : 'current';
  return {
    stages: handedIn
      ? [
          { title: '提交申请', status: 'done', on: opened },
          { title: isEditable(row.state) ? '另选企业' : '企业接收', status: present, on: since },
        ]
      : [{ title: '提交申请', status: present, on: opened }],
    note: noteOf(row),
  };
};

/** A line of one's own list. */
export const ownRowOf = (row: Standing, enterpriseName: string | null): OwnApplicationRow => ({
  id: row.id,
  applicationNo: row.application_no,
  state: row.state,
  stateTitle: getState(lifecycle, row.state).title,
  plateNo: row.plate_no,
  brandModel: row.brand_model,
  enterpriseName,
  openedAt: row.opened_at.toISOString(),
});

/** Whether the application may be filled in as it stands. */
export const isEditable = (state: string): boolean =>
  editableIn(lifecycle, { state, holds: [] }).includes('application');

/** Everything an applicant sees of their own application. */
export const ownViewOf = async (
  { cases }: CitizenParts,
  db: Db,
  { found, citizen, now }: { readonly found: FoundApplication; readonly citizen: Citizen; readonly now: Date },
): Promise<OwnApplicationView> => {
  const { row, record, state } = found;
  const [photos, trail] = await Promise.all([
    listPhotos(db, row.id),
    record.case === null ? undefined : cases.trail(db, record.case.id),
  ]);
  const { person } = citizen;
  const otherOwner = record.licenceOwner !== null && record.licenceOwner !== person.name ? record.licenceOwner : null;
  const able = (action: string): boolean => lifecycle.actions[action]?.from.includes(state) ?? false;
  return {
    ...ownRowOf(row, record.enterprise?.name ?? null),
    version: found.version,
    editable: isEditable(state),
    as: record.as,
    person: { name: person.name, identityNo: maskValue('identity-number', person.identityNo) },
    otherOwner: record.as === 'agent' ? null : otherOwner,
    fields: fieldsShown(record),
    materials: materialsShown(record, photos),
    enterprise: record.enterprise,
    consents: consents.map(({ id, version, title, text }) => ({
      id,
      version,
      title,
      text,
      agreedAt: record.agreed.find((one) => one.id === id && one.version === version)?.at ?? null,
    })),
    missing: able('submit')
      ? standingRefusals(lifecycle, found, 'submit', now).map(({ path, message }) => ({ path, message }))
      : [],
    declineReason: record.declineReason,
    caseNo: record.case?.caseNo ?? null,
    progress: progressOf(row, trail, now),
    abilities: (['submit', 'recall'] as const).filter(able),
  };
};

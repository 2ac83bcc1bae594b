import { smsGateway } from '#connectors/message-gateway/exchanges.ts';
import { messageTo } from '#kernel/connector/connector.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { Refusal } from '#kernel/lifecycle/decide.ts';
import { type EffectScene, type Engine, engineOf, type Hook } from '#kernel/lifecycle/engine.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { kindNamed } from '#practices/notice/model/notice-kind.ts';
import { quietUntil } from '#practices/notice/model/quiet-hours.ts';
import { onlyAsked } from '../model/citizen-application.guards.ts';
import { type CitizenApplicationAction, citizenApplication } from '../model/citizen-application.lifecycle.ts';
import { citizenApplicationNotices, citizenMessages } from '../model/citizen-application.notices.ts';
import { type CitizenApplication, keptOf } from '../model/citizen-application.record.ts';
import { levelWords, reaches } from '../model/real-name.ts';
import { stageOfStep } from '../model/write-back.ts';
import { applicationStore, type FoundApplication } from './application.store.ts';
import { findCitizen } from './citizen.store.ts';
import type { CitizenParts } from './citizen-parts.ts';
import { listPhotos, takeOut } from './citizen-photo.store.ts';
import { openKeyOf, tellStage } from './write-back.ts';

type Scene = EffectScene<CitizenApplication, FoundApplication>;
type ApplicationHook = Hook<CitizenApplication, FoundApplication>;

/** The hooks the definition may name. */
export const hookNames = [
  'may-apply',
  'enterprise-may-accept',
  'drop-unasked',
  'open-case',
  'message-citizen',
] as const;

const refusal = (path: string, message: string): { readonly refusals: readonly Refusal[] } => ({
  refusals: [{ why: 'guard', path, message }],
});

/** Asked again of whoever hands in: how well the one-stop service knows them, and whether the vehicle is free. Source: tender R62; domain 9.6. */
const mayApply =
  ({ crypto, rules, cases }: CitizenParts): ApplicationHook =>
  async ({ tx, before, after }) => {
    const level = (await findCitizen(tx, crypto, before.row.citizen_id))?.level ?? 'L1';
    const { vin } = after.record.sections.papers;
    const refusals: Refusal[] = [];
    if (!reaches(level, rules.leastLevel))
      refusals.push({ why: 'guard', path: 'as', message: levelWords(level, rules.leastLevel) });
    if (typeof vin === 'string' && (await cases.accepted(tx, vin)))
      refusals.push({
        why: 'guard',
        path: 'papers.vin',
        message: '这辆车已由回收企业受理报废，不能重复申请；请核对车辆识别代号，或向受理的企业询问',
      });
    return { refusals };
  };

/** Asked of the chosen enterprise when it is chosen and again when it takes the vehicle: between the two its qualification may have gone. Source: tender R13, R62. */
const mayAccept =
  ({ enterprises, organisations }: CitizenParts): ApplicationHook =>
  async ({ tx, after, now, actor }) => {
    const chosen = after.record.enterprise;
    const organisation = chosen && (await organisations.find(tx, chosen.id));
    if (organisation?.kind !== 'dismantler') return refusal('enterprise', '请从列表中选择一家回收企业');
    const why = await enterprises.obstacle(tx, organisation.id, now);
    if (why === null) return {};
    // What is wrong with an enterprise is told to itself alone.
    return actor.organisationId === organisation.id
      ? refusal('', why)
      : refusal('enterprise', '所选企业现在不能接收车辆，请从列表中另选一家');
  };

/** Photographs of papers that are not asked for any more stay behind when the application is handed in. */
const dropUnasked: ApplicationHook = async ({ tx, before, after: { record }, now }) => {
  const photos = onlyAsked(record, record.photos);
  const asked = new Set(photos.map(({ id }) => id));
  for (const { id } of record.photos) if (!asked.has(id)) await takeOut(tx, before.id, { id }, now);
  return { record: { ...record, photos } };
};

const openCase =
  ({ cases, organisations }: CitizenParts): ApplicationHook =>
  async ({ tx, before, after, actor, now, traceId }) => {
    const organisation = actor.organisationId === null ? undefined : await organisations.find(tx, actor.organisationId);
    if (!organisation || organisation.id !== after.record.enterprise?.id)
      return refusal('', '申请人选择的是其他企业，请由所选企业的经办人办理');
    const { vin } = after.record.sections.papers;
    const inHand = typeof vin === 'string' ? await cases.inHand(tx, organisation.id, vin) : undefined;
    if (inHand !== undefined)
      return refusal(
        '',
        `本企业已有这辆车的在办案卷 ${inHand}，请勿重复接收；请在该案卷中继续办理，并以“不接收”告知申请人`,
      );
    const { id: organisationId, name: organisationName, creditCode: organisationCode, districtCode } = organisation;
    const opened = await cases.open(tx, {
      openKey: openKeyOf(before.id),
      applicationNo: before.row.application_no,
      sections: after.record.sections,
      photos: onlyAsked(after.record, await listPhotos(tx, before.id)),
      uploader: { id: before.row.citizen_id, name: '申请人' },
      by: { id: actor.id, organisationId, organisationName, organisationCode, districtCode },
      actor,
      now,
      traceId,
    });
    return { record: { ...after.record, case: opened } };
  };

const messageOf = (state: string): keyof typeof citizenMessages =>
  state === 'accepted' ? 'accept' : state === 'declined' ? 'decline' : 'expire';

/** The phone a citizen gave in the application, else the one the one-stop service knows; a landline takes no messages. */
const mobileOf = ({ record }: Scene['after'], known: string | null): string | undefined => {
  const { as, sections } = record;
  const typed = as === 'agent' ? sections.agent.agentPhone : sections.owner.ownerPhone;
  return [typed, known].find((one): one is string => typeof one === 'string' && /^1\d{10}$/.test(one));
};

/** By short message, without a word of who anybody is. Source: tender R62; adr/0040. */
const messageCitizen =
  ({ crypto, outbox, quietHours }: CitizenParts): ApplicationHook =>
  async ({ tx, before, after, now, traceId }) => {
    const citizen = await findCitizen(tx, crypto, before.row.citizen_id);
    const phone = mobileOf(after, citizen?.person.mobile ?? null);
    if (phone === undefined) return {};
    const text = citizenMessages[messageOf(after.state)].replace('{no}', before.row.application_no);
    // The gateway's reports are matched by what stands before the colon: there is no notice of that name, and none is wanted.
    const reference = `${before.id}-${after.version}:sms`;
    const message = messageTo(smsGateway, 'send-sms', { reference, phone, signature: '沪商监管', text });
    // A period runs out at midnight: the phone rings in the morning.
    const dueAt = quietUntil(quietHours, now);
    const about = { caseType: citizenApplication.id, caseId: before.id, traceId };
    await outbox.put(tx, message, { ...about, ...(dueAt === null ? {} : { dueAt }) });
    return {};
  };

/** Tells the chosen enterprise: the one that is asked now, or the one that need not answer any more. */
const tell =
  ({ notices }: CitizenParts) =>
  async ({ tx, before, after, now }: Scene, notice: string): Promise<void> => {
    const kind = kindNamed(citizenApplicationNotices, notice);
    const organisationId =
      kind === citizenApplicationNotices.offered ? after.record.enterprise?.id : before.row.enterprise_id;
    if (organisationId === undefined || organisationId === null) return;
    await notices.raise(tx, {
      kind,
      values: { applicationNo: before.row.application_no, plateNo: before.row.plate_no },
      matter: {
        type: citizenApplication.id,
        id: before.id,
        row: { id: before.id, organisation: organisationId, owner: before.row.citizen_id, state: after.state },
      },
      occasion: `step ${after.version}`,
      organisationId,
      at: now,
    });
  };

/** Builds the engine of citizens' applications. */
export const citizenApplicationEngine = (parts: CitizenParts): Engine<CitizenApplication, FoundApplication> => {
  const { db, clock, crypto, settings, signer, outbox } = parts;
  const hooks: Readonly<Record<(typeof hookNames)[number], ApplicationHook>> = {
    'enterprise-may-accept': mayAccept(parts),
    'may-apply': mayApply(parts),
    'drop-unasked': dropUnasked,
    'open-case': openCase(parts),
    'message-citizen': messageCitizen(parts),
  };
  return engineOf<CitizenApplication, FoundApplication>({
    db,
    clock,
    lifecycles: [widened(citizenApplication)],
    store: applicationStore(crypto),
    send: async (_, connector, exchange) => {
      throw new Error(`no message for ${connector}.${exchange}`);
    },
    hooks,
    tell: tell(parts),
    deadline: settings.deadline,
    sign: (tx: Tx, actor, digest) => signer.sign(tx, actor.id, digest),
    // What a citizen types before handing in is nobody's step; what was handed in stands under the digest.
    changes: async () => [],
    digestible: (record) => ({ ...keptOf(record), photos: record.photos }),
    entered: async ({ tx, before, after, now, traceId }, action, steps) => {
      const handedIn = steps.some((one) => one.action === 'submit');
      // The engine takes the definition's own actions only.
      const told = stageOfStep(action as CitizenApplicationAction, handedIn);
      if (!told) return;
      await tellStage(outbox, tx, {
        ...told,
        applicationNo: before.row.application_no,
        occasion: `application-${after.version}`,
        sequence: after.version,
        at: now,
        about: { caseType: citizenApplication.id, caseId: before.id },
        traceId,
      });
    },
  });
};

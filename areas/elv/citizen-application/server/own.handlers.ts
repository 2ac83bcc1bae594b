import { randomUUID } from 'node:crypto';
import { oneStop } from '#connectors/one-stop/exchanges.ts';
import type { Predicate } from '#kernel/access/predicate.ts';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { ResponseOf } from '#kernel/connector/connector.ts';
import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { inTransaction, type Tx, uniqueViolation } from '#kernel/db/database.ts';
import { type AnyDraft, type Fields, readChanges } from '#kernel/fields/field.ts';
import { shanghaiDay, startOfShanghaiDay } from '#kernel/time/shanghai.ts';
import { shanghaiDistricts } from '#practices/place/model/shanghai-districts.ts';
import { findPhotoPart } from '../../vehicle-case/model/photo-parts.ts';
import type { citizenContract } from '../model/citizen.contract.ts';
import type { OwnApplicationView } from '../model/citizen.views.ts';
import { type ApplicationSection, askedFields } from '../model/citizen-application.fields.ts';
import { citizenApplication } from '../model/citizen-application.lifecycle.ts';
import {
  type ApplicationRecord,
  type CitizenApplication,
  emptyApplication,
  keptOf,
} from '../model/citizen-application.record.ts';
import {
  addApplication,
  type FoundApplication,
  findApplication,
  findByOpenKey,
  listOwn,
  lockApplication,
} from './application.store.ts';
import { type Citizen, findCitizen, lockCitizen } from './citizen.store.ts';
import { type CitizenDesk, citizenIdOf } from './citizen-parts.ts';
import { takeOut } from './citizen-photo.store.ts';
import { countDrafts, countOpenedSince } from './draft.store.ts';
import { draftKeptUntil, saveFilled } from './drafts.ts';
import { inNeutralOrder, neutralOrderWords } from './neutral-order.ts';
import { isEditable, ownRowOf, ownViewOf } from './own-view.ts';

type OwnOperations = Pick<typeof citizenContract, 'vehicles' | 'enterprises' | 'list' | 'open' | 'get' | 'save'>;
type ListedVehicle = ResponseOf<(typeof oneStop.exchanges)['list-vehicles']>['vehicles'][number];

const apply = 'elv.citizen-application:apply';
/** Nobody fills the shelves with drafts. */
const mostDrafts = 10;
/** So many are begun in a day, those taken back among them. Source: assumption, adr/0044. */
const mostInADay = 20;

/** The rows a citizen may come to: their own. */
export const ownRows = ({ access }: CitizenDesk, { subject }: CallContext): Predicate =>
  access.rowFilter(subject, apply);

/** The citizen who asks. */
export const askingCitizen = async ({ db, crypto }: CitizenDesk, { subject }: CallContext): Promise<Citizen> => {
  const citizen = await findCitizen(db, crypto, citizenIdOf(subject));
  if (!citizen) throw new Error('a session without its citizen');
  return citizen;
};

/** The audit entry of a change outside a step; fields by name, never what stands in them. */
export const leaveFact = (
  tx: Tx,
  { subject, ip, now, traceId }: CallContext,
  id: string,
  operation: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<unknown> =>
  appendFact(tx, {
    at: now,
    kind: 'operation',
    action: operation,
    actor: { id: subject.id, name: subject.name, organisationId: null, ip },
    object: { type: citizenApplication.id, id },
    outcome: 'done',
    detail,
    traceId,
  });

/** One's own application as it stands now. */
export const ownView = async (desk: CitizenDesk, context: CallContext, id: string): Promise<OwnApplicationView> => {
  const [found, citizen] = await Promise.all([
    findApplication(desk.db, desk.crypto, id, ownRows(desk, context)),
    askingCitizen(desk, context),
  ]);
  if (!found) throw notFound();
  return ownViewOf(desk, desk.db, { found, citizen, now: context.now });
};

const vehiclesOf = async (
  desk: CitizenDesk,
  context: CallContext<'UNREACHABLE'>,
): Promise<readonly ListedVehicle[]> => {
  const { outsideId: userId, person } = await askingCitizen(desk, context);
  const question = { reference: randomUUID(), userId, idNo: person.identityNo };
  const heard = await desk.asking.ask(oneStop, 'list-vehicles', question, context.traceId);
  return heard.outcome === 'delivered' ? heard.answer.vehicles : context.fail('UNREACHABLE');
};

/** What the electronic licence says, as far as it says it. */
const papersOf = (vehicle: ListedVehicle): AnyDraft =>
  Object.fromEntries(Object.entries(vehicle).filter(([, value]) => value !== null));

/** Who signed in stands as the owner or the agent, as the one-stop service vouches for them: nobody types these. Source: domain 9.6. */
const withPerson = (record: CitizenApplication, { person }: Citizen): CitizenApplication => {
  const { papers, owner, agent } = record.sections;
  const mobile = (typed: unknown): unknown => typed ?? person.mobile ?? undefined;
  const sections: ApplicationRecord['sections'] =
    record.as === 'agent'
      ? {
          papers,
          owner: { ...owner, ownerKind: 'person' },
          agent: {
            ...agent,
            hasAgent: true,
            agentName: person.name,
            agentIdentityNo: person.identityNo,
            agentPhone: mobile(agent.agentPhone),
          },
        }
      : {
          papers,
          owner: {
            ...owner,
            ownerKind: 'person',
            ownerName: person.name,
            ownerIdentityNo: person.identityNo,
            ownerPhone: mobile(owner.ownerPhone),
          },
          agent: { hasAgent: false },
        };
  return { ...record, sections };
};

/** Whoever was filled in as the owner by themselves is not the owner any more when they turn out to be the agent: neither are the papers that were photographed of them. */
const withStand = async (
  tx: Tx,
  { id, record }: FoundApplication,
  as: 'owner' | 'agent' | undefined,
  now: Date,
): Promise<CitizenApplication> => {
  if (as === undefined || as === record.as) return record;
  const ofPeople = record.photos.map(({ part }) => part).filter((part) => findPhotoPart(part)?.section !== 'papers');
  await takeOut(tx, id, { parts: ofPeople }, now);
  return {
    ...record,
    as,
    sections: { ...record.sections, owner: { ownerKind: 'person' }, agent: { hasAgent: false } },
  };
};

const withValues = (
  record: CitizenApplication,
  values: Readonly<Record<string, unknown>>,
  fail: (problems: readonly { readonly path: string; readonly message: string }[]) => never,
): CitizenApplication => {
  const asked = askedFields(record.as);
  const sections: Record<ApplicationSection, AnyDraft> = { ...record.sections };
  const problems: { path: string; message: string }[] = [];
  for (const [path, value] of Object.entries(values)) {
    const [section = '', name = ''] = path.split('.');
    const fields: Fields = Object.hasOwn(asked, section) ? asked[section as ApplicationSection] : {};
    const { values: read, faults } = readChanges(fields, { [name]: value });
    problems.push(...faults.map(({ message }) => ({ path, message })));
    if (faults.length === 0)
      sections[section as ApplicationSection] = { ...sections[section as ApplicationSection], ...read };
  }
  return problems.length > 0 ? fail(problems) : { ...record, sections };
};

const enterpriseFor = async (
  { organisations, enterprises }: CitizenDesk,
  tx: Tx,
  enterpriseId: string,
  context: CallContext<'NOT_QUALIFIED'>,
): Promise<ApplicationRecord['enterprise']> => {
  const chosen = await organisations.find(tx, enterpriseId);
  const accepting = await enterprises.among(tx, [enterpriseId], context.now);
  if (chosen?.kind !== 'dismantler' || !accepting.has(enterpriseId)) return context.fail('NOT_QUALIFIED');
  return { id: chosen.id, name: chosen.name };
};

const open =
  (desk: CitizenDesk): Handlers<OwnOperations>['open'] =>
  async ({ key, vin }, context) => {
    const { db, crypto } = desk;
    const citizenId = citizenIdOf(context.subject);
    const before = await findByOpenKey(db, citizenId, key);
    if (before) return ownView(desk, context, before.id);
    const listed = vin === undefined ? undefined : (await vehiclesOf(desk, context)).find((one) => one.vin === vin);
    if (vin !== undefined && !listed) return context.fail('NOT_YOURS');
    const empty = emptyApplication(listed ? papersOf(listed) : {});
    // Whose vehicle it is, is the owner.
    const record = listed
      ? keptOf(withPerson({ ...empty, as: 'owner', photos: [] }, await askingCitizen(desk, context)))
      : empty;
    const id = await inTransaction(db, async (tx) => {
      // One after another, or several at once would each find room.
      await lockCitizen(tx, citizenId);
      const meanwhile = await findByOpenKey(tx, citizenId, key);
      if (meanwhile) return meanwhile.id;
      if ((await countDrafts(tx, citizenId)) >= mostDrafts) return context.fail('TOO_MANY');
      const today = startOfShanghaiDay(shanghaiDay(context.now));
      if ((await countOpenedSince(tx, citizenId, today)) >= mostInADay) return context.fail('TOO_MANY_TODAY');
      const keptUntil = await draftKeptUntil(desk, context.now, tx);
      const made = await addApplication(tx, crypto, { citizenId, openKey: key, record, keptUntil, now: context.now });
      if (made) {
        const detail = { applicationNo: made.applicationNo, by: listed ? 'list' : 'photo' };
        await leaveFact(tx, context, made.id, 'elv.citizen.open', detail);
        return made.id;
      }
      return context.fail('ALREADY_APPLIED');
    });
    return ownView(desk, context, id);
  };

const save =
  (desk: CitizenDesk): Handlers<OwnOperations>['save'] =>
  async ({ id, as, values = {}, enterpriseId }, context) => {
    const { db, crypto } = desk;
    const citizen = await askingCitizen(desk, context);
    const bad = (problems: readonly { readonly path: string; readonly message: string }[]): never =>
      context.fail('BAD_VALUE', { message: problems.map(({ message }) => message).join('；'), problems });
    const work = async (tx: Tx): Promise<void> => {
      const found = await lockApplication(tx, crypto, id, ownRows(desk, context));
      if (!found) throw notFound();
      if (!isEditable(found.state)) return context.fail('NOT_EDITABLE');
      const typed = withValues(await withStand(tx, found, as, context.now), values, bad);
      const enterprise =
        enterpriseId === undefined ? typed.enterprise : await enterpriseFor(desk, tx, enterpriseId, context);
      const record = withPerson({ ...typed, enterprise }, citizen);
      await saveFilled(desk, tx, found, record, context.now);
      const fields = [...Object.keys(values), ...(as ? ['as'] : []), ...(enterpriseId ? ['enterprise'] : [])].sort();
      await leaveFact(tx, context, id, 'elv.citizen.save', { fields, version: found.version + 1 });
    };
    try {
      await inTransaction(db, work);
    } catch (error) {
      if (uniqueViolation(error) !== undefined) return context.fail('ALREADY_APPLIED');
      throw error;
    }
    return ownView(desk, context, id);
  };

/** Handlers of one's own applications. Source: tender R62. */
export const ownHandlers = (desk: CitizenDesk): Handlers<OwnOperations> => {
  const { db, organisations, enterprises } = desk;
  return {
    vehicles: async (_, context) => ({
      vehicles: (await vehiclesOf(desk, context)).map(({ vin, plateNo, brandModel }) => ({ vin, plateNo, brandModel })),
    }),
    enterprises: async (_, { now }) => {
      const all = (await organisations.all(db)).filter(({ kind }) => kind === 'dismantler');
      const accepting = await enterprises.among(
        db,
        all.map(({ id }) => id),
        now,
      );
      const day = shanghaiDay(now);
      const open = inNeutralOrder(
        all.filter(({ id }) => accepting.has(id)),
        day,
      );
      const districts: Readonly<Record<string, string>> = shanghaiDistricts;
      return {
        day,
        order: neutralOrderWords,
        enterprises: open.map(({ id, name, districtCode }) => ({ id, name, district: districts[districtCode] ?? '' })),
      };
    },
    list: async (_, { subject }) => {
      const rows = await listOwn(db, citizenIdOf(subject));
      const names = new Map((await organisations.all(db)).map(({ id, name }) => [id, name]));
      return {
        applications: rows.map((row) =>
          ownRowOf(row, row.enterprise_id === null ? null : (names.get(row.enterprise_id) ?? null)),
        ),
      };
    },
    open: open(desk),
    get: ({ id }, context) => ownView(desk, context, id),
    save: save(desk),
  };
};

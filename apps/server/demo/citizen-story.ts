import { randomUUID } from 'node:crypto';
import { oneStopCitizens, vehiclesOf } from '#apps/simulators/one-stop/citizens.ts';
import { familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import type { ElvArea } from '#areas/elv/area.ts';
import { citizenContract } from '#areas/elv/citizen-application/model/citizen.contract.ts';
import { citizenStepContract } from '#areas/elv/citizen-application/model/citizen.steps.ts';
import type { OwnApplicationView } from '#areas/elv/citizen-application/model/citizen.views.ts';
import { applicantRole } from '#areas/elv/citizen-application/model/citizen-application.roles.ts';
import { keepCitizen } from '#areas/elv/citizen-application/server/citizen.store.ts';
import { ownHandlers } from '#areas/elv/citizen-application/server/own.handlers.ts';
import { ownConsentHandlers } from '#areas/elv/citizen-application/server/own-consent.handlers.ts';
import { ownPhotoHandlers } from '#areas/elv/citizen-application/server/own-photo.handlers.ts';
import { ownStepHandlers } from '#areas/elv/citizen-application/server/own-step.handlers.ts';
import type { Subject } from '#kernel/access/access.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { UploadedFile } from '#kernel/contract/uploaded-file.ts';
import { inTransaction } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { endOfShanghaiDay, plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import { callsInProcess, jpegFile } from './calls-in-process.ts';
import { agreeFirst, applyFor, type CitizenHands } from './citizen-walk.ts';

/** Hands of one citizen that work in this process, through the same handlers and engine that serve HTTP. */
const citizenHandsInProcess = ({ citizenApplications: { desk } }: ElvArea, clock: Clock, id: string): CitizenHands => {
  const handlers = {
    ...ownHandlers(desk),
    ...ownPhotoHandlers(desk),
    ...ownConsentHandlers(desk),
    ...ownStepHandlers(desk),
  };
  const nothing = { organisationId: null, organisationName: null, organisationCode: null, districtCode: null };
  const subject: Subject = { id, name: '申请人', ...nothing, roles: [applicantRole] };
  const call = callsInProcess(clock, [citizenContract, citizenStepContract]);
  const context = (file?: UploadedFile): CallContext => call(id, subject, file);
  // These operations answer JSON, never a file.
  const viewed = async (asked: Promise<unknown>): Promise<OwnApplicationView> => (await asked) as OwnApplicationView;
  return {
    open: (key, vin) => viewed(handlers.open({ key, vin }, context())),
    view: (application) => viewed(handlers.get({ id: application }, context())),
    save: (application, { as, values, enterpriseId }) =>
      viewed(handlers.save({ id: application, as, values: values && { ...values }, enterpriseId }, context())),
    agree: (application, consent, version) => viewed(handlers.agree({ id: application, consent, version }, context())),
    photograph: (application, part, bytes) =>
      viewed(handlers.addPhoto({ id: application, part, key: randomUUID() }, context(jpegFile(`${part}.jpg`, bytes)))),
    step: (application, action, version, input) =>
      viewed(handlers[action]({ id: application, version, input: { ...input } }, context())),
  };
};

/** What the story of the citizens is told with. */
export interface CitizenStory {
  readonly elv: ElvArea;
  readonly clock: Clock;
  readonly end: Date;
  at(moment: Date): void;
  subjectOf(who: string): Subject;
  readonly photo: (part: string, vehicle: SimulatedVehicle) => Uint8Array;
  settle(): Promise<void>;
}

/** How far each application has come: the first has been taken and its case handed in, the next wait or were not taken, the last is half filled in. */
const plan = [
  { userId: 'osp-1003', n: 620_011, yard: 1, rests: 'accepted', daysAgo: 6 },
  { userId: 'osp-1003', n: 620_012, yard: 1, rests: 'submitted', daysAgo: 1 },
  { userId: 'osp-1003', n: 620_013, yard: 2, rests: 'declined', daysAgo: 3 },
  { userId: 'osp-1002', n: 620_001, yard: 1, rests: 'submitted', daysAgo: 1 },
  { userId: 'osp-1003', n: 620_014, yard: 1, rests: 'drafting', daysAgo: 1 },
] as const;

type Planned = (typeof plan)[number];

const vehicleOf = (n: number): SimulatedVehicle => {
  const vehicle = familyVehicle(familyVin(n));
  if (!vehicle) throw new Error(`the family has no ${n}`);
  return vehicle;
};

const enter = async ({ elv, clock }: CitizenStory, userId: string): Promise<string> => {
  const { db, crypto } = elv.citizenApplications.desk;
  const citizen = oneStopCitizens.find((one) => one.userId === userId);
  if (!citizen) throw new Error(`the one-stop service knows no ${userId}`);
  const { name, identityNo, mobile, level } = citizen;
  const vouched = { outsideId: userId, person: { name, identityNo, mobile }, level };
  return inTransaction(db, (tx) => keepCitizen(tx, crypto, vouched, clock.now()));
};

const answer = async ({ elv, subjectOf }: CitizenStory, id: string, { rests, yard }: Planned): Promise<void> => {
  const { engine, cases } = elv.citizenApplications.desk;
  const { id: actorId, name, organisationId, organisationName } = subjectOf(`clerk${yard}`);
  const action = rests === 'accepted' ? 'accept' : 'decline';
  const result = await engine.perform({
    caseId: id,
    action,
    input: action === 'decline' ? { reason: '场地已满，近期不能接收' } : {},
    expectedVersion: undefined,
    stepKey: `demo-${action}`,
    actor: { id: actorId, name, organisationId, organisationName, ip: '127.0.0.1' },
    traceId: `demo-${id}`,
    mayAct: () => true,
  });
  if (result.outcome !== 'done') throw new Error(`the demo's ${action} was ${result.outcome}`);
  const taken = result.snapshot.record.case;
  if (taken) await cases.readPapers(taken.id);
  await elv.desk.readings.idle();
};

const tellOne = async (story: CitizenStory, planned: Planned): Promise<void> => {
  const { elv, clock, end, at, photo, settle } = story;
  const hourMs = 3_600_000;
  const day = endOfShanghaiDay(plusDays(shanghaiDay(end), -planned.daysAgo)).getTime();
  at(new Date(Math.min(day - 12 * hourMs, end.getTime() - 3 * hourMs)));
  const hands = citizenHandsInProcess(elv, clock, await enter(story, planned.userId));
  const vehicle = vehicleOf(planned.n);
  const citizen = oneStopCitizens.find(({ userId }) => userId === planned.userId);
  const own = vehiclesOf(citizen?.identityNo ?? '', []).some(({ papers }) => papers.vin === vehicle.papers.vin);
  const applying = {
    vehicle,
    as: own ? ('owner' as const) : ('agent' as const),
    enterpriseId: `yard-${planned.yard}`,
    picture: (part: string) => photo(part, vehicle),
  };
  if (planned.rests === 'drafting') {
    const { id } = await hands.open(randomUUID());
    await agreeFirst(hands, await hands.save(id, { as: 'agent' }));
    await hands.photograph(id, 'licence-main', applying.picture('licence-main'));
    return;
  }
  const { id } = await applyFor(hands, applying);
  if (planned.rests === 'submitted') return;
  at(new Date(clock.now().getTime() + hourMs));
  await answer(story, id, planned);
  await settle();
};

/** Tells of a few citizens who applied, so that phone and desk have something to show. */
export const tellCitizens = async (story: CitizenStory): Promise<void> => {
  for (const planned of plan) await tellOne(story, planned);
};

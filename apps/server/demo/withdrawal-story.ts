import { randomUUID } from 'node:crypto';
import { familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import type { ElvArea } from '#areas/elv/area.ts';
import { withdrawalContract } from '#areas/elv/withdrawal/model/withdrawal.contract.ts';
import type { WithdrawalState } from '#areas/elv/withdrawal/model/withdrawal.lifecycle.ts';
import { type PeopleAction, withdrawalStepContract } from '#areas/elv/withdrawal/model/withdrawal.steps.ts';
import type { WithdrawalView } from '#areas/elv/withdrawal/model/withdrawal.views.ts';
import { paperHandlers } from '#areas/elv/withdrawal/server/paper.handlers.ts';
import { withdrawalStepHandlers } from '#areas/elv/withdrawal/server/step.handlers.ts';
import { withdrawalHandlers } from '#areas/elv/withdrawal/server/withdrawal.handlers.ts';
import type { Subject } from '#kernel/access/access.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { UploadedFile } from '#kernel/contract/uploaded-file.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { endOfShanghaiDay, plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import { callsInProcess, jpegFile } from './calls-in-process.ts';
import type { Hands } from './hands.ts';
import { openFor, type Walker, walkTo } from './walk.ts';
import { applyFor, type WithdrawalHands } from './withdrawal-walk.ts';

/** Hands that work in this process, through the same handlers and engine that serve HTTP. */
const handsInProcess = (
  { withdrawals: { desk } }: ElvArea,
  clock: Clock,
  subjectOf: (who: string) => Subject,
): WithdrawalHands => {
  const handlers = { ...withdrawalHandlers(desk), ...paperHandlers(desk) };
  const taking = withdrawalStepHandlers(desk, withdrawalStepContract);
  const call = callsInProcess(clock, [withdrawalContract]);
  const as = (who: string, file?: UploadedFile): CallContext => call(who, subjectOf(who), file);
  // These operations answer JSON, never a file.
  const view = async (who: string, id: string) => (await handlers.get({ id }, as(who))) as WithdrawalView;
  return {
    view,
    open: async (who, caseId) => ((await handlers.open({ caseId }, as(who))) as { id: string }).id,
    fill: async (who, id, values) => {
      const changes = Object.fromEntries(Object.entries(values).map(([name, now]) => [name, { was: null, now }]));
      await handlers.saveApplication({ id, changes }, as(who));
    },
    attach: async (who, id, part, key, bytes) =>
      ((await handlers.addPaper({ id, part, key }, as(who, jpegFile(`${part}.jpg`, bytes)))) as { id: string }).id,
    step: async (who, id, action, input = {}) => {
      const { version } = await view(who, id);
      const taken = await taking[action]({ id, version, key: randomUUID(), input: { ...input } }, as(who));
      return (taken as { state: string }).state;
    },
  };
};

type Turn = readonly [who: string, action: PeopleAction, input?: object];

/** One withdrawal of the demo: whose case, how far it had come, and what was done with the withdrawal. */
interface ToldWithdrawal {
  readonly yard: number;
  readonly from: 'deskReview' | 'admitted';
  readonly successorId: string | null;
  readonly turns: readonly Turn[];
  readonly rests: WithdrawalState;
  readonly daysAgo: number;
}

const same = { reason: '已与车主核实，车辆未拆解' };

const plan: readonly ToldWithdrawal[] = [
  {
    yard: 1,
    from: 'deskReview',
    successorId: null,
    turns: [['clerk1', 'submit']],
    rests: 'internalReview',
    daysAgo: 1,
  },
  {
    yard: 1,
    from: 'admitted',
    successorId: null,
    turns: [
      ['clerk1', 'submit'],
      ['review1', 'passInternal', same],
    ],
    rests: 'commissionReview',
    daysAgo: 2,
  },
  {
    yard: 1,
    from: 'admitted',
    successorId: 'yard-2',
    turns: [
      ['clerk1', 'submit'],
      ['review1', 'passInternal', same],
      ['commission1', 'grant', { reason: '车辆未拆解，同意更换企业' }],
    ],
    rests: 'awaitingTakeOver',
    daysAgo: 3,
  },
  {
    yard: 1,
    from: 'deskReview',
    successorId: null,
    turns: [
      ['clerk1', 'submit'],
      ['review1', 'passInternal', same],
    ],
    rests: 'granted',
    daysAgo: 6,
  },
  {
    yard: 2,
    from: 'admitted',
    successorId: 'yard-1',
    turns: [
      ['clerk2', 'submit'],
      ['review2', 'passInternal', same],
      ['commission2', 'grant', { reason: '车辆未拆解，同意更换企业' }],
      ['clerk1', 'takeOver'],
    ],
    rests: 'handedOn',
    daysAgo: 5,
  },
  {
    yard: 2,
    from: 'admitted',
    successorId: null,
    turns: [
      ['clerk2', 'submit'],
      ['review2', 'passInternal', same],
      ['commission1', 'refuse', { reason: '撤销理由不充分，请与车主核实后再申请' }],
    ],
    rests: 'refused',
    daysAgo: 8,
  },
];

/** What the story of withdrawals is told with. `at` sets the story's clock, `know` makes a vehicle known to the simulated systems. */
export interface WithdrawalStory {
  readonly elv: ElvArea;
  readonly hands: Hands;
  readonly clock: Clock;
  readonly at: (moment: Date) => void;
  readonly end: Date;
  readonly subjectOf: (who: string) => Subject;
  readonly photo: Walker['photo'];
  readonly know: (vehicle: SimulatedVehicle) => void;
  readonly settle: () => Promise<void>;
}

const hourMs = 3_600_000;

const tellOne = async (story: WithdrawalStory, told: ToldWithdrawal, order: number): Promise<void> => {
  const { hands, clock, photo, at, end, settle } = story;
  const vehicle = familyVehicle(familyVin(980_000 + order, told.from === 'deskReview' ? 'D' : 'A'));
  if (!vehicle) throw new Error(`the family has no vehicle ${order}`);
  story.know(vehicle);
  const clerk = `clerk${told.yard}`;
  const cast = { clerk, desk: 'desk1', commission: 'commission2' };
  // Of that day, from nine in the morning.
  let moment = endOfShanghaiDay(plusDays(shanghaiDay(end), -told.daysAgo)).getTime() - 15 * hourMs;
  const later = (): void => {
    moment += hourMs / 2;
    at(new Date(moment));
  };
  later();
  const walker: Walker = { hands, clock, cast, vehicle, registered: true, photo };
  const caseId = await openFor(walker);
  await walkTo(walker, caseId, [told.from], async () => {
    await settle();
    later();
  });
  const people = handsInProcess(story.elv, clock, story.subjectOf);
  const consent = photo('power-of-attorney', vehicle);
  const id = await applyFor(people, { caseId, clerk, successorId: told.successorId, consent, newKey: randomUUID });
  let rests = '';
  for (const [who, action, input] of told.turns) {
    later();
    rests = await people.step(who, id, action, input);
  }
  if (rests !== told.rests) throw new Error(`a withdrawal of the demo rests in ${rests}, not in ${told.rests}`);
};

/** Tells the demo's withdrawals: one for every place a withdrawal may rest in that somebody looks at, and how some ended. */
export const tellWithdrawals = async (story: WithdrawalStory): Promise<void> => {
  for (const [order, told] of plan.entries()) await tellOne(story, told, order);
};

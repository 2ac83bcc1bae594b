import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ElvArea } from '#areas/elv/area.ts';
import type { Subject } from '#kernel/access/access.ts';
import { Failure } from '#kernel/contract/failure.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { UploadedFile } from '#kernel/contract/uploaded-file.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import { registryContract } from '#practices/registry/model/registry.contract.ts';
import type { RegistryState } from '#practices/registry/model/registry.lifecycle.ts';
import { registryStepContract } from '#practices/registry/model/registry.steps.ts';
import type { EntryView } from '#practices/registry/model/registry.views.ts';
import { entryHandlers } from '#practices/registry/server/entry.handlers.ts';
import { fileHandlers } from '#practices/registry/server/file.handlers.ts';
import { registryStepHandlers } from '#practices/registry/server/step.handlers.ts';
import { yardValues } from './demo-dismantlers.ts';
import { type RegistryHands, walkEntryTo } from './registry-walk.ts';

const fileOf = (name: string, bytes: Uint8Array): UploadedFile => ({
  name,
  declaredType: 'image/jpeg',
  stream: Readable.from([Buffer.from(bytes)]),
});

/** Hands that work in this process, through the same handlers and engine that serve HTTP. */
const handsInProcess = (
  { dismantlers: { desk } }: ElvArea,
  clock: Clock,
  subjectOf: (who: string) => Subject,
): RegistryHands => {
  const { profile } = desk;
  const steps = registryStepContract(profile);
  const handlers = { ...entryHandlers(desk), ...fileHandlers(desk) };
  const taking = registryStepHandlers(desk, steps);
  const errors = Object.assign({}, ...Object.values(registryContract(profile)).map((one) => one.errors));
  const as = (who: string, file?: UploadedFile): CallContext => ({
    subject: subjectOf(who),
    ip: '127.0.0.1',
    userAgent: '',
    now: clock.now(),
    traceId: `demo-${who}`,
    file,
    sessionToken: undefined,
    setSession: () => undefined,
    leaveRead: async () => undefined,
    fail: (code, more = {}) => {
      const declared: { status: number; message: string } | undefined = errors[code];
      const told = more.problems?.map(({ message }) => message).join('；');
      throw new Failure(declared?.status ?? 500, code, more.message ?? told ?? declared?.message ?? code, more);
    },
  });
  // These operations answer JSON, never a file.
  const view = async (who: string, id: string) => (await handlers.get({ id }, as(who))) as EntryView;
  return {
    view,
    open: async (who) => ((await handlers.open({}, as(who))) as { id: string }).id,
    save: async (who, id, section, before, values) => {
      const changes = Object.fromEntries(
        Object.entries(values).map(([name, now]) => [name, { was: before[name] ?? null, now }]),
      );
      await handlers.saveSection({ id, section, changes }, as(who));
    },
    attach: async (who, id, part, key, bytes) =>
      ((await handlers.addFile({ id, part, key }, as(who, fileOf(`${part}.jpg`, bytes)))) as { id: string }).id,
    step: async (who, id, action, input = {}) => {
      const { version } = await view(who, id);
      const taken = await taking[action]({ id, version, key: randomUUID(), input: { ...input } }, as(who));
      return (taken as { state: string }).state;
    },
  };
};

/** Where each yard's entry rests at the end of the story, and how many days before it its last step was taken. */
const plan: readonly (readonly [yard: number, rests: RegistryState, daysAgo: number])[] = [
  [1, 'registered', 300],
  [2, 'registered', 200],
  [3, 'firstReview', 1],
  [4, 'secondReview', 2],
];

/** What the story of the registry is told with. `at` sets the story's clock. */
export interface RegistryStory {
  readonly elv: ElvArea;
  readonly clock: Clock;
  readonly at: (moment: Date) => void;
  readonly end: Date;
  readonly subjectOf: (who: string) => Subject;
  readonly picture: (name: string) => Uint8Array;
  readonly settle: () => Promise<void>;
}

const dayMs = 86_400_000;
const pictures: Readonly<Record<string, string>> = { 'business-licence': 'business-licence', site: 'whole' };

/** The first yard has grown since it was registered, and its change waits for the first review. */
const tellChange = async (hands: RegistryHands, id: string, today: string): Promise<void> => {
  const clerk = 'clerk1';
  await hands.step(clerk, id, 'beginChange');
  const { sections } = await hands.view(clerk, id);
  const valuesOf = (section: string) => sections.find((one) => one.id === section)?.values ?? {};
  const grown = { yearlyCapacity: 65_000, siteArea: 36_000 };
  const renewed = { validUntil: plusDays(today, 1_400), certificateNo: 'SIM-310001B' };
  await hands.save(clerk, id, 'capacity', valuesOf('capacity'), grown);
  await hands.save(clerk, id, 'qualification', valuesOf('qualification'), renewed);
  await hands.step(clerk, id, 'submit');
};

/**
 * Tells how the demo's yards came into the registry: two stand in it, one of them soon to lapse, the other with a change under way; two wait
 * for a review; the fifth has not declared itself. `long-ago` is told before the story of the cases, `lately` after it.
 */
export const tellRegistry = async (story: RegistryStory, when: 'long-ago' | 'lately'): Promise<void> => {
  const { elv, clock, at, end, subjectOf, picture, settle } = story;
  const hands = handsInProcess(elv, clock, subjectOf);
  const today = shanghaiDay(end);
  for (const [number, rests, daysAgo] of plan) {
    if ((when === 'long-ago') !== daysAgo > 100) continue;
    at(new Date(end.getTime() - daysAgo * dayMs));
    const cast = { clerk: `clerk${number}`, first: 'commission1', second: 'commission2' };
    const picked = (part: string): Uint8Array => picture(pictures[part] ?? 'statement');
    const values = yardValues(number, today);
    await walkEntryTo({ hands, cast, values, picture: picked, newKey: randomUUID, settle }, rests);
  }
  if (when === 'long-ago') return;
  at(new Date(end.getTime() - dayMs / 2));
  await tellChange(hands, await hands.open('clerk1'), today);
};

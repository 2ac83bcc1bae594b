import { randomUUID } from 'node:crypto';
import type { ElvArea } from '#areas/elv/area.ts';
import type { Subject } from '#kernel/access/access.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import type { RegistryState } from '#practices/registry/model/registry.lifecycle.ts';
import { yardValues } from './demo-dismantlers.ts';
import { registryHandsInProcess } from './registry-hands.ts';
import { type RegistryHands, walkEntryTo } from './registry-walk.ts';

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
  const hands = registryHandsInProcess(elv.dismantlers.desk, clock, subjectOf);
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

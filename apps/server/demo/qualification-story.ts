import { randomUUID } from 'node:crypto';
import type { QualificationAction } from '#areas/elv/qualification/model/qualification.lifecycle.ts';
import { endOfShanghaiDay, plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import {
  applicationValues,
  applyFor,
  aQualification,
  type QualificationWalker,
  takeStep,
} from './qualification-walk.ts';
import { registryHandsInProcess } from './registry-hands.ts';
import type { RegistryStory } from './registry-story.ts';
import { fillEntry } from './registry-walk.ts';

const officeHoursBeforeMidnight = 14 * 3_600_000;
const pictures: Readonly<Record<string, string>> = { 'business-licence': 'business-licence', site: 'whole' };

/** When each yard's qualification was granted, in days before the end of the story. The seventh yard has none yet. */
const grantedDaysAgo = [700, 620, 540, 480, 430, 400];

const walkerOf = ({ elv, clock, subjectOf, picture, settle }: RegistryStory, number: number): QualificationWalker => {
  const today = (): string => shanghaiDay(clock.now());
  return {
    hands: registryHandsInProcess<QualificationAction>(elv.qualifications.desk, clock, subjectOf),
    cast: { clerk: `clerk${number}` },
    values: applicationValues(number, today()),
    picture: (part) => picture(pictures[part] ?? 'statement'),
    newKey: randomUUID,
    today,
    settle,
  };
};

/** The first yard's representative has changed: its change waits to be accepted. */
const tellChange = async (walker: QualificationWalker): Promise<void> => {
  const id = await walker.hands.open(walker.cast.clerk);
  await takeStep(walker, id, 'clerk', 'beginChange');
  const { application, capacity } = walker.values;
  const values = {
    ...walker.values,
    application: { ...application, matter: 'change', statement: '新增拆解线一条，年回收能力和场地面积增加' },
    capacity: { ...capacity, yearlyCapacity: 80_000, siteArea: 36_000 },
  };
  await fillEntry({ ...walker, values }, id);
  await takeStep(walker, id, 'clerk', 'submit');
  await walker.settle();
};

/** The sixth yard is suspended, after what was found there. */
const tellSuspension = async (walker: QualificationWalker): Promise<void> => {
  const id = await walker.hands.open(walker.cast.clerk);
  await takeStep(walker, id, 'decider', 'suspend');
};

/** The seventh yard is new, and waits to be visited. */
const tellApplication = async (walker: QualificationWalker): Promise<void> => {
  const id = await applyFor(walker);
  await takeStep(walker, id, 'officer', 'accept');
  await takeStep(walker, id, 'officer', 'passReview');
};

/**
 * Tells how the demo's yards came by their qualifications: six hold one, of which the sixth is suspended and the first has a change under way;
 * the seventh has applied, the eighth is not heard of. `long-ago` is told before the story of the cases, `lately` after it.
 */
export const tellQualifications = async (story: RegistryStory, when: 'long-ago' | 'lately'): Promise<void> => {
  const { at, end } = story;
  // In office hours.
  const before = (days: number): void =>
    at(new Date(endOfShanghaiDay(plusDays(shanghaiDay(end), -days)).getTime() - officeHoursBeforeMidnight));
  if (when === 'long-ago') {
    for (const [index, days] of grantedDaysAgo.entries()) {
      before(days);
      await aQualification(walkerOf(story, index + 1));
    }
    return;
  }
  before(12);
  await tellSuspension(walkerOf(story, 6));
  before(6);
  await tellApplication(walkerOf(story, 7));
  before(2);
  await tellChange(walkerOf(story, 1));
};

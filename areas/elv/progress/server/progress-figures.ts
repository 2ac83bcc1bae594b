import { durationAt } from '#practices/case-statistics/model/duration.ts';
import type { Figures, Share, Total } from '#practices/case-statistics/server/figures.store.ts';
import { districtName } from '#practices/place/model/shanghai-districts.ts';
import { type Stage, stageOf, stageTitles } from '../../vehicle-case/model/stages.ts';
import { type VehicleCaseState, vehicleCase } from '../../vehicle-case/model/vehicle-case.lifecycle.ts';
import type { Durations, ProgressFigures, QueueView, ShareView } from '../model/progress.contract.ts';

/** Cases past their deadline, as counted now. */
export interface OverdueCount {
  readonly state: string;
  readonly enterpriseId: string;
  readonly districtCode: string;
  readonly count: number;
}

/** What the numbers are shown with. */
export interface Beside {
  readonly overdue: readonly OverdueCount[];
  readonly oldest: ReadonlyMap<string, Date>;
  /** What an enterprise is called now. */
  readonly nameOf: (enterpriseId: string) => string;
}

const closed: VehicleCaseState = 'closed';
const isOpen = (state: string): boolean =>
  Object.hasOwn(vehicleCase.states, state) && vehicleCase.states[state as VehicleCaseState].kind !== 'final';

const sumOf = (some: readonly { readonly count: number }[]): number => some.reduce((sum, { count }) => sum + count, 0);

const durationsOf = (totals: readonly Total[]): Durations => {
  const count = sumOf(totals);
  const seconds = totals.reduce((sum, one) => sum + one.seconds, 0);
  return {
    count,
    median: durationAt(totals, 50),
    ninth: durationAt(totals, 90),
    mean: count === 0 ? null : Math.round(seconds / count),
  };
};

/** How many rest in a place now: what has come in and not gone out. */
const restingOf = (standing: readonly Share[]): number =>
  standing.reduce((sum, { measure, count }) => sum + (measure === 'state-in' ? count : -count), 0);

const queuesOf = ({ standing }: Figures, { overdue, oldest }: Beside): readonly QueueView[] =>
  Object.entries(vehicleCase.states).flatMap(([state, { title, kind }]) =>
    kind === 'final'
      ? []
      : [
          {
            state,
            title,
            stage: stageOf(state),
            kind,
            count: restingOf(standing.filter(({ place }) => place === state)),
            overdue: sumOf(overdue.filter((one) => one.state === state)),
            oldest: oldest.get(state)?.toISOString() ?? null,
          },
        ],
  );

type Owned = Pick<Share, 'enterpriseId' | 'districtCode'>;

/** The figures split by what each is of, the most in hand first. */
const sharesBy = (
  { shares, standing }: Figures,
  { overdue }: Beside,
  idOf: (owned: Owned) => string,
  titleOf: (id: string) => string,
): readonly ShareView[] => {
  const open = standing.filter(({ place }) => isOpen(place));
  const ids = [...new Set([...open, ...shares].map(idOf))];
  return ids
    .map((id) => {
      const own = shares.filter((one) => idOf(one) === id);
      const ended = own.filter(({ measure, place }) => measure === 'ended' && place === closed);
      return {
        id,
        title: titleOf(id),
        open: restingOf(open.filter((one) => idOf(one) === id)),
        overdue: sumOf(overdue.filter((one) => idOf(one) === id)),
        opened: sumOf(own.filter(({ measure }) => measure === 'opened')),
        closed: sumOf(ended),
        whole: durationsOf(ended),
      };
    })
    .filter(({ open: inHand, opened, closed: done }) => inHand + opened + done > 0)
    .sort((a, b) => b.open - a.open || b.opened - a.opened || a.title.localeCompare(b.title, 'zh-CN'));
};

/** Stages that take time; the last one is come to and over at once. */
const timedStages: readonly Stage[] = stageTitles.filter((stage) => stage !== '办结');

/** The figures of the page out of the numbers as they are kept. */
export const progressFiguresOf = (
  figures: Figures,
  beside: Beside,
): Pick<
  ProgressFigures,
  'stages' | 'whole' | 'opened' | 'closed' | 'endedOtherwise' | 'queues' | 'districts' | 'enterprises'
> => {
  const { totals } = figures;
  const of = (measure: Total['measure']): readonly Total[] => totals.filter((one) => one.measure === measure);
  const ended = of('ended');
  const whole = durationsOf(ended.filter(({ place }) => place === closed));
  return {
    stages: timedStages.map((stage) => ({
      stage,
      durations: durationsOf(of('stage-out').filter(({ place }) => place === stage)),
    })),
    whole,
    opened: sumOf(of('opened')),
    closed: whole.count,
    endedOtherwise: sumOf(ended) - whole.count,
    queues: [...queuesOf(figures, beside)],
    districts: [
      ...sharesBy(
        figures,
        beside,
        ({ districtCode }) => districtCode,
        (code) => (code === '' ? '未登记所在区' : districtName(code)),
      ),
    ],
    enterprises: [...sharesBy(figures, beside, ({ enterpriseId }) => enterpriseId, beside.nameOf)],
  };
};

import { type VehicleCaseState, vehicleCase } from './vehicle-case.lifecycle.ts';

/** The stages a stage bar shows, in order; the last one is where a case ends well. Source: tender R14. */
export const stageTitles = ['受理', '审核', '进场', '拆解', '出证', '注销', '办结'] as const;
/** One of {@link stageTitles}, or the end without scrapping. */
export type Stage = (typeof stageTitles)[number] | '终止';

const inOrder: readonly [Stage, readonly VehicleCaseState[]][] = [
  ['受理', ['intake']],
  ['审核', ['comparing', 'deskReview', 'confirming']],
  ['进场', ['admitted', 'handedOver', 'entryReview']],
  [
    '拆解',
    [
      'dismantling',
      'dismantleReview',
      'policeReview',
      'identityCorrecting',
      'identityReview',
      'identityConfirming',
      'identityTakingBack',
    ],
  ],
  ['出证', ['reporting', 'reportRefused', 'correcting', 'correctionReview']],
  ['注销', ['certified', 'deregistering', 'deregistered']],
  ['办结', ['closed']],
  ['终止', ['refused', 'discarded', 'withdrawn', 'wronglyDismantled']],
];

/** The stage a state belongs to. */
export const stageOf = (state: string): Stage =>
  inOrder.find(([, states]) => states.some((one) => one === state))?.[0] ?? '受理';

/** What a step of the timeline tells the stage bar. */
export interface StageStep {
  readonly toState: string;
  readonly at: Date;
}

/** One segment of the stage bar; `days` are whole days spent in it. */
export interface StageView {
  readonly key: string;
  readonly title: string;
  readonly status: 'done' | 'current' | 'ahead' | 'ended';
  readonly reachedAt: string | null;
  readonly days: number | null;
}

const dayMs = 86_400_000;

/** The stage bar of a case: when each stage was last entered and how long it took. */
export const stageBar = (
  state: string,
  openedAt: Date,
  steps: readonly StageStep[],
  now: Date,
): readonly StageView[] => {
  const entries = [{ toState: vehicleCase.initial as string, at: openedAt }, ...steps].map(({ toState, at }) => ({
    stage: stageOf(toState),
    at,
  }));
  const current = stageOf(state);
  const ended = current === '终止';
  const last = ended ? (entries.findLast(({ stage }) => stage !== '终止')?.stage ?? '受理') : current;
  const titles: readonly Stage[] = stageTitles;
  const place = (stage: Stage): number => titles.indexOf(stage);
  const leftAt = (index: number): Date =>
    entries[index + 1]?.at ?? (current === '办结' ? (entries.at(-1)?.at ?? now) : now);
  return [...stageTitles, ...(ended ? (['终止'] as const) : [])].map((title): StageView => {
    const here = entries.map((entry, index) => ({ ...entry, index })).filter(({ stage }) => stage === title);
    const spent = here.reduce((sum, { at, index }) => sum + Math.max(0, leftAt(index).getTime() - at.getTime()), 0);
    const status =
      title === current
        ? ended
          ? 'ended'
          : 'current'
        : title !== '终止' && place(title) <= place(last)
          ? 'done'
          : 'ahead';
    const reached = here[0]?.at;
    return {
      key: title,
      title,
      status: status === 'done' && !reached ? 'ahead' : status,
      reachedAt: status === 'ahead' ? null : (reached?.toISOString() ?? null),
      days: reached && status !== 'ahead' && title !== '办结' && title !== '终止' ? Math.floor(spent / dayMs) : null,
    };
  });
};

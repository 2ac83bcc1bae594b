import { type WithdrawalState, withdrawal } from './withdrawal.lifecycle.ts';
import { changesEnterprise, type Withdrawal } from './withdrawal.record.ts';

/** One segment of the stage bar; `days` are whole days spent in it. */
export interface StageView {
  readonly key: string;
  readonly title: string;
  readonly status: 'done' | 'current' | 'ahead' | 'ended';
  readonly reachedAt: string | null;
  readonly days: number | null;
}

const stageOf = (state: string): string => {
  if (state === 'nationalRefused') return '全国系统撤销';
  // The states of steps are the definition's own.
  const found = withdrawal.states[state as WithdrawalState];
  return 'publicStage' in found ? found.publicStage : '填报';
};

const ill: ReadonlySet<string> = new Set(['refused', 'recalled', 'declined']);
const dayMs = 86_400_000;

/** The stages this withdrawal goes through: reviews it needs, the national system where it was told, the new enterprise where there is one. */
export const stageBar = (
  scene: {
    readonly state: string;
    readonly openedAt: Date;
    readonly record: Pick<Withdrawal, 'application' | 'caseStood' | 'case'>;
    readonly steps: readonly { readonly toState: string; readonly at: Date }[];
  },
  now: Date,
): readonly StageView[] => {
  const { state, record } = scene;
  const entries = [{ stage: '填报', at: scene.openedAt }].concat(
    scene.steps.map(({ toState, at }) => ({ stage: stageOf(toState), at })),
  );
  const been = (title: string): boolean => entries.some(({ stage }) => stage === title);
  const wanted: readonly (readonly [string, boolean])[] = [
    ['填报', true],
    ['企业内部审核', true],
    ['商委审核', record.caseStood?.admitted ?? record.case.admitted],
    ['全国系统撤销', record.case.externalCaseId !== null],
    ['新企业接收', changesEnterprise(record)],
    ['办结', true],
  ];
  const titles = wanted.filter(([title, asked]) => asked || been(title)).map(([title]) => title);
  const current = stageOf(state);
  return titles.map((title): StageView => {
    const index = entries.findIndex(({ stage }) => stage === title);
    const reached = entries[index]?.at;
    const left = entries.slice(index + 1).find(({ stage }) => stage !== title)?.at ?? now;
    const status =
      title === current
        ? ill.has(state)
          ? 'ended'
          : state === 'granted' || state === 'handedOn'
            ? 'done'
            : 'current'
        : reached
          ? 'done'
          : 'ahead';
    return {
      key: title,
      title,
      status,
      reachedAt: reached?.toISOString() ?? null,
      days: reached && title !== '办结' ? Math.floor((left.getTime() - reached.getTime()) / dayMs) : null,
    };
  });
};

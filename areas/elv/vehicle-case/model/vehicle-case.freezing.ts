import { rule } from '#kernel/source/source.ts';
import { reason } from './vehicle-case.step-parts.ts';

const regulation = rule('报废机动车回收管理办法（国务院令第715号）', '第十条');

/** What becomes of a case whose vehicle the police look for: it is frozen wherever it stands, and goes on when the commission has their word for it. Source: Regulation 715 art. 10. */
export const stepsOfFreezing = <const S extends string>(from: readonly S[]) =>
  ({
    freeze: {
      title: '冻结案卷',
      source: regulation,
      by: 'police',
      from,
      to: 'stay',
      input: reason,
      puts: 'frozen',
      allowedUnder: ['withdrawal'],
    },
    liftFreeze: {
      title: '解除冻结',
      source: regulation,
      by: 'commission',
      from,
      to: 'stay',
      input: reason,
      signed: true,
      lifts: 'frozen',
      allowedUnder: ['withdrawal'],
      effects: [
        { do: 'run', hook: 'resume-period' },
        { do: 'run', hook: 'resume-comparison' },
      ],
      consequence: '请确认已向公安报告并得到可以继续办理的答复。',
    },
  }) as const;

import { tender } from '#kernel/source/source.ts';
import { nothingDismantled, submittedOnce } from './vehicle-case.guards.ts';
import { keepReason, reason } from './vehicle-case.step-parts.ts';

/** What the withdrawal of a case does to it: it is held while the withdrawal is under way, goes on when that comes to nothing, and ends when it is granted. Source: tender R08, R09. */
export const stepsOfWithdrawal = <const S extends string>(from: readonly S[]) =>
  ({
    holdForWithdrawal: {
      title: '撤销申请已提交，暂停办理',
      source: tender(8),
      by: 'withdrawal',
      from,
      to: 'stay',
      guards: [submittedOnce, nothingDismantled],
      puts: 'withdrawal',
    },
    releaseFromWithdrawal: {
      title: '撤销申请未准予或已撤回，恢复办理',
      source: tender(9),
      by: 'withdrawal',
      from,
      to: 'stay',
      input: reason,
      lifts: 'withdrawal',
      // The vehicle may have been frozen meanwhile; that stays.
      allowedUnder: ['frozen'],
      effects: [
        { do: 'run', hook: 'resume-period' },
        { do: 'run', hook: 'resume-comparison' },
      ],
    },
    withdraw: {
      title: '准予撤销',
      source: tender(8, 9),
      by: 'withdrawal',
      from,
      to: 'withdrawn',
      input: reason,
      signed: true,
      guards: [nothingDismantled],
      lifts: 'withdrawal',
      effects: [{ do: 'run', hook: 'release-vehicle' }],
      record: keepReason,
    },
  }) as const;

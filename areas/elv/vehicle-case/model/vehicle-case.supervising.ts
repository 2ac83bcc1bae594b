import { assumption, rule, tender } from '#kernel/source/source.ts';
import { notYetSupervised, supervisedSoFar } from './vehicle-case.guards.ts';
import type { VehicleCase } from './vehicle-case.record.ts';
import { handedBack, reason, takesNoFrozen } from './vehicle-case.step-parts.ts';

/** What the police decide of a dismantling under their supervision, and who says that a vehicle is to be dismantled so. Source: tender R04, R60. */
export const stepsOfSupervision = <const S extends string>(from: readonly S[]) =>
  ({
    passSupervised: {
      title: '监销审核通过',
      source: tender(4, 60),
      by: 'police',
      from: ['policeReview'],
      to: 'reporting',
    },
    returnSupervised: {
      title: '监销审核退回',
      source: tender(4, 60),
      by: 'police',
      from: ['policeReview'],
      to: 'dismantling',
      input: reason,
      newRound: true,
      ...handedBack,
      ...takesNoFrozen,
    },
    resendSupervised: {
      title: '重新报送公安',
      source: assumption('公安的审核结果可能在途中丢失；重新报送为新一轮，前一轮的结果不再采用'),
      by: 'commission',
      from: ['policeReview'],
      to: 'policeReview',
      input: reason,
      signed: true,
      newRound: true,
      consequence: '将以新的轮次再次报送公安，前一轮如有结果不再采用。',
    },
    raiseSupervision: {
      title: '升级为监销',
      source: rule('报废机动车回收管理办法（国务院令第715号）', '第十一条'),
      by: 'staff',
      from,
      to: 'stay',
      input: reason,
      signed: true,
      guards: [notYetSupervised],
      record: (record: VehicleCase): VehicleCase => ({
        ...record,
        supervision: { ...record.supervision, raised: true, lowered: false },
      }),
      consequence: '升级后该车须在公安监督下解体。',
    },
    lowerSupervision: {
      title: '取消监销',
      source: assumption('人工降级须商委复核并留理由'),
      by: 'commission',
      from,
      to: 'stay',
      input: reason,
      signed: true,
      guards: [supervisedSoFar],
      record: (record: VehicleCase): VehicleCase => ({
        ...record,
        supervision: { ...record.supervision, raised: false, lowered: true },
      }),
      consequence: '取消后该车按普通车辆拆解，由商务委审核。',
    },
  }) as const;

import { z } from 'zod';
import { refused, shanghaiDay, shanghaiTime, simulatedExchange } from '../exchange.ts';
import type { World } from '../world.ts';

const photos = z
  .array(z.strictObject({ kind: z.string().min(1), sm3: z.string().regex(/^[0-9a-f]{64}$/), ref: z.string().min(1) }))
  .min(1);

const instant = z.iso.datetime({ offset: true });

/** The police learn that a vehicle was recycled; from then on other enterprises are told. Source: domain 9.2 notifyRecycled. */
export const recycledNotices = simulatedExchange({
  system: 'police',
  name: 'notify-recycled',
  title: '回收信息告知',
  path: '/ext/police/recycled-notices',
  effect: 'write',
  sealedFields: [],
  request: z.strictObject({
    certificateNo: z.string().min(1).max(40),
    vin: z.string().min(1),
    plateNo: z.string().min(1),
    recycledOn: z.iso.date(),
    enterpriseCode: z.string().min(1),
    enterpriseName: z.string().min(1),
  }),
  answer: ({ vin, certificateNo, enterpriseCode, enterpriseName, recycledOn }, { world, now }) => {
    world.put('recycled', vin, { certificateNo, enterpriseCode, enterpriseName, recycledOn });
    return { data: { received: true, at: shanghaiTime(now) } };
  },
});

/** A notice given under a wrong identity is taken back: the vehicle it named counts as not recycled again. Source: assumption, connectors/police. */
export const recycledWithdrawals = simulatedExchange({
  system: 'police',
  name: 'withdraw-recycled',
  title: '回收信息撤回',
  path: '/ext/police/recycled-notices/withdrawals',
  effect: 'write',
  sealedFields: [],
  request: z.strictObject({
    certificateNo: z.string().min(1).max(40),
    vin: z.string().min(1),
    plateNo: z.string().min(1),
    enterpriseCode: z.string().min(1),
    reason: z.string().min(1),
    sequence: z.int().min(1),
  }),
  answer: ({ vin, certificateNo }, { world, now }) => {
    if (world.get('recycled', vin)?.certificateNo !== certificateNo) return refused('4040', '没有这份回收告知');
    world.drop('recycled', vin);
    return { data: { received: true, at: shanghaiTime(now) } };
  },
});

const opinions = {
  approved: '监督解体过程符合要求',
  returned: '掀顶断梁照片不清晰，请重新拍摄后报送',
  rejected: '解体过程不符合监督要求，不予通过',
} as const;

/** As told for this case or for whichever comes next, else as the vehicle's own script has it for the case's n-th submission. */
const decisionFor = (world: World, caseNo: string, vin: string, round: number): keyof typeof opinions => {
  for (const key of [caseNo, '*']) {
    const told = world.get('nextDecision', key);
    if (told) {
      world.drop('nextDecision', key);
      return told;
    }
  }
  const before = Array.from({ length: round - 1 }, (_, index) => world.get('supervised', `${caseNo}-${index + 1}`));
  const script = world.register.byVin(vin)?.behaviour.decisions ?? ['approved'];
  return script[Math.min(before.filter((one) => one).length, script.length - 1)] ?? 'approved';
};

/** A supervised dismantling is received; the decision comes later, by callback. Source: domain 9.2 submitSupervisedDismantle. */
export const supervisedDismantlings = simulatedExchange({
  system: 'police',
  name: 'submit-supervised-dismantling',
  title: '监销车辆拆解信息报送',
  path: '/ext/police/supervised-dismantlings',
  effect: 'write',
  sealedFields: [],
  request: z.strictObject({
    caseNo: z.string().min(1),
    round: z.int().min(1).max(999),
    vin: z.string().min(1),
    plateNo: z.string().min(1),
    photos,
    videoRefs: z.array(z.string().min(1)),
    dismantledOn: z.iso.date(),
    roofLiftedAt: instant,
    assembliesDismantledAt: instant,
  }),
  answer: ({ caseNo, round, vin, roofLiftedAt, assembliesDismantledAt }, { world, now }) => {
    if (Date.parse(roofLiftedAt) > Date.parse(assembliesDismantledAt))
      return refused('4220', '掀顶断梁时间晚于总成拆解时间');
    const decision = decisionFor(world, caseNo, vin, round);
    world.put('supervised', `${caseNo}-${round}`, {
      caseNo,
      round,
      vin,
      decision,
      opinion: opinions[decision],
      dueAt: now.getTime() + world.settings.decisionDelayMs,
      told: false,
    });
    return {
      data: { acceptanceNo: `JX${shanghaiDay(now)}${String(world.next()).padStart(6, '0')}`, status: 'received' },
    };
  },
});

/** The police confirm that plates were destroyed. Source: domain 9.2 confirmPlateDestruction. */
export const plateDestructions = simulatedExchange({
  system: 'police',
  name: 'confirm-plate-destruction',
  title: '号牌销毁确认',
  path: '/ext/police/plate-destructions',
  effect: 'write',
  sealedFields: [],
  request: z.strictObject({ certificateNo: z.string().min(1), plateNo: z.string().min(1), photos }),
  answer: ({ plateNo, certificateNo }, { world, now }) => {
    world.put('destroyedPlate', plateNo, { certificateNo });
    return { data: { confirmed: true, at: shanghaiTime(now) } };
  },
});

/** What was told of plates under a wrong identity is taken back: they count as not destroyed again. Source: assumption, connectors/police. */
export const plateDestructionWithdrawals = simulatedExchange({
  system: 'police',
  name: 'withdraw-plate-destruction',
  title: '号牌销毁撤回',
  path: '/ext/police/plate-destructions/withdrawals',
  effect: 'write',
  sealedFields: [],
  request: z.strictObject({
    certificateNo: z.string().min(1),
    plateNo: z.string().min(1),
    reason: z.string().min(1),
    sequence: z.int().min(1),
  }),
  answer: ({ plateNo, certificateNo }, { world, now }) => {
    if (world.get('destroyedPlate', plateNo)?.certificateNo !== certificateNo)
      return refused('4040', '没有这份号牌销毁确认');
    world.drop('destroyedPlate', plateNo);
    return { data: { received: true, at: shanghaiTime(now) } };
  },
});

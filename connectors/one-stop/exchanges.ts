import { z } from 'zod';
import { connector, exchange } from '#kernel/connector/connector.ts';
import { maybe, wireDate, wireInstant } from '#kernel/connector/wire-values.ts';
import { assumption, tender } from '#kernel/source/source.ts';

const reference = z.string().min(1).max(100);

/** The code of a resident identity card among the kinds of papers. Source: assumption, see README.md. */
export const residentCard = '01';

const exchangeCode = exchange({
  title: '以授权码换取令牌',
  source: tender(62),
  direction: 'out',
  // Asked anew it is refused: a code serves once, so nothing is done twice.
  effect: 'read',
  request: z.object({ reference, code: z.string().min(1).max(200), redirectUri: z.string().min(1).max(300) }),
  response: z.object({ accessToken: z.string().min(1).max(200), expiresIn: z.int().min(1) }),
  key: (request) => request.reference,
  timeoutSeconds: 10,
  sealedFields: ['code'],
  sealedAnswer: ['accessToken'],
  forgetsRequest: true,
});

const getPerson = exchange({
  title: '取得登录人信息',
  source: tender(62),
  direction: 'out',
  effect: 'read',
  request: z.object({ reference, accessToken: z.string().min(1).max(200) }),
  response: z.object({
    userId: z.string().min(1).max(60),
    name: z.string().min(1).max(100),
    idType: z.string().min(1).max(20),
    idNo: z.string().min(1).max(40),
    mobile: maybe(z.string().max(30)),
    /** How well it is known who that is: L1 a password, L2 a phone, L3 papers, L4 a face. */
    level: z.enum(['L1', 'L2', 'L3', 'L4']),
  }),
  key: (request) => request.reference,
  timeoutSeconds: 10,
  sealedFields: ['accessToken'],
  sealedAnswer: ['name', 'idNo', 'mobile'],
  forgetsRequest: true,
});

const listVehicles = exchange({
  title: '查询本人名下车辆',
  source: tender(62),
  direction: 'out',
  effect: 'read',
  request: z.object({ reference, userId: z.string().min(1).max(60), idNo: z.string().min(1).max(40) }),
  response: z.object({
    vehicles: z
      .array(
        z.object({
          vin: z.string().min(1).max(30),
          plateNo: z.string().min(1).max(20),
          plateTypeCode: z.string().length(2),
          vehicleTypeCode: maybe(z.string().max(10)),
          useNatureCode: maybe(z.string().max(10)),
          fuelTypeCode: maybe(z.string().max(10)),
          brandModel: maybe(z.string().max(100)),
          engineNo: maybe(z.string().max(60)),
          registrationDate: maybe(wireDate),
        }),
      )
      .max(50),
  }),
  key: (request) => request.reference,
  timeoutSeconds: 10,
  sealedFields: ['idNo'],
  forgetsRequest: true,
});

/** The stages the one-stop service shows its citizens. Source: domain 9.6. */
export const oneStopStages = [
  '已提交',
  '受理',
  '审核',
  '进场',
  '拆解',
  '出证',
  '注销',
  '办结',
  '退回',
  '终止',
] as const;
/** One of {@link oneStopStages}. */
export type OneStopStage = (typeof oneStopStages)[number];

const reportStage = exchange({
  title: '回写办理进度',
  source: tender(62),
  direction: 'out',
  effect: 'write',
  request: z.object({
    applicationNo: z.string().min(1).max(40),
    /** Which of the application's passages this is; the same stage may be come to again. */
    occasion: z.string().min(1).max(40),
    /** The later of two messages on one application has the greater: what is shown is what the greatest told, in whatever order they come. */
    sequence: z.int().min(1),
    stage: z.enum(oneStopStages),
    /** What the citizen is told beside it; of nobody. */
    note: z.string().max(200),
    at: wireInstant,
  }),
  response: z.object({ received: z.literal(true) }),
  key: ({ applicationNo, occasion, stage }) => `${applicationNo}:${occasion}:${stage}`,
  timeoutSeconds: 15,
});

/** The city's one-stop service: who a citizen is, which vehicles are theirs, and where they see how their application stands. Source: tender R62. */
export const oneStop = connector({
  id: 'one-stop',
  title: '一网通办',
  source: assumption('“一网通办”的官方报文未取得，按领域手册 9.6 的形态拟定', '0044'),
  exchanges: {
    'exchange-code': exchangeCode,
    'get-person': getPerson,
    'list-vehicles': listVehicles,
    'report-stage': reportStage,
  },
});

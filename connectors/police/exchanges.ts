import { z } from 'zod';
import { connector, exchange } from '#kernel/connector/connector.ts';
import { maybe, wireDate, wireFlag, wireInstant } from '#kernel/connector/wire-values.ts';
import { assumption, rule, tender } from '#kernel/source/source.ts';

const vin = z.string().min(1).max(30);
const plateNo = z.string().min(1).max(12);
/** Our own reference for a query, such as case number and round; the police ask what a query is for. */
const reference = z.string().min(1).max(100);
const sm3 = z.string().regex(/^[0-9a-f]{64}$/);
const photo = z.object({ kind: z.string().min(1).max(40), sm3, ref: z.string().min(1).max(200) });

/** Status letters travel as one text (`GQ`) or as a list; parsed to a list of single letters without repeats. */
const statusCodes = z
  .union([z.string().regex(/^[A-Z]+$/), z.array(z.string().regex(/^[A-Z]$/)).min(1)])
  .transform((codes) => [...new Set(codes)]);

const checkVehicle = exchange({
  title: '车辆状态与登记信息查询',
  source: tender(1, 2, 60),
  direction: 'out',
  effect: 'read',
  request: z.object({ reference, vin, plateNo, plateTypeCode: z.string().length(2) }),
  response: z.object({
    vin,
    plateNo: maybe(plateNo),
    plateTypeCode: maybe(z.string()),
    statusCodes,
    typeCode: maybe(z.string()),
    useNature: maybe(z.string()),
    fuel: maybe(z.string()),
    brandModel: maybe(z.string()),
    engineNo: maybe(z.string()),
    ownerName: maybe(z.string()),
    ownerIdHash: maybe(sm3),
    registrationDate: maybe(wireDate),
    mandatoryScrapDate: maybe(wireDate),
    pledgeFlag: maybe(wireFlag),
    sealFlag: maybe(wireFlag),
    supervisedHint: maybe(wireFlag),
    scrapHistory: z
      .array(z.object({ certificateNo: z.string(), enterprise: z.string(), recycledOn: wireDate }))
      .nullish()
      .transform((history) => history ?? []),
    asOf: wireInstant,
  }),
  key: (request) => request.reference,
  timeoutSeconds: 20,
});

const compareOwner = exchange({
  title: '车辆与所有人一致性比对',
  source: tender(1, 60),
  direction: 'out',
  effect: 'read',
  request: z.object({ reference, vin, ownerName: z.string().min(1).max(100), identityNo: z.string().min(1).max(40) }),
  response: z.object({ match: z.enum(['full', 'partial', 'none']), mismatchFields: z.array(z.string()).default([]) }),
  key: (request) => request.reference,
  timeoutSeconds: 20,
  sealedFields: ['ownerName', 'identityNo'],
});

const checkDuplicateAcceptance = exchange({
  title: '重复受理查询',
  source: tender(1, 60),
  direction: 'out',
  effect: 'read',
  request: z.object({ reference, vin, enterpriseCode: z.string().min(1).max(18) }),
  response: z.object({ acceptedByOther: wireFlag, enterprise: maybe(z.string()), since: maybe(wireDate) }),
  key: (request) => request.reference,
  timeoutSeconds: 20,
});

const queryInspectionRecords = exchange({
  title: '查验流水与查验照片查询',
  source: tender(60),
  direction: 'out',
  effect: 'read',
  request: z.object({ reference, vin, plateNo }),
  response: z.object({
    records: z.array(
      z.object({
        serialNo: z.string(),
        inspectedOn: wireDate,
        station: maybe(z.string()),
        result: z.string(),
        photos: z.array(z.object({ kind: z.string(), url: z.url(), expiresAt: wireInstant })),
      }),
    ),
  }),
  key: (request) => request.reference,
  timeoutSeconds: 30,
});

const notifyRecycled = exchange({
  title: '回收信息告知',
  source: tender(6, 60),
  direction: 'out',
  effect: 'write',
  request: z.object({
    certificateNo: z.string().min(1).max(40),
    vin,
    plateNo,
    recycledOn: z.iso.date(),
    enterpriseCode: z.string().min(1).max(18),
    enterpriseName: z.string().min(1).max(100),
  }),
  response: z.object({ received: z.literal(true), at: wireInstant }),
  key: (request) => request.certificateNo,
  timeoutSeconds: 20,
});

/** Which time it is that something told is taken back: once more where it came late, after it had been taken back. */
const sequence = z.int().min(1).default(1);
const keyOf = (key: string, time: number): string => (time === 1 ? key : `${key}-${time}`);

const withdrawRecycled = exchange({
  title: '回收信息撤回',
  source: assumption('手册 9.2 只有回收告知；车辆身份登记错误的，须撤回错误的告知，否则公安一直以为另一辆车已报废'),
  direction: 'out',
  effect: 'write',
  request: z.object({
    certificateNo: z.string().min(1).max(40),
    vin,
    plateNo,
    enterpriseCode: z.string().min(1).max(18),
    reason: z.string().min(1).max(500),
    sequence,
  }),
  response: z.object({ received: z.literal(true), at: wireInstant }),
  key: (request) => keyOf(request.certificateNo, request.sequence),
  timeoutSeconds: 20,
});

const submitSupervisedDismantling = exchange({
  title: '监销车辆拆解信息报送',
  source: rule('报废机动车回收管理办法（国务院令第715号）', '第十一条'),
  direction: 'out',
  effect: 'write',
  request: z.object({
    caseNo: z.string().min(1).max(40),
    round: z.int().min(1),
    vin,
    plateNo,
    photos: z.array(photo).min(1),
    videoRefs: z.array(z.string().min(1).max(200)),
    dismantledOn: z.iso.date(),
    roofLiftedAt: z.iso.datetime({ offset: true }),
    assembliesDismantledAt: z.iso.datetime({ offset: true }),
  }),
  response: z.object({ acceptanceNo: z.string().min(1), status: z.literal('received') }),
  key: (request) => `${request.caseNo}-${request.round}`,
  timeoutSeconds: 30,
});

const supervisedDecision = exchange({
  title: '监销审核结果',
  source: tender(4, 60),
  direction: 'in',
  effect: 'write',
  request: z.object({
    caseNo: z.string().min(1).max(40),
    round: z.int().min(1),
    decision: z.enum(['approved', 'returned', 'rejected']),
    opinion: maybe(z.string().max(500)),
    decidedAt: wireInstant,
  }),
  response: z.object({ status: z.string() }),
  key: (request) => `${request.caseNo}-${request.round}`,
  timeoutSeconds: 30,
});

const confirmPlateDestruction = exchange({
  title: '号牌销毁确认',
  source: tender(60),
  direction: 'out',
  effect: 'write',
  request: z.object({ certificateNo: z.string().min(1).max(40), plateNo, photos: z.array(photo).min(1) }),
  response: z.object({ confirmed: wireFlag, at: wireInstant }),
  key: (request) => `${request.plateNo}+${request.certificateNo}`,
  timeoutSeconds: 20,
});

const withdrawPlateDestruction = exchange({
  title: '号牌销毁撤回',
  source: assumption('手册 9.2 只有号牌销毁确认；车辆身份登记错误的，须撤回，否则公安一直以为另一副号牌已销毁'),
  direction: 'out',
  effect: 'write',
  request: z.object({
    certificateNo: z.string().min(1).max(40),
    plateNo,
    reason: z.string().min(1).max(500),
    sequence,
  }),
  response: z.object({ received: z.literal(true), at: wireInstant }),
  key: (request) => keyOf(`${request.plateNo}+${request.certificateNo}`, request.sequence),
  timeoutSeconds: 20,
});

/** The traffic police, reached through the city's big-data centre: minutes of delay are normal, an answer is never assumed. Source: tender R60. */
export const police = connector({
  id: 'police',
  title: '大数据中心-公安专网',
  source: assumption('官方报文不可得，字段、错误码与幂等键按领域手册 9.2 拟定'),
  exchanges: {
    'check-vehicle': checkVehicle,
    'compare-owner': compareOwner,
    'check-duplicate-acceptance': checkDuplicateAcceptance,
    'query-inspection-records': queryInspectionRecords,
    'notify-recycled': notifyRecycled,
    'withdraw-recycled': withdrawRecycled,
    'submit-supervised-dismantling': submitSupervisedDismantling,
    'supervised-decision': supervisedDecision,
    'confirm-plate-destruction': confirmPlateDestruction,
    'withdraw-plate-destruction': withdrawPlateDestruction,
  },
});

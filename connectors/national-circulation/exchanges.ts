import { z } from 'zod';
import { connector, exchange } from '#kernel/connector/connector.ts';
import { maybe, wireDate } from '#kernel/connector/wire-values.ts';
import { assumption, tender } from '#kernel/source/source.ts';

const sm3 = z.string().regex(/^[0-9a-f]{64}$/);
const externalCaseId = z.string().min(1).max(60);
/** Opaque; the national pattern is not published, so it is never checked beyond its alphabet. Source: domain 2.5. */
const certificateNo = z.string().regex(/^[A-Za-z0-9-]{1,40}$/);
const party = z.object({
  name: z.string().min(1).max(100),
  identityNo: z.string().min(1).max(40),
  phone: z.string().min(1).max(30),
});

const submitScrapCase = exchange({
  title: '报废车辆信息上报',
  source: tender(5, 57),
  direction: 'out',
  effect: 'write',
  request: z.object({
    caseNo: z.string().min(1).max(40),
    round: z.int().min(1),
    enterpriseCode: z.string().min(1).max(18),
    vehicle: z.object({
      vin: z.string().min(1).max(30),
      plateNo: z.string().max(12),
      plateTypeCode: z.string().max(2),
      vehicleTypeCode: z.string().min(1).max(4),
      useNatureCode: z.string().min(1).max(2),
      fuelTypeCode: z.string().max(2),
      engineNo: z.string().max(60),
      brandModel: z.string().max(100),
      curbWeightKg: z.int().min(0).nullable(),
      registrationDate: z.iso.date().nullable(),
      tractionBatteryCodes: z.array(z.string().min(1).max(40)),
    }),
    owner: party.extend({ kind: z.enum(['person', 'organisation']), address: z.string().max(200) }),
    agent: party.nullable(),
    handedOverOn: z.iso.date(),
    supervised: z.boolean(),
    assemblies: z.array(
      z.object({ kind: z.string().min(1).max(40), qty: z.int().min(0), disposition: z.string().min(1).max(40) }),
    ),
    photos: z.array(z.object({ kind: z.string().min(1).max(40), sm3, ref: z.string().min(1).max(200) })),
  }),
  response: z.object({ externalCaseId, status: z.string() }),
  key: (request) => `${request.caseNo}-${request.round}`,
  timeoutSeconds: 30,
  sealedFields: [
    'owner.name',
    'owner.identityNo',
    'owner.phone',
    'owner.address',
    'agent.name',
    'agent.identityNo',
    'agent.phone',
  ],
});

const getRecyclingCertificate = exchange({
  title: '回收证明查询',
  source: tender(6, 57),
  direction: 'out',
  effect: 'read',
  request: z.object({ externalCaseId }),
  response: z.discriminatedUnion('status', [
    z.object({ status: z.literal('pending') }),
    z.object({
      status: z.enum(['issued', 'void']),
      certificateNo,
      issuedOn: wireDate,
      qrUrl: maybe(z.url()),
      pdfRef: maybe(z.string()),
    }),
  ]),
  key: (request) => request.externalCaseId,
  timeoutSeconds: 20,
});

const submitDeregistration = exchange({
  title: '注销信息上报',
  source: tender(7, 57),
  direction: 'out',
  effect: 'write',
  request: z.object({
    externalCaseId,
    certificateNo,
    /** A refused report is corrected and sent again under the next round; the handbook's bare certificate number would forbid that. */
    round: z.int().min(1),
    deregisteredOn: z.iso.date(),
    materials: z.array(z.object({ kind: z.string().min(1).max(40), sm3, ref: z.string().min(1).max(200) })).min(1),
  }),
  response: z.object({ deregNo: z.string().min(1).max(60), status: z.string() }),
  key: (request) => `${request.certificateNo}-${request.round}`,
  timeoutSeconds: 30,
});

const getDeregistrationCertificate = exchange({
  title: '全国注销证明查询',
  source: tender(7, 57),
  direction: 'out',
  effect: 'read',
  request: z.object({ deregNo: z.string().min(1).max(60) }),
  response: z.discriminatedUnion('status', [
    z.object({ status: z.literal('pending') }),
    z.object({
      status: z.literal('issued'),
      certNo: z.string().min(1).max(60),
      issuedOn: wireDate,
      pdfRef: maybe(z.string()),
    }),
  ]),
  key: (request) => request.deregNo,
  timeoutSeconds: 20,
});

const withdrawScrapCase = exchange({
  title: '撤销报废上报',
  source: tender(8, 9, 57),
  direction: 'out',
  effect: 'write',
  /** The handbook's `voidCertificate` knows issued certificates only; a report whose certificate is not out yet must be withdrawn as well. */
  request: z.object({
    externalCaseId,
    certificateNo: certificateNo.nullable(),
    withdrawalNo: z.string().min(1).max(40),
    /** A refused withdrawal is asked for again under the next round. */
    round: z.int().min(1),
    reason: z.string().min(1).max(500),
  }),
  response: z.object({ status: z.literal('withdrawn') }),
  key: (request) => `${request.withdrawalNo}-${request.round}`,
  timeoutSeconds: 30,
});

/** The Ministry's nation-wide vehicle circulation system: takes reports, issues certificates. Source: tender R57. */
export const nationalCirculation = connector({
  id: 'national-circulation',
  title: '全国汽车流通信息管理系统',
  source: assumption('官方报文不可得，字段、错误码与幂等键按领域手册 9.1 拟定；证明待出具的状态由我方补充'),
  exchanges: {
    'submit-scrap-case': submitScrapCase,
    'get-recycling-certificate': getRecyclingCertificate,
    'submit-deregistration': submitDeregistration,
    'get-deregistration-certificate': getDeregistrationCertificate,
    'withdraw-scrap-case': withdrawScrapCase,
  },
});

import { z } from 'zod';
import { type Answer, refused, type Scene, shanghaiDay, shanghaiTime, simulatedExchange } from '../exchange.ts';
import { nationalFuels, nationalUseNatures } from './dictionaries.ts';

const files = z.array(
  z.strictObject({ kind: z.string().min(1), sm3: z.string().regex(/^[0-9a-f]{64}$/), ref: z.string().min(1) }),
);
const party = z.strictObject({ name: z.string().min(1), identityNo: z.string().min(1), phone: z.string().min(1) });

const scrapCase = z.strictObject({
  caseNo: z.string().min(1).max(40),
  round: z.int().min(1),
  enterpriseCode: z.string().min(1).max(18),
  vehicle: z.strictObject({
    vin: z.string().min(1).max(30),
    plateNo: z.string(),
    plateTypeCode: z.string(),
    vehicleTypeCode: z.string().min(1),
    useNatureCode: z.string(),
    fuelTypeCode: z.string(),
    engineNo: z.string(),
    brandModel: z.string(),
    curbWeightKg: z.int().nullable(),
    registrationDate: z.iso.date().nullable(),
    tractionBatteryCodes: z.array(z.string()),
  }),
  owner: party.extend({ kind: z.enum(['person', 'organisation']), address: z.string() }),
  agent: party.nullable(),
  handedOverOn: z.iso.date(),
  supervised: z.boolean(),
  assemblies: z.array(z.strictObject({ kind: z.string().min(1), qty: z.int().min(0), disposition: z.string().min(1) })),
  photos: files,
});

const refusalOf = (request: z.output<typeof scrapCase>, { world }: Scene): Answer | undefined => {
  const { vehicle } = request;
  const scripted = world.register.byVin(vehicle.vin)?.behaviour.nationalRefuses;
  if (scripted) return refused(scripted.code, scripted.message);
  if (!nationalUseNatures.has(vehicle.useNatureCode))
    return refused('4002', `字典码无效：使用性质 ${vehicle.useNatureCode}`);
  // Trailers have no fuel; the national table has no code for that, so they come without one.
  const trailer = /^[BG]/.test(vehicle.vehicleTypeCode);
  if (trailer ? vehicle.fuelTypeCode !== '' : !nationalFuels.has(vehicle.fuelTypeCode)) {
    return refused('4002', `字典码无效：燃料种类 ${vehicle.fuelTypeCode}`);
  }
  if (request.photos.length === 0) return refused('4003', '照片缺失');
  const before = world.get('scrapCase', world.get('scrapCaseByVin', vehicle.vin) ?? '');
  if (!before || before.voided || before.caseNo === request.caseNo) return undefined;
  return before.enterpriseCode === request.enterpriseCode
    ? refused('4001', 'VIN重复登记')
    : refused('4004', '车辆已在其他企业登记');
};

const serial = (n: number): string => String(n).padStart(6, '0');
const enterpriseFour = (code: string): string => code.slice(-4).padStart(4, '0');

/** A scrap case is taken in; the certificate follows after a while. Source: domain 9.1 submitScrapCase. */
export const scrapCases = simulatedExchange({
  system: 'national-circulation',
  name: 'submit-scrap-case',
  title: '报废车辆信息上报',
  path: '/ext/national/scrap-cases',
  effect: 'write',
  sealedFields: [
    ...['name', 'identityNo', 'phone', 'address'].map((field) => `owner.${field}`),
    ...['name', 'identityNo', 'phone'].map((field) => `agent.${field}`),
  ],
  request: scrapCase,
  answer: (request, scene) => {
    const refusal = refusalOf(request, scene);
    if (refusal) return refusal;
    const { world, now } = scene;
    const before = world.get('scrapCase', world.get('scrapCaseByVin', request.vehicle.vin) ?? '');
    const stem = `SIM-310000-${enterpriseFour(request.enterpriseCode)}-${shanghaiDay(now)}`;
    const kept = before && !before.voided && before.caseNo === request.caseNo ? before : undefined;
    const externalCaseId = kept?.externalCaseId ?? `${stem}-${serial(world.next())}`;
    const certificateNo = kept?.certificateNo ?? `${stem}-${world.next()}`;
    const delay =
      world.register.byVin(request.vehicle.vin)?.behaviour.certificateDelayMs ?? world.settings.certificateDelayMs;
    world.put('scrapCase', externalCaseId, {
      externalCaseId,
      caseNo: request.caseNo,
      round: request.round,
      vin: request.vehicle.vin,
      enterpriseCode: request.enterpriseCode,
      certificateNo,
      certificateAt: kept?.certificateAt ?? now.getTime() + delay,
      voided: false,
    });
    world.put('scrapCaseByVin', request.vehicle.vin, externalCaseId);
    world.put('scrapCaseByCertificate', certificateNo, externalCaseId);
    return { data: { externalCaseId, status: 'accepted' } };
  },
});

/** The certificate of a scrap case: pending at first. Source: domain 9.1 getRecyclingCertificate. */
export const recyclingCertificates = simulatedExchange({
  system: 'national-circulation',
  name: 'get-recycling-certificate',
  title: '回收证明查询',
  path: '/ext/national/recycling-certificates/query',
  effect: 'read',
  sealedFields: [],
  request: z.strictObject({ externalCaseId: z.string().min(1) }),
  answer: ({ externalCaseId }, { world, now }) => {
    const found = world.get('scrapCase', externalCaseId);
    if (!found) return refused('4040', '登记单不存在');
    if (now.getTime() < found.certificateAt) {
      return { data: { status: 'pending', certificateNo: '', issuedOn: null, qrUrl: '—', pdfRef: null } };
    }
    return {
      data: {
        status: found.voided ? 'void' : 'issued',
        certificateNo: found.certificateNo,
        issuedOn: shanghaiDay(new Date(found.certificateAt)),
        qrUrl: `https://certificates.national.invalid/verify?no=${found.certificateNo}`,
        pdfRef: `obj://certificates/${found.certificateNo}.pdf`,
      },
    };
  },
});

/** A report is withdrawn, which frees the vehicle and makes its certificate void; a deregistered vehicle's stands. Source: domain 9.1 voidCertificate. */
export const withdrawals = simulatedExchange({
  system: 'national-circulation',
  name: 'withdraw-scrap-case',
  title: '撤销报废上报',
  path: '/ext/national/scrap-cases/withdraw',
  effect: 'write',
  sealedFields: [],
  request: z.strictObject({
    externalCaseId: z.string().min(1),
    certificateNo: z.string().min(1).nullable(),
    withdrawalNo: z.string().min(1),
    round: z.int().min(1),
    reason: z.string().min(1),
  }),
  answer: ({ externalCaseId, certificateNo }, { world }) => {
    const found = world.get('scrapCase', externalCaseId);
    if (!found) return refused('4040', '登记单不存在');
    if (certificateNo !== null && world.get('scrapCaseByCertificate', certificateNo) !== externalCaseId)
      return refused('4220', '回收证明编号与登记单不符');
    if (world.get('deregistration', `ZX-${found.certificateNo}`)) return refused('4221', '车辆已办理注销，不能撤销');
    world.put('scrapCase', externalCaseId, { ...found, voided: true });
    return { data: { status: 'withdrawn' } };
  },
});

/** A deregistration is taken in. Source: domain 9.1 submitDeregistration. */
export const deregistrations = simulatedExchange({
  system: 'national-circulation',
  name: 'submit-deregistration',
  title: '注销信息上报',
  path: '/ext/national/deregistrations',
  effect: 'write',
  sealedFields: [],
  request: z.strictObject({
    externalCaseId: z.string().min(1),
    certificateNo: z.string().min(1),
    round: z.int().min(1),
    deregisteredOn: z.iso.date(),
    materials: files.min(1),
  }),
  answer: ({ externalCaseId, certificateNo, deregisteredOn }, { world, now }) => {
    const found = world.get('scrapCase', externalCaseId);
    if (!found) return refused('4040', '登记单不存在');
    if (found.voided || found.certificateNo !== certificateNo) return refused('4220', '回收证明编号与登记单不符');
    if (deregisteredOn > shanghaiTime(now).slice(0, 10)) return refused('4220', '注销日期晚于今天');
    const deregNo = `ZX-${certificateNo}`;
    const before = world.get('deregistration', deregNo);
    world.put('deregistration', deregNo, {
      deregNo,
      certificateNo,
      certNo: `SIM-ZX-310000-${shanghaiDay(now)}-${serial(world.next())}`,
      issuedAt: before?.issuedAt ?? now.getTime() + world.settings.deregistrationDelayMs,
    });
    return { data: { deregNo, status: 'accepted' } };
  },
});

/** The national deregistration certificate: pending at first. Source: domain 9.1 getDeregistrationCertificate. */
export const deregistrationCertificates = simulatedExchange({
  system: 'national-circulation',
  name: 'get-deregistration-certificate',
  title: '全国注销证明查询',
  path: '/ext/national/deregistration-certificates/query',
  effect: 'read',
  sealedFields: [],
  request: z.strictObject({ deregNo: z.string().min(1) }),
  answer: ({ deregNo }, { world, now }) => {
    const found = world.get('deregistration', deregNo);
    if (!found) return refused('4040', '注销登记不存在');
    if (now.getTime() < found.issuedAt) return { data: { status: 'pending', certNo: null, issuedOn: '', pdfRef: '—' } };
    return {
      data: {
        status: 'issued',
        certNo: found.certNo,
        issuedOn: shanghaiDay(new Date(found.issuedAt)),
        pdfRef: `obj://deregistrations/${found.certNo}.pdf`,
      },
    };
  },
});

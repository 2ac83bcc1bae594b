import { z } from 'zod';
import { type Answer, refused, type Scene, shanghaiTime, simulatedExchange } from '../exchange.ts';
import { sm3Hex } from '../link/sm2.ts';
import type { SimulatedVehicle } from '../register/vehicle.ts';

const maskedName = (name: string): string => `${name.charAt(0)}${'*'.repeat(Math.max(name.length - 1, 1))}`;
const compactDate = (date: string): string => date.replaceAll('-', '');

const waysOfNothing: readonly (string | null)[] = [null, '', '—'];

const withBlanks = (data: Readonly<Record<string, unknown>>, blanks: readonly string[]): Record<string, unknown> => ({
  ...data,
  ...Object.fromEntries(blanks.map((field, index) => [field, waysOfNothing[index % waysOfNothing.length]])),
});

const fileData = (vehicle: SimulatedVehicle, { world, now }: Scene): Record<string, unknown> => {
  const file = vehicle.policeFile;
  const recycled = world.get('recycled', file.vin);
  const data = {
    vin: file.vin,
    plateNo: file.plateNo,
    plateTypeCode: file.plateTypeCode,
    statusCodes: vehicle.statusCodes,
    typeCode: file.vehicleTypeCode,
    useNature: file.useNatureCode,
    fuel: file.fuelTypeCode,
    brandModel: file.brandModel,
    engineNo: file.engineNo,
    ownerName: maskedName(vehicle.policeOwner.name),
    ownerIdHash: sm3Hex(Buffer.from(vehicle.policeOwner.identityNo)),
    registrationDate: compactDate(file.registrationDate),
    mandatoryScrapDate: file.mandatoryScrapDate === null ? '' : compactDate(file.mandatoryScrapDate),
    pledgeFlag: vehicle.pledged ? '1' : '0',
    sealFlag: vehicle.sealed ? '1' : '0',
    supervisedHint: vehicle.supervisedHint ? '1' : '0',
    scrapHistory: recycled
      ? [
          {
            certificateNo: recycled.certificateNo,
            enterprise: recycled.enterpriseName,
            recycledOn: recycled.recycledOn,
          },
        ]
      : [],
    asOf: shanghaiTime(now),
  };
  return withBlanks(data, vehicle.behaviour.policeBlanks ?? []);
};

/** Found by VIN; by plate when the VIN is unknown. A known plate under a wrong plate type is not found, as with the real one. */
const find = (
  request: { vin: string; plateNo: string; plateTypeCode: string },
  { world }: Scene,
): SimulatedVehicle | undefined => {
  const byVin = world.register.byVin(request.vin);
  if (!byVin) return world.register.byPlate(request.plateNo, request.plateTypeCode);
  const wrongType =
    byVin.policeFile.plateNo === request.plateNo && byVin.policeFile.plateTypeCode !== request.plateTypeCode;
  return wrongType ? undefined : byVin;
};

const notFound = (): Answer => refused('4040', '查无此车');

/** Status and file of a vehicle. Source: domain 9.2 checkVehicle. */
export const vehicleChecks = simulatedExchange({
  system: 'police',
  name: 'check-vehicle',
  title: '车辆状态与登记信息查询',
  path: '/ext/police/vehicle-checks',
  effect: 'read',
  sealedFields: [],
  request: z.strictObject({
    reference: z.string().min(1),
    vin: z.string().min(1),
    plateNo: z.string().min(1),
    plateTypeCode: z.string().length(2),
  }),
  answer: (request, scene) => {
    const vehicle = find(request, scene);
    if (!vehicle || vehicle.behaviour.policeFinds === 'nothing') return notFound();
    if (vehicle.behaviour.policeFinds === 'several') return refused('4041', '多条命中，请补充条件');
    if (vehicle.behaviour.policeUnknownFirst && !scene.world.get('unknownOnce', scene.key)) {
      scene.world.put('unknownOnce', scene.key, true);
      return refused('5040', '专网超时，结果未知', true);
    }
    const slowMs = vehicle.behaviour.policeSlowMs;
    return { data: fileData(vehicle, scene), ...(slowMs === undefined ? {} : { slowMs }) };
  },
});

/** Whether the owner given is the owner on file. Source: domain 9.2 compareOwner. */
export const ownerComparisons = simulatedExchange({
  system: 'police',
  name: 'compare-owner',
  title: '车辆与所有人一致性比对',
  path: '/ext/police/owner-comparisons',
  effect: 'read',
  sealedFields: ['ownerName', 'identityNo'],
  request: z.strictObject({
    reference: z.string().min(1),
    vin: z.string().min(1),
    ownerName: z.string().min(1),
    identityNo: z.string().min(1),
  }),
  answer: (request, { world }) => {
    const vehicle = world.register.byVin(request.vin);
    if (!vehicle || vehicle.behaviour.policeFinds === 'nothing') return notFound();
    const mismatchFields = [
      ...(vehicle.policeOwner.name === request.ownerName ? [] : ['ownerName']),
      ...(vehicle.policeOwner.identityNo === request.identityNo ? [] : ['identityNo']),
    ];
    const match = (['full', 'partial', 'none'] as const)[mismatchFields.length] ?? 'none';
    return { data: { match, mismatchFields } };
  },
});

/** Whether another enterprise has this vehicle already. Source: domain 9.2 checkDuplicateAcceptance. */
export const duplicateAcceptances = simulatedExchange({
  system: 'police',
  name: 'check-duplicate-acceptance',
  title: '重复受理查询',
  path: '/ext/police/duplicate-acceptances',
  effect: 'read',
  sealedFields: [],
  request: z.strictObject({ reference: z.string().min(1), vin: z.string().min(1), enterpriseCode: z.string().min(1) }),
  answer: ({ vin, enterpriseCode }, { world }) => {
    const recycled = world.get('recycled', vin);
    if (recycled && recycled.enterpriseCode !== enterpriseCode) {
      return { data: { acceptedByOther: true, enterprise: recycled.enterpriseName, since: recycled.recycledOn } };
    }
    const elsewhere = world.register.byVin(vin)?.behaviour.acceptedElsewhere;
    return {
      data: elsewhere
        ? { acceptedByOther: true, ...elsewhere }
        : { acceptedByOther: false, enterprise: '', since: null },
    };
  },
});

/** Inspection serial numbers and photographs; the picture links last ten minutes. Source: domain 9.2 queryInspectionRecords. */
export const inspectionRecords = simulatedExchange({
  system: 'police',
  name: 'query-inspection-records',
  title: '查验流水与查验照片查询',
  path: '/ext/police/inspection-records',
  effect: 'read',
  sealedFields: [],
  request: z.strictObject({ reference: z.string().min(1), vin: z.string().min(1), plateNo: z.string().min(1) }),
  answer: ({ vin }, { world, now }) => {
    const vehicle = world.register.byVin(vin);
    if (!vehicle) return notFound();
    const file = vehicle.policeFile;
    const expiresAt = shanghaiTime(new Date(now.getTime() + 600_000));
    const photo = (kind: string) => ({ kind, url: `https://photos.police.invalid/${file.vin}/${kind}.jpg`, expiresAt });
    return {
      data: {
        records: [
          {
            serialNo: `CY${compactDate(file.registrationDate)}${file.vin.slice(-6)}`,
            inspectedOn: compactDate(file.registrationDate),
            station: '演示车辆查验站',
            result: '合格',
            photos: [photo('front-left-45'), photo('vin-rubbing')],
          },
        ],
      },
    };
  },
});

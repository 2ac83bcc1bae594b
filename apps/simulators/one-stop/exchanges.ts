import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { refused, simulatedExchange } from '../exchange.ts';
import { oneStopCitizens, vehiclesOf } from './citizens.ts';

const tokenSeconds = 600;

/** A code that the browser brought back, for a token; it serves once, for a minute, and for the address it was given for. Source: domain 9.6. */
export const oneStopTokens = simulatedExchange({
  system: 'one-stop',
  name: 'exchange-code',
  title: '以授权码换取令牌',
  path: '/ext/one-stop/token',
  effect: 'read',
  sealedFields: ['code'],
  sealedAnswer: ['accessToken'],
  request: z.strictObject({ reference: z.string().min(1), code: z.string().min(1), redirectUri: z.string().min(1) }),
  answer: ({ code, redirectUri }, { world, now }) => {
    const grant = world.get('oneStopGrant', code);
    world.drop('oneStopGrant', code);
    if (!grant || grant.until < now.getTime()) return refused('4031', '授权码无效、已用过或已过期');
    if (grant.redirectUri !== redirectUri) return refused('4032', '返回地址与授权时不符');
    const accessToken = randomBytes(24).toString('base64url');
    world.put('oneStopToken', accessToken, { userId: grant.userId, until: now.getTime() + tokenSeconds * 1000 });
    return { data: { accessToken, expiresIn: tokenSeconds } };
  },
});

/** Who a token stands for. Source: domain 9.6. */
export const oneStopPeople = simulatedExchange({
  system: 'one-stop',
  name: 'get-person',
  title: '取得登录人信息',
  path: '/ext/one-stop/userinfo',
  effect: 'read',
  sealedFields: ['accessToken'],
  sealedAnswer: ['name', 'idNo', 'mobile'],
  request: z.strictObject({ reference: z.string().min(1), accessToken: z.string().min(1) }),
  answer: ({ accessToken }, { world, now }) => {
    const token = world.get('oneStopToken', accessToken);
    const citizen = oneStopCitizens.find(({ userId }) => userId === token?.userId);
    if (!token || !citizen || token.until < now.getTime()) return refused('4033', '令牌无效或已过期');
    const { userId, name, idType = '01', identityNo: idNo, mobile, level } = citizen;
    return { data: { userId, name, idType, idNo, mobile, level } };
  },
});

/** The vehicles of a person by the electronic licences. */
export const oneStopVehicles = simulatedExchange({
  system: 'one-stop',
  name: 'list-vehicles',
  title: '查询本人名下车辆',
  path: '/ext/one-stop/vehicles',
  effect: 'read',
  sealedFields: ['idNo'],
  request: z.strictObject({ reference: z.string().min(1), userId: z.string().min(1), idNo: z.string().min(1) }),
  answer: ({ idNo }, { world }) => ({
    data: {
      vehicles: vehiclesOf(idNo, world.register.all())
        .slice(0, 50)
        .map(({ papers }) => ({
          vin: papers.vin,
          plateNo: papers.plateNo,
          plateTypeCode: papers.plateTypeCode,
          vehicleTypeCode: papers.vehicleTypeCode,
          useNatureCode: papers.useNatureCode,
          fuelTypeCode: papers.fuelTypeCode,
          brandModel: papers.brandModel,
          engineNo: papers.engineNo,
          registrationDate: papers.registrationDate.replaceAll('-', ''),
        })),
    },
  }),
});

/** How an application stands, to be shown to its citizen. */
export const oneStopReports = simulatedExchange({
  system: 'one-stop',
  name: 'report-stage',
  title: '回写办理进度',
  path: '/ext/one-stop/application-stages',
  effect: 'write',
  sealedFields: [],
  request: z.strictObject({
    applicationNo: z.string().min(1),
    occasion: z.string().min(1),
    sequence: z.int().min(1),
    stage: z.enum(['已提交', '受理', '审核', '进场', '拆解', '出证', '注销', '办结', '退回', '终止']),
    note: z.string().max(200),
    at: z.iso.datetime({ offset: true }),
  }),
  answer: ({ occasion, ...told }, { world }) => {
    const { applicationNo, sequence } = told;
    world.put('oneStopStage', `${applicationNo} ${occasion}`, told);
    // Messages overtake each other: an older one never replaces a newer one.
    if (sequence > (world.get('oneStopStanding', applicationNo)?.sequence ?? 0))
      world.put('oneStopStanding', applicationNo, told);
    return { data: { received: true } };
  },
});

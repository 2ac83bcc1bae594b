import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Office } from '../office.ts';
import { familyVehicle, familyVin } from '../register/family.ts';
import type { SimulatedVehicle } from '../register/vehicle.ts';
import { hookFaults } from './enterprise-system.ts';

/** How late a slow system answers: later than anybody waits. Milliseconds. */
const slowMs = 15_000;
/** The vehicles it sends are some of these; far from those of the demo and of tests. */
const firstVehicle = 800_000;
const vehicles = 100_000;

const hex = z.string().regex(/^(04[0-9a-f]{128})?$/, '应为 04 开头的 130 位十六进制公钥');
const settingsSchema = z
  .strictObject({ fault: z.enum(hookFaults), platformKey: hex, challenge: z.string().trim().max(300) })
  .partial();

// Only application/json reaches the handlers, and it comes as bytes; see the parser in simulators.ts.
const bytesOf = (body: unknown): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));

/** Where the enterprise's system listens for the platform's messages. */
export const serveHook = (app: FastifyInstance, { enterprise }: Office): void => {
  app.post('/enterprise/hook', async (request, reply) => {
    const { fault } = enterprise;
    if (fault === 'down') {
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    if (fault === 'error') return reply.code(500).send({ message: '企业系统出错' });
    enterprise.hear({ headers: request.headers, url: request.url, body: bytesOf(request.body) });
    if (fault === 'slow') await pause(slowMs, undefined, { ref: false });
    return reply.code(204).send();
  });
};

/** A vehicle that nobody has sent before, known to the police as well. */
const nextVehicle = (): SimulatedVehicle => {
  const vehicle = familyVehicle(familyVin(firstVehicle + randomInt(vehicles)));
  if (!vehicle) throw new Error('the family of vehicles ends too soon');
  return vehicle;
};

/** What a person arranges at the enterprise's system: under the desk's guard. JSON only. */
export const serveEnterpriseDesk = (app: FastifyInstance, { enterprise }: Office): void => {
  app.get('/admin/enterprise', () => ({
    appId: enterprise.appId,
    publicKey: enterprise.keys.publicKey,
    fault: enterprise.fault,
    proof: enterprise.proof,
    sent: enterprise.sent,
    heard: enterprise.heard,
  }));
  app.put('/admin/enterprise', (request, reply) => {
    const { fault, platformKey, challenge } = settingsSchema.parse(JSON.parse(bytesOf(request.body).toString('utf8')));
    if (fault !== undefined) enterprise.fault = fault;
    if (platformKey !== undefined) enterprise.platformKey = platformKey;
    if (challenge !== undefined) enterprise.prove(challenge);
    return reply.code(204).send();
  });
  app.post('/admin/enterprise/key', (_request, reply) => {
    enterprise.newKey();
    return reply.code(204).send();
  });
  app.post('/admin/enterprise/drafts', async (_request, reply) => {
    const one = await enterprise.send(nextVehicle());
    return one.taken ? reply.code(201).send(one) : reply.code(422).send({ message: `没有报送成功：${one.answer}` });
  });
};

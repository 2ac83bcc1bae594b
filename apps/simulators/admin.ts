import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { callbackExchanges } from './callback-kinds.ts';
import { penaltySchema } from './data-lake/penalties.ts';
import { legalPersonSchema } from './data-lake/register.ts';
import { enforcementEventSchema } from './enforcement/events.ts';
import { serveEnterpriseDesk } from './enterprise/door.ts';
import { simulatedExchanges } from './exchanges.ts';
import { callbackFaults, type Script, scriptSchema } from './faults.ts';
import { workOrderSchema } from './hotline/work-orders.ts';
import type { Office } from './office.ts';
import { familyVehicle, familyVin } from './register/family.ts';
import { papersSchema, partySchema, simulated, vehicleSchema } from './register/vehicle.ts';
import { type Settings, settingsSchema } from './world.ts';

/** Why a script makes no sense; undefined when it does. */
const nonsense = ({ system, exchange, fault }: Script): string | undefined => {
  if (exchange === '*') return undefined;
  if (callbackExchanges.some((one) => one.system === system && one.name === exchange))
    return callbackFaults.has(fault.kind) ? undefined : '回调只会迟到、重复、乱序、答非所问或丢失，请另选故障';
  const known = simulatedExchanges.some((one) => one.system === system && one.name === exchange);
  return known ? undefined : `没有接口 ${system}.${exchange}`;
};

/** A vehicle as seeded: whole, or papers and owner with the rest as for a plain vehicle. */
const seedSchema = vehicleSchema
  .omit({ papers: true, owner: true, policeFile: true, policeOwner: true })
  .partial()
  .extend({
    papers: papersSchema,
    owner: partySchema,
    policeFile: papersSchema.partial().optional(),
    policeOwner: z.strictObject({ name: z.string(), identityNo: z.string() }).optional(),
  });

const defined = <T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  // The cast holds because entries that are undefined are left out.
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

const seedOf = ({ shows, papers, owner, policeFile, policeOwner, ...rest }: z.output<typeof seedSchema>) =>
  simulated(shows ?? '补登车辆', papers, owner, {
    policeFile: defined(policeFile ?? {}),
    ...(policeOwner ? { policeOwner } : {}),
    vehicle: defined(rest),
  });

const familyQuery = z.object({
  kind: z.enum(['A', 'D', 'E', 'M', 'T']).default('A'),
  from: z.coerce.number().int().min(0).max(999_999).default(0),
  count: z.coerce.number().int().min(1).max(1000).default(10),
});

// Only application/json reaches the handlers, and it comes as bytes; see the parser in simulators.ts.
const jsonOf = (body: unknown): unknown =>
  Buffer.isBuffer(body) && body.length > 0 ? JSON.parse(body.toString('utf8')) : {};

/** Anybody who reaches this address may arrange things here, but no web page of another origin may do so in a person's browser. */
const guardDesk = (app: FastifyInstance): void => {
  app.addHook('onRequest', async (request, reply) => {
    const site = request.headers['sec-fetch-site'];
    if (request.method !== 'GET' && site !== undefined && site !== 'same-origin')
      return reply.code(403).send({ message: '只能在仿真器自己的页面上操作' });
  });
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof z.ZodError) return reply.code(422).send({ message: z.prettifyError(error) });
    if (error instanceof SyntaxError) return reply.code(422).send({ message: '不是有效的 JSON' });
    return reply.send(error);
  });
};

const serveFaults = (app: FastifyInstance, { faults }: Office): void => {
  app.post('/admin/faults', (request, reply) => {
    const script = scriptSchema.parse(jsonOf(request.body));
    const problem = nonsense(script);
    return problem === undefined
      ? reply.code(201).send(faults.add(script))
      : reply.code(422).send({ message: problem });
  });
  app.delete<{ Params: { id: string } }>('/admin/faults/:id', (request, reply) =>
    faults.remove(Number(request.params.id))
      ? reply.code(204).send()
      : reply.code(404).send({ message: '没有这条故障' }),
  );
  app.delete('/admin/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
};

const serveWorld = (app: FastifyInstance, { world, faults, journal, enterprise }: Office, initial: Settings): void => {
  app.get('/admin/state', () => ({
    settings: world.settings,
    faults: faults.list(),
    decisions: Object.fromEntries(world.entries('nextDecision')),
    journal: journal.list(),
  }));
  app.post('/admin/reset', (_request, reply) => {
    world.reset();
    world.settings = initial;
    faults.clear();
    journal.clear();
    enterprise.forget();
    return reply.code(204).send();
  });
  /** What citizens are shown of their applications at the one-stop service. */
  app.get('/admin/one-stop/stages', () => world.entries('oneStopStage').map(([, stage]) => stage));
  app.get('/admin/one-stop/standings', () => world.entries('oneStopStanding').map(([, stage]) => stage));
  app.put('/admin/settings', (request) => {
    world.settings = { ...world.settings, ...defined(settingsSchema.partial().parse(jsonOf(request.body))) };
    return world.settings;
  });
  app.post('/admin/decisions', (request, reply) => {
    const { caseNo, decision } = z
      .strictObject({ caseNo: z.string().min(1).default('*'), decision: z.enum(['approved', 'returned', 'rejected']) })
      .parse(jsonOf(request.body));
    world.put('nextDecision', caseNo, decision);
    return reply.code(204).send();
  });
  app.delete<{ Params: { caseNo: string } }>('/admin/decisions/:caseNo', (request, reply) => {
    world.drop('nextDecision', request.params.caseNo);
    return reply.code(204).send();
  });
};

const serveVehicles = (app: FastifyInstance, { world }: Office): void => {
  app.get('/admin/vehicles', () => world.register.all());
  app.get<{ Params: { vin: string } }>(
    '/admin/vehicles/:vin',
    (request, reply) => world.register.byVin(request.params.vin) ?? reply.code(404).send({ message: '没有这辆车' }),
  );
  app.post('/admin/vehicles', (request, reply) => {
    const { vehicles } = z.strictObject({ vehicles: z.array(seedSchema).min(1).max(1000) }).parse(jsonOf(request.body));
    for (const vehicle of vehicles.map(seedOf)) {
      world.register.seed(vehicle);
      world.put('seeded', vehicle.papers.vin, vehicle);
    }
    return reply.code(201).send({ seeded: vehicles.length });
  });
  app.get('/admin/family', (request) => {
    const { kind, from, count } = familyQuery.parse(request.query);
    const last = Math.min(from + count, 1_000_000);
    return Array.from({ length: last - from }, (_, index) => familyVehicle(familyVin(from + index, kind)));
  });
};

const serveEnterprises = (app: FastifyInstance, { world }: Office): void => {
  app.post('/admin/legal-persons', (request, reply) => {
    const schema = z.strictObject({ persons: z.array(legalPersonSchema).min(1).max(10_000) });
    const { persons } = schema.parse(jsonOf(request.body));
    for (const person of persons) world.put('legalPerson', person.uscc, person);
    return reply.code(201).send({ seeded: persons.length });
  });
  app.post('/admin/penalties', (request, reply) => {
    const schema = z.strictObject({ uscc: z.string().length(18), penalties: z.array(penaltySchema).max(500) });
    const { uscc, penalties } = schema.parse(jsonOf(request.body));
    world.put('penalties', uscc, penalties);
    return reply.code(201).send({ seeded: penalties.length });
  });
  app.post('/admin/work-orders', (request, reply) => {
    const schema = z.strictObject({ uscc: z.string().length(18), orders: z.array(workOrderSchema).max(1_000) });
    const { uscc, orders } = schema.parse(jsonOf(request.body));
    world.put('workOrders', uscc, orders);
    return reply.code(201).send({ seeded: orders.length });
  });
  app.post('/admin/enforcement-events', (request, reply) => {
    const schema = z.strictObject({ uscc: z.string().length(18), events: z.array(enforcementEventSchema).max(1_000) });
    const { uscc, events } = schema.parse(jsonOf(request.body));
    world.put('enforcementEvents', uscc, events);
    return reply.code(201).send({ seeded: events.length });
  });
};

/** The desk from which a person or a test arranges what the systems know and how they go wrong. JSON only. */
export const serveAdmin = (app: FastifyInstance, office: Office, initial: Settings): void => {
  guardDesk(app);
  serveFaults(app, office);
  serveWorld(app, office, initial);
  serveVehicles(app, office);
  serveEnterprises(app, office);
  serveEnterpriseDesk(app, office);
};

import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import type { Office } from '../office.ts';
import { deskPage } from './desk-page.ts';
import { enterprisePage, enterprisePart } from './enterprise-page.ts';
import { journalPart, standingPart } from './live.ts';
import { vehiclesPage } from './vehicles-page.ts';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const files = {
  'base.css': 'text/css; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
};

/** The pages a person looks at: crossings and faults at `/`, the simulated vehicles at `/vehicles`, a dismantler's own system at `/enterprise`. */
export const servePages = (app: FastifyInstance, office: Office): void => {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });
  app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(deskPage(office)));
  app.get('/vehicles', (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(vehiclesPage(office.world.register.all())),
  );
  app.get('/enterprise', (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(enterprisePage(office, `${request.protocol}://${request.host}/enterprise/hook`)),
  );
  app.get('/enterprise/live', () => ({ enterprise: enterprisePart(office) }));
  /** The parts of the desk that change by themselves, as HTML. */
  app.get('/live', () => ({ standing: standingPart(office), journal: journalPart(office) }));
  for (const [name, type] of Object.entries(files)) {
    const text = readFileSync(new URL(name, import.meta.url), 'utf8');
    app.get(`/${name}`, (_request, reply) => reply.type(type).send(text));
  }
};

import type { FastifyInstance } from 'fastify';
import type { Office } from '../office.ts';
import { deskPage } from './desk-page.ts';
import { vehiclesPage } from './vehicles-page.ts';

/** The pages a person looks at: crossings and faults at `/`, the simulated vehicles at `/vehicles`. */
export const servePages = (app: FastifyInstance, office: Office, newNonce: () => string): void => {
  const policy = (nonce: string): string =>
    `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'`;
  app.get('/', (_request, reply) => {
    const nonce = newNonce();
    return reply.headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy(nonce) }).send(deskPage(office, nonce));
  });
  app.get('/vehicles', (_request, reply) => {
    const nonce = newNonce();
    return reply
      .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy(nonce) })
      .send(vehiclesPage(office.world.register.all(), nonce));
  });
};

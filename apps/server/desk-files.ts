import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** A built desk: the folder that holds `index.html` and `assets/`. */
export interface Desk {
  readonly folder: string;
}

declare module 'fastify' {
  interface FastifyReply {
    /** Set by the header guard for every reply. */
    cspNonce: { script: string; style: string };
  }
}

const nonceMark = '__CSP_NONCE__';

/** Paths that are never pages of the desk. */
const notPages = /^\/(api|ext|assets|health|ready)(\/|$)/;

/**
 * Serves the desk: hashed assets for ever, and its one page under every other address, with this reply's nonce written in, so that
 * the content policy lets the page's own styles through and nobody else's.
 */
export const serveDesk = async (server: FastifyInstance, { folder }: Desk): Promise<void> => {
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  await server.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    decorateReply: false,
  });
  const icon = await readFile(join(folder, 'favicon.svg'));
  server.get('/favicon.svg', (_, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(icon),
  );
  const sendPage = (reply: FastifyReply): FastifyReply => {
    // One nonce serves both: the page reads it from its meta element and gives it to every style it makes.
    const { style } = reply.cspNonce;
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(page.replaceAll(nonceMark, style));
  };
  server.get('/', (_, reply) => sendPage(reply));
  server.get('/*', (request, reply) => {
    if (notPages.test(request.url)) return reply.callNotFound();
    return sendPage(reply);
  });
};

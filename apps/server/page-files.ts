import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Pages } from './build-pages.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** Set by the header guard for every reply. */
    cspNonce: { script: string; style: string };
  }
}

const nonceMark = '__CSP_NONCE__';

/** Paths that are never pages of the desk. */
const notPages = /^\/(api|ext|assets|yard\/assets|citizen\/assets|health|ready)(\/|$)/;

/** Files whose names are their digests, to be kept for ever. */
const serveAssets = (server: FastifyInstance, folder: string, prefix: string) =>
  server.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix,
    immutable: true,
    maxAge: '365d',
    decorateReply: false,
    preCompressed: true,
  });

const serveFile = async (server: FastifyInstance, url: string, file: string, type: string): Promise<void> => {
  const content = await readFile(file);
  server.get(url, (_, reply) => reply.type(type).header('cache-control', 'public, max-age=86400').send(content));
};

/**
 * Serves the desk: hashed assets for ever, and its one page under every other address, with this reply's nonce written in, so that
 * the content policy lets the page's own styles through and nobody else's.
 */
const serveDesk = async (server: FastifyInstance, folder: string): Promise<void> => {
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  await serveAssets(server, folder, '/assets/');
  await serveFile(server, '/favicon.svg', join(folder, 'favicon.svg'), 'image/svg+xml');
  await serveFile(server, '/robots.txt', join(folder, 'robots.txt'), 'text/plain; charset=utf-8');
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

const phoneFiles = [
  ['icon.svg', 'image/svg+xml'],
  ['icon-192.png', 'image/png'],
  ['icon-512.png', 'image/png'],
  ['manifest.webmanifest', 'application/manifest+json'],
] as const;

/** Serves the one page of a phone's program below its address. It makes no styles of its own and so needs no nonce. */
const servePhonePage = async (server: FastifyInstance, folder: string, at: string): Promise<void> => {
  const page = await readFile(join(folder, 'index.html'));
  await serveAssets(server, folder, `${at}/assets/`);
  const sendPage = (reply: FastifyReply): FastifyReply =>
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
  server.get(at, (_, reply) => reply.redirect(`${at}/`));
  server.get(`${at}/*`, (_, reply) => sendPage(reply));
};

/**
 * Serves the yard's pages below `/yard/`. They make no styles of their own and so need no nonce: the phone may keep the page and
 * start from it without network. The service worker itself is asked for anew each time, else an old one would never be replaced.
 */
const servePhone = async (server: FastifyInstance, folder: string): Promise<void> => {
  const worker = await readFile(join(folder, 'sw.js'));
  for (const [name, type] of phoneFiles) await serveFile(server, `/yard/${name}`, join(folder, name), type);
  server.get('/yard/sw.js', (_, reply) =>
    reply.type('text/javascript').header('cache-control', 'no-cache').send(worker),
  );
  await servePhonePage(server, folder, '/yard');
};

const serveCitizens = async (server: FastifyInstance, folder: string): Promise<void> => {
  await serveFile(server, '/citizen/icon.svg', join(folder, 'icon.svg'), 'image/svg+xml');
  await servePhonePage(server, folder, '/citizen');
};

/** Serves the built pages of the desk, of the yard's phone and of the citizens'. */
export const servePages = async (server: FastifyInstance, pages: Pages): Promise<void> => {
  await servePhone(server, pages.phone);
  await serveCitizens(server, pages.citizen);
  await serveDesk(server, pages.desk);
};

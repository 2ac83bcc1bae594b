import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fastifyHelmet from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servePages } from './page-files.ts';

const home = mkdtempSync(join(tmpdir(), 'hushang-pages-'));
const put = (name: string, text: string): void => {
  mkdirSync(join(home, name, '..'), { recursive: true });
  writeFileSync(join(home, name), text);
};
let server: FastifyInstance;

beforeAll(async () => {
  put('desk/index.html', '<meta content="__CSP_NONCE__" /> the desk');
  put('desk/favicon.svg', '<svg/>');
  put('desk/robots.txt', 'User-agent: *\nDisallow: /api/\n');
  put('desk/assets/desk-1.js', 'desk');
  put('phone/index.html', 'the phone');
  put('phone/sw.js', 'worker');
  put('phone/manifest.webmanifest', '{}');
  for (const icon of ['icon.svg', 'icon-192.png', 'icon-512.png']) put(`phone/${icon}`, 'icon');
  put('phone/assets/phone-1.js', 'phone');
  writeFileSync(join(home, 'phone/assets/phone-1.js.gz'), gzipSync('phone'));
  put('citizen/index.html', 'the citizens');
  put('citizen/icon.svg', 'icon');
  put('citizen/assets/citizen-1.js', 'citizen');
  server = Fastify() as unknown as FastifyInstance;
  await server.register(fastifyHelmet, { enableCSPNonces: true });
  await servePages(server, {
    desk: join(home, 'desk'),
    phone: join(home, 'phone'),
    citizen: join(home, 'citizen'),
  });
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

const ask = (url: string) => server.inject({ url });

describe('the built pages', () => {
  test('R03: every address below /yard/ is the phone’s one page, every other the desk’s', async () => {
    for (const url of ['/yard/', '/yard/cases/1', '/yard/cases/1/form'])
      expect((await ask(url)).body).toBe('the phone');
    for (const url of ['/', '/elv/my-work', '/yardage']) expect((await ask(url)).body).toContain('the desk');
    expect((await ask('/yard')).headers.location).toBe('/yard/');
  });

  test('searching machines are told in plain text what is not theirs to read', async () => {
    const told = await ask('/robots.txt');
    expect(told.headers['content-type']).toContain('text/plain');
    expect(told.body).toContain('Disallow: /api/');
  });

  test('R62: every address below /citizen/ is the citizens’ one page, that of the return as well', async () => {
    for (const url of ['/citizen/', '/citizen/return?code=1&state=2', '/citizen/applications/1/vehicle'])
      expect((await ask(url)).body).toBe('the citizens');
    expect((await ask('/citizen')).headers.location).toBe('/citizen/');
    expect((await ask('/citizen/assets/citizen-1.js')).headers['cache-control']).toContain('immutable');
  });

  test('R03: the worker and the page are asked for anew, what is named by its digest never', async () => {
    expect((await ask('/yard/sw.js')).headers).toMatchObject({
      'cache-control': 'no-cache',
      'content-type': expect.stringContaining('text/javascript'),
    });
    expect((await ask('/yard/')).headers['cache-control']).toBe('no-cache');
    expect((await ask('/yard/assets/phone-1.js')).headers['cache-control']).toContain('immutable');
    expect((await ask('/yard/manifest.webmanifest')).headers['content-type']).toContain('application/manifest+json');
  });

  test('R03: a phone gets the small copy of a script, whoever cannot unpack it the plain one', async () => {
    const small = await server.inject({ url: '/yard/assets/phone-1.js', headers: { 'accept-encoding': 'gzip' } });
    expect(small.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': expect.stringContaining('javascript'),
    });
    expect(gunzipSync(small.rawPayload).toString()).toBe('phone');
    expect((await ask('/yard/assets/phone-1.js')).body).toBe('phone');
  });

  test('T5.2: a file of a program that is not there is not answered by a page', async () => {
    for (const url of ['/yard/assets/phone-2.js', '/citizen/assets/citizen-2.js', '/assets/desk-2.js', '/api/nothing'])
      expect((await ask(url)).statusCode).toBe(404);
  });

  test('R42: the desk’s page carries a nonce of its own each time', async () => {
    const [one, other] = [(await ask('/')).body, (await ask('/')).body];
    expect(one).not.toContain('__CSP_NONCE__');
    expect(one).not.toBe(other);
  });
});

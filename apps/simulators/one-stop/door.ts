import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Office } from '../office.ts';
import { escaped } from '../page/frame.ts';
import { signOnCss } from '../sign-on/page.ts';
import { oneStopCitizens } from './citizens.ts';

/** How the supervision system is registered at the simulated one-stop service. */
export const oneStopClient = {
  clientId: 'sww-supervision',
  /** The page the browser is sent back to, below the supervision system's address. */
  callbackPath: '/citizen/return',
  /** Where the browser is sent to, below the simulators' address. */
  authorizePath: '/one-stop/authorize',
} as const;

const codeSeconds = 60;

const policy =
  "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const asked = z.object({
  client_id: z.literal(oneStopClient.clientId),
  redirect_uri: z.string(),
  state: z.string().min(8).max(500),
  scope: z.literal('basic'),
});

const page = (body: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>一网通办 · 仿真</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/base.css"><link rel="stylesheet" href="/one-stop/page.css"></head>
<body><main><h1>一网通办 个人登录</h1><p class="notice">仿真系统，人员均为虚构。</p>${body}</main></body></html>`;

const choicePage = (question: URLSearchParams): string => {
  const lines = oneStopCitizens.map(({ userId, name, about }) => {
    const to = new URLSearchParams(question);
    to.set('user', userId);
    return `<li><a href="/one-stop/choose?${escaped(to.toString())}"><b>${escaped(name)}</b><span>${escaped(about)}</span></a></li>`;
  });
  return page(
    `<p>请选择以谁的身份登录</p><ul>${lines.join('')}</ul><p><a class="no" href="/one-stop/choose?${escaped(question.toString())}">不登录，返回</a></p>`,
  );
};

/**
 * The one-stop service's sign-in as a browser sees it: one page to choose who one is, and the way back with a code that serves once. A browser is never
 * sent to an address nobody registered, not even with an error. Source: domain 9.6.
 */
export const serveOneStopDoor = (
  app: FastifyInstance,
  { world, clock }: Office,
  redirectUris: readonly string[],
): void => {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });
  const question = ({ query }: FastifyRequest) => {
    const parsed = asked.safeParse(query);
    return parsed.success && redirectUris.includes(parsed.data.redirect_uri) ? parsed.data : undefined;
  };
  const wrong = page('<p>请求不符合登记的内容，没有返回地址可用。请关闭本页。</p>');
  app.get('/one-stop/page.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(signOnCss));
  app.get(oneStopClient.authorizePath, (request, reply) => {
    const good = question(request);
    const asText = new URL(request.url, 'http://here').searchParams;
    return reply
      .code(good ? 200 : 400)
      .type('text/html; charset=utf-8')
      .send(good ? choicePage(asText) : wrong);
  });
  app.get('/one-stop/choose', (request, reply) => {
    const good = question(request);
    if (!good) return reply.code(400).type('text/html; charset=utf-8').send(wrong);
    const { user } = z.object({ user: z.string().optional() }).parse(request.query);
    const citizen = oneStopCitizens.find(({ userId }) => userId === user);
    const back = new URL(good.redirect_uri);
    back.searchParams.set('state', good.state);
    if (citizen) {
      const code = randomBytes(24).toString('base64url');
      world.put('oneStopGrant', code, {
        userId: citizen.userId,
        redirectUri: good.redirect_uri,
        until: clock().getTime() + codeSeconds * 1000,
      });
      back.searchParams.set('code', code);
    } else back.searchParams.set('error', 'access_denied');
    return reply.redirect(back.href);
  });
};

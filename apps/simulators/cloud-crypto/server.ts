import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { nonceMemory, refusalOf, textToSign } from '../link/guard.ts';
import { type KeyPair, signText, verifierOf } from '../link/sm2.ts';
import { escaped } from '../page/frame.ts';
import { services } from './services.ts';
import type { Vault } from './vault.ts';

/** What the simulated service needs to know to start. */
export interface CloudCryptoOptions {
  /** The service's own pair. */
  readonly keys: KeyPair;
  /** The application that may call. */
  readonly peer: { readonly appId: string; readonly publicKey: string };
  readonly vault: Vault;
  readonly clock: () => Date;
  /** What it says of itself; a simulator is not certified, but tests ask how one that is would be taken. */
  readonly certified?: boolean;
}

const header = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
};

const page = (calls: ReadonlyMap<string, number>, vault: Vault): string =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>云密码服务仿真器</title>
<body style="font:15px/1.7 system-ui;max-width:60em;margin:2em auto"><h1>云密码服务仿真器</h1>
<p>全部为虚构，供演示与测试；未经商用密码认证。服务正常。</p>
<table cellpadding="6"><tr><th align="left">服务</th><th align="left">地址</th><th>调用次数</th></tr>${services
    .map(
      ({ path, title }) =>
        `<tr><td>${escaped(title)}</td><td><code>${path}</code></td><td align="right">${calls.get(path) ?? 0}</td></tr>`,
    )
    .join(
      '',
    )}</table><p>密钥 ${vault.keys().length} 把，在用 ${vault.keys().filter(({ state }) => state === 'current').length} 把。</p>`;

/** The cloud platform's cryptographic services as one signed HTTP server, not yet listening. Requests and answers are signed by SM2 over their raw bytes. */
export const cloudCrypto = (options: CloudCryptoOptions): FastifyInstance => {
  const { keys, peer, vault, clock, certified = false } = options;
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 8 * 1_048_576 });
  const nonces = nonceMemory();
  const verify = verifierOf(peer.publicKey);
  const calls = new Map<string, number>();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  for (const { path, answer } of services) {
    app.post(path, async (request, reply) => {
      // The only parser gives a buffer.
      const body = request.body as Buffer;
      const [nonce, timestamp] = [header(request, 'x-nonce'), header(request, 'x-timestamp')];
      const signature = header(request, 'x-signature');
      const message = {
        appId: header(request, 'x-app-id'),
        timestamp,
        nonce,
        signature,
        method: 'POST',
        url: path,
        body,
      };
      const refusal = refusalOf(message, { appId: peer.appId, verify, nonces, now: clock().getTime() });
      if (refusal) return reply.code(401).send(refusal);
      calls.set(path, (calls.get(path) ?? 0) + 1);
      const text = JSON.stringify(answer(JSON.parse(body.toString('utf8')), vault, clock()));
      const at = String(Math.floor(clock().getTime() / 1000));
      return reply
        .header('x-nonce', nonce)
        .header('x-timestamp', at)
        .header('x-signature', signText(textToSign('POST', path, at, nonce, Buffer.from(text)), keys))
        .type('application/json')
        .send(text);
    });
  }
  app.get('/gateway/status', async () => ({
    name: '云密码服务（仿真）',
    certified,
    services: ['security-gateway', 'signature', 'database-encryption', 'storage-encryption'],
  }));
  app.get('/', async (_request, reply) => reply.type('text/html').send(page(calls, vault)));
  return app;
};

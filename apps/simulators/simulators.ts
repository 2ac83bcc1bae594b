import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { serveAdmin } from './admin.ts';
import { callbacksOf } from './callbacks.ts';
import { serveHook } from './enterprise/door.ts';
import { enterpriseSystem } from './enterprise/enterprise-system.ts';
import { simulatedExchanges } from './exchanges.ts';
import { faultBook } from './faults.ts';
import { journalOf } from './journal.ts';
import { nonceMemory } from './link/guard.ts';
import { type KeyPair, verifierOf } from './link/sm2.ts';
import type { Office } from './office.ts';
import { oneStopClient, serveOneStopDoor } from './one-stop/door.ts';
import { servePages } from './page/pages.ts';
import { serveExchange } from './pipeline.ts';
import { simulatedClient } from './sign-on/client.ts';
import { serveSignOn } from './sign-on/provider.ts';
import { type Settings, worldOf } from './world.ts';

/** What the simulators need to know to start. */
export interface SimulatorOptions {
  readonly keys: KeyPair;
  /** The supervision system's public key and the application id it signs under. */
  readonly peer: { readonly appId: string; readonly publicKey: string };
  /** SM4 key of sealed fields, 32 hex digits. */
  readonly sealKey: string;
  readonly settings: Settings;
  /** Where what was answered is remembered across restarts; without it, in memory alone. */
  readonly stateFile?: string;
  readonly clock: () => Date;
  /** Where the simulated sign-on may send a browser back to; by default the supervision system at its callback address. */
  readonly signOnRedirect?: string;
  /** The same of the simulated one-stop service. */
  readonly oneStopRedirect?: string;
}

/** The usual delays: decisions after 3 s, certificates and reports of arrival after 2 s. */
export const usualSettings = (callbackUrl: string): Settings => ({
  decisionDelayMs: 3000,
  certificateDelayMs: 2000,
  deregistrationDelayMs: 2000,
  reportDelayMs: 2000,
  callbackUrl,
});

const tooEarly: Readonly<Record<number, string>> = { 413: '报文过大', 415: '只接受 application/json' };

/**
 * The police, the national circulation system, the identity service, the data lake, the message gateways and the one-stop service as one server, not yet
 * listening. Closing it drops open connections, since some of them hang on purpose.
 */
export const simulators = async (options: SimulatorOptions): Promise<FastifyInstance> => {
  const world = worldOf(options.settings, options.stateFile);
  const office: Office = {
    world,
    faults: faultBook(),
    journal: journalOf(500),
    nonces: nonceMemory(),
    link: {
      keys: options.keys,
      peerAppId: options.peer.appId,
      verifyPeer: verifierOf(options.peer.publicKey),
      sealKey: Buffer.from(options.sealKey, 'hex'),
    },
    clock: options.clock,
    // It begins with the key of the other simulated systems, so that the demo can have it registered already.
    enterprise: enterpriseSystem({
      keys: options.keys,
      clock: options.clock,
      platform: () => world.settings.callbackUrl,
    }),
  };
  const callbacks = callbacksOf(office);
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 1_048_576 });
  // Signatures cover the bytes as sent, so nothing is parsed before they are checked.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // What is refused before its signature could be read is answered like a gateway would: without one of ours.
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) console.error(error);
    const [code, message] = status >= 500 ? ['5000', '平台异常'] : ['4220', tooEarly[status] ?? '请求不合约定'];
    return reply
      .code(status)
      .send({ code, message, retryable: status >= 500, traceId: request.headers['x-trace-id'] ?? '' });
  });
  for (const exchange of simulatedExchanges) serveExchange(app, exchange, office, callbacks);
  serveHook(app, office);
  await app.register(async (desk) => serveAdmin(desk, office, options.settings));
  await app.register(async (desk) => servePages(desk, office));
  const redirectUris = [
    options.signOnRedirect ?? new URL(simulatedClient.callbackPath, options.settings.callbackUrl).href,
  ];
  await app.register(async (door) => serveSignOn(door, { redirectUris, clock: options.clock }));
  const citizensBack =
    options.oneStopRedirect ?? new URL(oneStopClient.callbackPath, options.settings.callbackUrl).href;
  await app.register(async (door) => serveOneStopDoor(door, office, [citizensBack]));
  app.addHook('onReady', async () => callbacks.resume());
  app.addHook('onClose', async () => {
    callbacks.close();
    world.close();
  });
  return app;
};

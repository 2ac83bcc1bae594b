import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { simulatedExchanges } from '#apps/simulators/exchanges.ts';
import type { SystemId, scriptSchema } from '#apps/simulators/faults.ts';
import { simulators, usualSettings } from '#apps/simulators/simulators.ts';
import type { Settings } from '#apps/simulators/world.ts';
import { usualCitizenRules } from '#areas/elv/citizen-application/model/real-name.ts';
import { dataLakePaths } from '#connectors/data-lake/wire.ts';
import { enforcementPaths } from '#connectors/enforcement/wire.ts';
import { hotlinePaths } from '#connectors/hotline/wire.ts';
import { identityPaths } from '#connectors/identity/wire.ts';
import { mailGatewayPaths, smsGatewayPaths } from '#connectors/message-gateway/wire.ts';
import { nationalCirculationPaths } from '#connectors/national-circulation/wire.ts';
import { oneStopPaths } from '#connectors/one-stop/wire.ts';
import { policePaths } from '#connectors/police/wire.ts';
import type { Wire } from '#kernel/connector/connector.ts';
import { sealFields } from '#kernel/connector/field-sealing.ts';
import { type Link, type LinkKeys, linkOf } from '#kernel/connector/link.ts';
import { signedText, timestampOf } from '#kernel/connector/signed-text.ts';
import { httpWire } from '#kernel/connector/wire.http.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { type Clock, systemClock } from '#kernel/time/clock.ts';

const crypto = softwareCrypto(Buffer.alloc(32, 7));
const paths = {
  police: policePaths,
  'national-circulation': nationalCirculationPaths,
  identity: identityPaths,
  'data-lake': dataLakePaths,
  hotline: hotlinePaths,
  enforcement: enforcementPaths,
  'sms-gateway': smsGatewayPaths,
  'mail-gateway': mailGatewayPaths,
  'one-stop': oneStopPaths,
};

/** Keys for both ends of a link, made anew. */
export const newLinkKeys = async (): Promise<LinkKeys> => ({
  ours: await crypto.newKeyPair(),
  peer: await crypto.newKeyPair(),
  sealKey: randomBytes(16).toString('hex'),
});

/** Our end of the link to a simulated system. */
export const linkTo = (keys: LinkKeys, system: SystemId): Link =>
  linkOf(crypto, {
    privateKey: keys.ours.privateKey,
    peerPublicKey: keys.peer.publicKey,
    sealKey: keys.sealKey,
    peerAppId: `sim-${system}`,
  });

/** What may be wrong with a question asked by hand; each part left out is as it should be. */
export interface Slips {
  readonly appId?: string;
  readonly timestamp?: string;
  readonly nonce?: string;
  readonly signature?: string;
  readonly contentType?: string;
  readonly encrypt?: string;
  /** The header as it stands; the key itself comes percent-encoded. */
  readonly idempotencyKey?: string;
}

/** What came back; `genuine` when the right system signed it for this very question. */
export interface Heard {
  readonly status: number;
  readonly code: unknown;
  readonly data: unknown;
  readonly text: string;
  readonly genuine: boolean;
}

/** Simulators that listen on a port of their own, in this process. */
export interface TestSimulators {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly keys: LinkKeys;
  wireTo(system: SystemId): Wire;
  /** Asks by hand; an object is sealed where the exchange wants it and written as JSON, a text goes as it is. */
  ask(system: SystemId, exchange: string, key: string, body: object | string, slips?: Slips): Promise<Heard>;
  /** Calls the desk; answers with what came back, parsed. Errors: throws when it is refused. */
  desk(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<unknown>;
  script(script: z.input<typeof scriptSchema>): Promise<void>;
  close(): Promise<void>;
}

const asked = (keys: LinkKeys, clock: Clock, url: string): TestSimulators['ask'] => {
  return async (system, exchange, key, body, slips = {}) => {
    const served = simulatedExchanges.find((one) => one.system === system && one.name === exchange);
    if (!served) throw new Error(`the simulators do not serve ${system}.${exchange}`);
    const { path, sealedFields } = served;
    const link = linkTo(keys, system);
    const text = typeof body === 'string' ? body : JSON.stringify(sealFields(body, sealedFields, link.sealKey, key));
    const { timestamp = timestampOf(clock.now()), nonce = randomBytes(16).toString('hex') } = slips;
    const parts = { method: 'POST', url: path, timestamp, nonce, body: Buffer.from(text) };
    const encrypt = slips.encrypt ?? (sealedFields.length > 0 ? 'SM4-CBC' : '');
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': slips.contentType ?? 'application/json',
        'x-app-id': slips.appId ?? link.appId,
        'x-timestamp': timestamp,
        'x-nonce': nonce,
        'x-idempotency-key': slips.idempotencyKey ?? encodeURIComponent(key),
        'x-signature': slips.signature ?? (await link.sign(signedText(parts))),
        ...(encrypt === '' ? {} : { 'x-encrypt': encrypt }),
      },
      body: text,
    });
    const answer = await response.text();
    const answerParts = {
      ...parts,
      timestamp: response.headers.get('x-timestamp') ?? '',
      body: Buffer.from(answer),
    };
    const genuine =
      response.headers.get('x-app-id') === link.peerAppId &&
      (await link.verify(signedText(answerParts), response.headers.get('x-signature') ?? ''));
    const { code, data }: { code?: unknown; data?: unknown } = JSON.parse(answer);
    return { status: response.status, code, data, text: answer, genuine };
  };
};

const deskAt =
  (url: string): TestSimulators['desk'] =>
  async (method, path, body) => {
    const content = body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {};
    const response = await fetch(`${url}/admin${path}`, { method, ...content });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };

/** Starts the simulators with nothing remembered, unless a state file says otherwise; they decide and certify at once. */
export const startSimulators = async (
  options: {
    readonly callbackUrl?: string;
    readonly settings?: Partial<Settings>;
    readonly stateFile?: string;
    readonly keys?: LinkKeys;
    readonly clock?: Clock;
  } = {},
): Promise<TestSimulators> => {
  const keys = options.keys ?? (await newLinkKeys());
  const clock = options.clock ?? systemClock;
  const atOnce = { decisionDelayMs: 0, certificateDelayMs: 0, deregistrationDelayMs: 0, reportDelayMs: 0 };
  const app = await simulators({
    keys: keys.peer,
    peer: { appId: 'sww-supervision', publicKey: keys.ours.publicKey },
    sealKey: keys.sealKey,
    settings: { ...usualSettings(options.callbackUrl ?? 'http://127.0.0.1:9'), ...atOnce, ...options.settings },
    ...(options.stateFile === undefined ? {} : { stateFile: options.stateFile }),
    oneStopRedirect: usualCitizenRules.redirectUri,
    clock: clock.now,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  // A server listening on a port has an AddressInfo for an address.
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const desk = deskAt(url);
  return {
    app,
    url,
    keys,
    wireTo: (system) => httpWire({ baseUrl: url, paths: paths[system], link: linkTo(keys, system), clock }),
    ask: asked(keys, clock, url),
    desk,
    script: async (script) => {
      await desk('POST', '/faults', script);
    },
    close: () => app.close(),
  };
};

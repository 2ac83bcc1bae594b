import { createHash, generateKeyPairSync, randomBytes, sign, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { simulatedClient } from './client.ts';
import { signOnCss, signOnPage, wrongRequestPage } from './page.ts';
import { type Citizen, citizens } from './people.ts';

/** How the provider is set up. */
export interface ProviderOptions {
  /** The addresses a browser may be sent back to. */
  readonly redirectUris: readonly string[];
  readonly clock: () => Date;
}

/** What is wrong with the next ID token, so that tests see it refused; null for nothing. */
export type Twist = 'wrong-nonce' | 'other-issuer' | 'other-audience' | 'expired' | 'bad-signature' | null;

interface Grant {
  readonly citizen: Citizen;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | undefined;
  readonly until: number;
}

const policy =
  "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const codeSeconds = 60;
const tokenSeconds = 300;

const asked = z.object({
  client_id: z.literal(simulatedClient.clientId),
  redirect_uri: z.string(),
  response_type: z.literal('code'),
  scope: z.string().refine((scope) => scope.split(' ').includes('openid')),
  state: z.string().max(500).optional(),
  nonce: z.string().max(500).optional(),
  code_challenge: z.string().regex(/^[\w-]{43}$/),
  code_challenge_method: z.literal('S256'),
});

const exchange = z.object({
  grant_type: z.literal('authorization_code'),
  code: z.string(),
  redirect_uri: z.string(),
  code_verifier: z.string(),
});

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const sameText = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));

const isOurClient = (request: FastifyRequest): boolean => {
  const [scheme, text = ''] = (request.headers.authorization ?? '').split(' ');
  const [id = '', secret = ''] = Buffer.from(text, 'base64').toString('utf8').split(':').map(decodeURIComponent);
  return scheme === 'Basic' && id === simulatedClient.clientId && sameText(secret, simulatedClient.clientSecret);
};

const issuerOf = (request: FastifyRequest): string =>
  `${request.protocol}://${request.host}${simulatedClient.issuerPath}`;

const refuse = (reply: FastifyReply, error: string, status = 400): FastifyReply => reply.code(status).send({ error });

const newSigner = () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomBytes(8).toString('hex');
  return {
    keys: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] },
    signed: (claims: object): string => {
      const text = `${base64url({ alg: 'RS256', typ: 'JWT', kid })}.${base64url(claims)}`;
      return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
    },
  };
};

const twisted = (claims: Readonly<Record<string, unknown>>, twist: Twist): Readonly<Record<string, unknown>> => {
  if (twist === 'wrong-nonce') return { ...claims, nonce: 'of-another-sign-in' };
  if (twist === 'other-issuer') return { ...claims, iss: 'https://elsewhere.example/sign-on' };
  if (twist === 'other-audience') return { ...claims, aud: 'another-client' };
  return twist === 'expired' ? { ...claims, exp: Number(claims.iat) - 3_600, iat: Number(claims.iat) - 7_200 } : claims;
};

/**
 * A government identity provider: OpenID Connect authorization code flow with PKCE, one page to choose who one is, nothing stored. Codes serve once
 * and for a minute. `/sign-on/twist` spoils the next ID token for tests.
 */
export const serveSignOn = (app: FastifyInstance, { redirectUris, clock }: ProviderOptions): void => {
  const signer = newSigner();
  const grants = new Map<string, Grant>();
  let twist: Twist = null;
  const base = simulatedClient.issuerPath;
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.get(`${base}/.well-known/openid-configuration`, (request) => ({
    issuer: issuerOf(request),
    authorization_endpoint: `${issuerOf(request)}/authorize`,
    token_endpoint: `${issuerOf(request)}/token`,
    jwks_uri: `${issuerOf(request)}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    authorization_response_iss_parameter_supported: true,
  }));
  app.get(`${base}/keys`, () => signer.keys);
  app.get(`${base}/page.css`, (_request, reply) => reply.type('text/css; charset=utf-8').send(signOnCss));
  /** The question as it came, to be carried along. */
  const asText = (request: FastifyRequest): URLSearchParams => new URL(request.url, issuerOf(request)).searchParams;
  const question = (request: FastifyRequest) => {
    const parsed = asked.safeParse(request.query);
    return parsed.success && redirectUris.includes(parsed.data.redirect_uri) ? parsed.data : undefined;
  };
  app.get(`${base}/authorize`, (request, reply) => {
    const good = question(request);
    // A browser is never sent to an address nobody registered, not even with an error.
    const page = good ? signOnPage(citizens, asText(request)) : wrongRequestPage();
    return reply
      .code(good ? 200 : 400)
      .type('text/html; charset=utf-8')
      .send(page);
  });
  app.get(`${base}/choose`, (request, reply) => {
    const good = question(request);
    const { subject } = z.object({ subject: z.string().optional() }).parse(request.query);
    const citizen = citizens.find((one) => one.subject === subject);
    if (!good) return reply.code(400).type('text/html; charset=utf-8').send(wrongRequestPage());
    const back = new URL(good.redirect_uri);
    if (good.state !== undefined) back.searchParams.set('state', good.state);
    back.searchParams.set('iss', issuerOf(request));
    if (!citizen) {
      back.searchParams.set('error', 'access_denied');
      return reply.redirect(back.href);
    }
    const code = randomBytes(24).toString('base64url');
    const { redirect_uri: redirectUri, code_challenge: challenge, nonce } = good;
    grants.set(code, { citizen, redirectUri, challenge, nonce, until: clock().getTime() + codeSeconds * 1000 });
    back.searchParams.set('code', code);
    return reply.redirect(back.href);
  });
  app.post(`${base}/token`, (request, reply) => {
    if (!isOurClient(request)) return refuse(reply, 'invalid_client', 401);
    const said = exchange.safeParse(request.body);
    if (!said.success) return refuse(reply, 'invalid_request');
    const grant = grants.get(said.data.code);
    grants.delete(said.data.code);
    const challenge = createHash('sha256').update(said.data.code_verifier).digest('base64url');
    const now = clock().getTime();
    if (!grant || grant.until < now || grant.redirectUri !== said.data.redirect_uri || grant.challenge !== challenge) {
      return refuse(reply, 'invalid_grant');
    }
    const iat = Math.floor(now / 1000);
    const claims = {
      iss: issuerOf(request),
      sub: grant.citizen.subject,
      aud: simulatedClient.clientId,
      iat,
      exp: iat + tokenSeconds,
      name: grant.citizen.name,
      [simulatedClient.identityClaim]: grant.citizen.identityNo,
      ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }),
    };
    const token = signer.signed(twisted(claims, twist));
    const idToken = twist === 'bad-signature' ? `${token.slice(0, -8)}AAAAAAAA` : token;
    twist = null;
    return reply.header('cache-control', 'no-store').send({
      access_token: randomBytes(24).toString('base64url'),
      token_type: 'Bearer',
      expires_in: tokenSeconds,
      id_token: idToken,
    });
  });
  app.post(`${base}/twist`, (request, reply) => {
    // Every other path of the simulators takes JSON as raw bytes.
    const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '{}';
    twist = z
      .object({ twist: z.enum(['wrong-nonce', 'other-issuer', 'other-audience', 'expired', 'bad-signature']) })
      .parse(JSON.parse(text)).twist;
    return reply.code(204).send();
  });
};

import * as oidc from 'openid-client';
import { z } from 'zod';
import { type Db, inTransaction } from '#kernel/db/database.ts';
import type { Tickets } from '#practices/captcha/server/tickets.ts';
import type { OutsideIdentity } from './sign-on.store.ts';
import { causeOf, isUnreachable, type SignOnCause, SignOnFailed } from './sign-on-failure.ts';

/** How the government's sign-on is reached. */
export interface SignOnSettings {
  /** What it is called on the sign-in page. */
  readonly title: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the provider sends the browser back to: a page of ours, registered there. */
  readonly redirectUri: string;
  /** The claim of the signed ID token that holds the verified identity number; null when the provider sends none. */
  readonly identityClaim: string | null;
}

/** What the provider sent back in the address, and the ticket of the beginning. */
export interface SignOnAnswer {
  readonly ticket: string;
  readonly code: string;
  readonly state: string;
  readonly iss?: string | undefined;
}

/** Whom the provider vouches for; nothing but signed claims, and never an e-mail address. */
export interface Vouched extends OutsideIdentity {
  readonly identityNo: string | null;
}

/** Why nobody is vouched for: what the person is told, and the code of the cause for the log. */
export interface SignOnRefusal<C extends string = 'TICKET_GONE' | 'SIGN_ON_REFUSED' | 'SIGN_ON_UNREACHABLE'> {
  readonly refusal: C;
  readonly cause: string | null;
}

/** OIDC authorization code flow with PKCE, state and nonce. Source: tender R42; OpenID Connect Core 1.0, RFC 7636, RFC 9207. */
export interface SignOn {
  readonly title: string;
  /** `boundTo`: the person who asks to have the identity bound, or null for signing in; the answer serves nothing else. */
  begin(
    boundTo: string | null,
    now: Date,
  ): Promise<{ readonly address: string; readonly ticket: string } | SignOnRefusal<'SIGN_ON_UNREACHABLE'>>;
  finish(boundTo: string | null, answer: SignOnAnswer, now: Date): Promise<Vouched | SignOnRefusal>;
}

const minutes = 10;
const timeoutSeconds = 10;
const begun = z.object({ boundTo: z.string().nullable(), state: z.string(), nonce: z.string(), verifier: z.string() });

const discover = async ({ issuer, clientId, clientSecret }: SignOnSettings): Promise<oidc.Configuration> => {
  const plain = new URL(issuer).protocol === 'http:';
  const configuration = await oidc.discovery(
    new URL(issuer),
    clientId,
    undefined,
    oidc.ClientSecretBasic(clientSecret),
    {
      timeout: timeoutSeconds,
      execute: plain ? [oidc.allowInsecureRequests] : [],
    },
  );
  // Without this a token that came straight from the provider would be believed without its signature.
  oidc.enableNonRepudiationChecks(configuration);
  return configuration;
};

/**
 * The sign-on of a provider. The beginning lives in a sealed, single-use ticket that the page keeps, so a forged return finds none. `onFailure` is told of every cause:
 * a wrong secret or a clock gone astray would else look like people who mistyped.
 */
export const signOnOver = (
  db: Db,
  tickets: Tickets,
  settings: SignOnSettings,
  onFailure: (error: SignOnFailed) => void,
): SignOn => {
  const told = (step: SignOnCause['step'], error: unknown): string => {
    const cause = causeOf(step, error);
    onFailure(new SignOnFailed(cause));
    return cause.code;
  };
  let known: Promise<oidc.Configuration> | undefined;
  const configuration = (): Promise<oidc.Configuration> => {
    known ??= discover(settings).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  const vouchedBy = (claims: oidc.IDToken): Vouched => {
    const claimed = settings.identityClaim === null ? undefined : claims[settings.identityClaim];
    const identityNo = typeof claimed === 'string' && claimed !== '' ? claimed.toUpperCase() : null;
    return { issuer: claims.iss, subject: claims.sub, identityNo };
  };
  const exchange = async ({ code, state, iss }: SignOnAnswer, of: z.output<typeof begun>): Promise<Vouched> => {
    const returned = new URL(settings.redirectUri);
    returned.search = new URLSearchParams({ code, state, ...(iss === undefined ? {} : { iss }) }).toString();
    const tokens = await oidc.authorizationCodeGrant(await configuration(), returned, {
      pkceCodeVerifier: of.verifier,
      expectedState: of.state,
      expectedNonce: of.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('an expected ID token without claims');
    return vouchedBy(claims);
  };
  return {
    title: settings.title,
    begin: async (boundTo, now) => {
      const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
      try {
        const address = oidc.buildAuthorizationUrl(await configuration(), {
          redirect_uri: settings.redirectUri,
          scope: 'openid',
          state,
          nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        });
        const ticket = await tickets.issue('sign-on', { boundTo, state, nonce, verifier }, now, minutes);
        return { address: address.href, ticket };
      } catch (error) {
        if (!isUnreachable(error)) throw error;
        return { refusal: 'SIGN_ON_UNREACHABLE', cause: told('begin', error) };
      }
    },
    finish: async (boundTo, answer, now) => {
      // Used up before the provider is asked: a second return of the same browser is not even carried there.
      const of = await inTransaction(db, (tx) => tickets.redeem(tx, 'sign-on', answer.ticket, begun, now));
      if (!of || of.boundTo !== boundTo) return { refusal: 'TICKET_GONE', cause: null };
      try {
        return await exchange(answer, of);
      } catch (error) {
        const refusal = isUnreachable(error) ? 'SIGN_ON_UNREACHABLE' : 'SIGN_ON_REFUSED';
        return { refusal, cause: told('finish', error) };
      }
    },
  };
};

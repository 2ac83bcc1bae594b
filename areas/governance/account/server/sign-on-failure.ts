import * as oidc from 'openid-client';

/** Why a sign-on failed, as far as it names nobody: codes only, never what the provider or the browser sent. */
export interface SignOnCause {
  /** What was being done. */
  readonly step: 'begin' | 'finish';
  /** The library's or the network's code, or the error code of OAuth (RFC 6749 4.1.2.1, 5.2). */
  readonly code: string;
  /** What the provider answered with; null where it did not. */
  readonly status: number | null;
}

/** A failed sign-on as the server's log shows it. */
export class SignOnFailed extends Error {
  readonly why: SignOnCause;
  constructor(why: SignOnCause) {
    super(`government sign-on failed to ${why.step}: ${why.code}${why.status === null ? '' : ` (HTTP ${why.status})`}`);
    this.why = why;
  }
}

/** Codes are words of a protocol; anything else might be about somebody. */
const asCode = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[A-Za-z][A-Za-z0-9_.-]{1,60}$/.test(value) ? value : undefined;

const codeOf = (error: unknown, depth = 0): string | undefined => {
  if (!(error instanceof Error) || depth > 3) return undefined;
  const { code, error: oauth } = error as Error & { readonly code?: unknown; readonly error?: unknown };
  return asCode(oauth) ?? codeOf(error.cause, depth + 1) ?? asCode(code);
};

const statusOf = (error: unknown): number | null => {
  if (error instanceof oidc.ResponseBodyError) return error.status;
  const { cause } = error as { readonly cause?: unknown };
  return cause instanceof Response ? cause.status : null;
};

/** Whether the provider could not be reached, rather than said no. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof TypeError ||
  (error instanceof oidc.ClientError && error.code === 'OAUTH_TIMEOUT') ||
  (error instanceof Error && error.cause instanceof TypeError);

/** The cause of an error of the sign-on. */
export const causeOf = (step: SignOnCause['step'], error: unknown): SignOnCause => ({
  step,
  code: codeOf(error) ?? (error instanceof Error ? error.name : 'unknown'),
  status: error instanceof Error ? statusOf(error) : null,
});

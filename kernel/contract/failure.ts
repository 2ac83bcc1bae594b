/** One thing wrong with what was sent or with the state of the matter; `path` names the field (`owner.phone`), empty when none. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** The body of every reply that is not 2xx. Messages are Chinese and say what happened and what to do. */
export interface FailureBody {
  readonly code: string;
  readonly message: string;
  readonly problems: readonly Problem[];
  /** What the caller may need to go on, for example the present version after a conflict. */
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly traceId: string;
}

/**
 * A refusal on its way to the caller: thrown by handlers through `context.fail` and by the mount itself.
 * Anything else that is thrown is a defect and reaches the caller only as `INTERNAL` with the trace id.
 */
export class Failure extends Error {
  readonly status: number;
  readonly code: string;
  readonly problems: readonly Problem[];
  readonly detail: Readonly<Record<string, unknown>> | undefined;
  /** After how many seconds the same may be asked again; told to the caller where it is known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      problems?: readonly Problem[];
      detail?: Readonly<Record<string, unknown>>;
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.problems = more.problems ?? [];
    this.detail = more.detail;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** Nobody is signed in, or not any more; `why` where it is known. */
export const notSignedIn = (why = '请先登录'): Failure => new Failure(401, 'NOT_SIGNED_IN', why);

/** The same answer for "does not exist" and "is not yours", so that nobody can probe for other people's cases. */
export const notFound = (): Failure => new Failure(404, 'NOT_FOUND', '没有找到，可能已被删除，或不在您的权限范围内');

import { randomBytes } from 'node:crypto';
import '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Access, Subject } from '#kernel/access/access.ts';
import type { AuditFact } from '#kernel/audit/fact.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { type Call, isTold, readFact, refusalFact } from './call-facts.ts';
import { Failure, notSignedIn } from './failure.ts';
import { type FileReply, isFileReply, sendFile } from './file-reply.ts';
import type { Contract, ErrorOf, Operation, OutputOf } from './operation.ts';
import { unusable } from './plain-text.ts';
import { type UploadedFile, uploadedFile } from './uploaded-file.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operation a route serves. */
    operation?: string;
  }
}

/** What a handler gets beside its input. */
export interface CallContext<E extends string = string> {
  /** Who asks. Public operations get a subject without roles. */
  readonly subject: Subject;
  readonly ip: string;
  /** What the browser says it is; never trusted, only shown to its owner. */
  readonly userAgent: string;
  readonly now: Date;
  readonly traceId: string;
  readonly file: UploadedFile | undefined;
  /** The raw session token of this request, for signing out. */
  readonly sessionToken: string | undefined;
  /** Sets or clears the session cookie on the reply. */
  setSession(token: string | null): void;
  /** Tells the log that something personal was read, where not every call of the operation shows it; resolves when it is kept. */
  leaveRead(detail: AuditFact['detail']): Promise<void>;
  /** Refuses in a declared way. */
  fail(code: E, more?: ConstructorParameters<typeof Failure>[3] & { message?: string }): never;
}

/** Typed in, typed out, and able to fail only in the declared ways; file replies return a {@link FileReply}. */
export type Handler<O> =
  O extends Operation<infer In, infer _Out, infer _E>
    ? (input: z.output<In>, context: CallContext<ErrorOf<O>>) => Promise<OutputOf<O> | FileReply>
    : never;

/** One handler for every operation of a contract; a missing one does not compile. */
export type Handlers<C extends Contract> = { readonly [K in keyof C]: Handler<C[K]> };

/** What mounting needs from outside. */
export interface MountParts {
  readonly access: Access;
  readonly clock: Clock;
  /**
   * The subject behind a session token; undefined when the token is unknown, expired or revoked, or its sign-in is not complete.
   * `unattended`: the page asks by itself and nobody is at it, so the session is not kept alive.
   */
  readonly subjectOf: (token: string, unattended: boolean) => Promise<Subject | undefined>;
  /** Why a session is no more, in words for its person; undefined when that is not known. */
  readonly whyEnded?: (token: string) => Promise<string | undefined>;
  /** Keeps reads, and what a known person was refused. */
  readonly leaveFact: (fact: AuditFact) => Promise<void>;
  readonly secureCookies: boolean;
  /** The door these parts guard; left out for people with an account. */
  readonly door?: string;
}

/** The header by which a page says that nobody has touched it for a while. */
const unattendedHeader = 'x-unattended';

/** The cookie that carries the opaque session token. */
export const sessionCookie = 'hs_session';
/** Each other door has one of its own. */
const cookieOf = (door: string | undefined): string => (door === undefined ? sessionCookie : `hs_${door}`);

const nobody: Subject = {
  id: 'nobody',
  name: '',
  organisationId: null,
  organisationName: null,
  organisationCode: null,
  districtCode: null,
  roles: [],
};

/** How callers of one kind come in: people with a session, systems with a signature. */
export interface Reception {
  /** Who calls; undefined where nobody is known. Errors: throws where a caller says who they are and it is not so. */
  known(request: FastifyRequest): Promise<Subject | undefined>;
  /** Errors: throws the refusal of a caller who may not come in, whatever they may do. */
  letIn(request: FastifyRequest, operation: Operation, known: Subject | undefined): Promise<Subject>;
  body(request: FastifyRequest): unknown;
  file(request: FastifyRequest): Promise<UploadedFile>;
}

const subjectOf = async (request: FastifyRequest, parts: MountParts): Promise<Subject | undefined> => {
  const token = request.cookies[cookieOf(parts.door)];
  const unattended = request.headers[unattendedHeader] !== undefined;
  return token === undefined ? undefined : parts.subjectOf(token, unattended);
};

/** People come in by the session their cookie speaks of. */
const peoplesDoor = (parts: MountParts): Reception => ({
  known: (request) => subjectOf(request, parts),
  letIn: async (request, { permission, method }, known) => {
    if (permission === 'public') return known ?? nobody;
    if (!known) {
      const token = request.cookies[cookieOf(parts.door)];
      const why = token === undefined ? undefined : await parts.whyEnded?.(token);
      throw notSignedIn(why);
    }
    // A browser only lets our own pages set this header, so a foreign page cannot ride on the cookie.
    if (method !== 'GET' && request.headers['x-requested-with'] === undefined) {
      throw new Failure(403, 'FOREIGN_PAGE', '请求不是从本系统页面发出，已拒绝');
    }
    return known;
  },
  body: ({ body }) => body,
  file: uploadedFile,
});

/** Who may do this. Errors: throws the refusal. */
const admit = async (
  request: FastifyRequest,
  operation: Operation,
  { access }: MountParts,
  reception: Reception,
  known: Subject | undefined,
): Promise<Subject> => {
  const subject = await reception.letIn(request, operation, known);
  const { permission } = operation;
  if (permission !== 'public' && permission !== 'signed-in' && !access.holds(subject, permission)) {
    throw new Failure(403, 'NOT_PERMITTED', '您没有此项权限，如需办理请联系管理员');
  }
  return subject;
};

const rawInput = (request: FastifyRequest, operation: Operation, reception: Reception): unknown => {
  const path = request.params as Record<string, unknown>;
  const query = request.query as Record<string, unknown>;
  const readsQuery = operation.method === 'GET' || operation.method === 'DELETE' || operation.body === 'file';
  if (readsQuery) return { ...query, ...path };
  const body = reception.body(request);
  if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body))) {
    throw new Failure(400, 'MALFORMED', '请求内容应为一个对象');
  }
  return { ...(body as Record<string, unknown> | null | undefined), ...path };
};

const parseInput = (operation: Operation, raw: unknown): unknown => {
  const why = unusable(raw);
  if (why !== undefined) throw new Failure(400, 'MALFORMED', why);
  const parsed = operation.input.safeParse(raw);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new Failure(400, 'MALFORMED', `请求内容不符合要求：${problems[0]?.message ?? ''}`, { problems });
};

const failWith =
  (operation: Operation): CallContext['fail'] =>
  (code, more = {}) => {
    const declared = operation.errors[code];
    if (!declared) throw new Error(`${operation.id} fails with undeclared ${code}`);
    throw new Failure(declared.status, code, more.message ?? declared.message, more);
  };

const contextOf = (
  request: FastifyRequest,
  reply: FastifyReply,
  operation: Operation,
  parts: MountParts,
  subject: Subject,
  input: unknown,
  file: UploadedFile | undefined,
): CallContext => ({
  subject,
  ip: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
  now: parts.clock.now(),
  traceId: request.id,
  file,
  sessionToken: request.cookies[cookieOf(parts.door)],
  setSession: (token) => {
    const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: parts.secureCookies } as const;
    if (token !== null) void reply.setCookie(cookieOf(parts.door), token, options);
    else void reply.clearCookie(cookieOf(parts.door), options).header('clear-site-data', '"cache"');
  },
  leaveRead: (detail) => parts.leaveFact(readFact(callOf(request, operation, parts, subject), input, detail)),
  fail: failWith(operation),
});

const callOf = (request: FastifyRequest, operation: Operation, parts: MountParts, subject: Subject): Call => ({
  operation,
  subject,
  ip: request.ip,
  agent: request.headers['user-agent'],
  at: parts.clock.now(),
  traceId: request.id,
});

type AnyHandler = (input: unknown, context: CallContext) => Promise<unknown>;

const serve = (operation: Operation, handler: AnyHandler, parts: MountParts, reception: Reception) => {
  const perform = async (request: FastifyRequest, reply: FastifyReply, known: Subject | undefined) => {
    const subject = await admit(request, operation, parts, reception, known);
    const input = parseInput(operation, rawInput(request, operation, reception));
    const file = operation.body === 'file' ? await reception.file(request) : undefined;
    const context = contextOf(request, reply, operation, parts, subject, input, file);
    const result = await handler(input, context);
    if (operation.audit === 'read') {
      await parts.leaveFact(readFact(callOf(request, operation, parts, subject), input));
    }
    if (operation.reply === 'file') {
      if (!isFileReply(result)) throw new Error(`${operation.id} must answer a file`);
      return sendFile(request, reply, result);
    }
    void reply.header('cache-control', 'no-store');
    return operation.output.parse(result);
  };
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const known = await reception.known(request);
    try {
      return await perform(request, reply, known);
    } catch (error) {
      if (known && error instanceof Failure && isTold(operation, error)) {
        await parts.leaveFact(refusalFact(callOf(request, operation, parts, known), error, request.params));
      }
      throw error;
    }
  };
};

/** Mounts every operation of a contract under `/api`; a handler cannot forget a check because it never does any of them. Callers are people unless told. */
export const mountContract = <C extends Contract>(
  server: FastifyInstance,
  contract: C,
  handlers: Handlers<C>,
  parts: MountParts,
  reception: Reception = peoplesDoor(parts),
): void => {
  for (const [name, operation] of Object.entries(contract)) {
    if (operation.door !== parts.door) throw new Error(`${operation.id} is mounted at another's door`);
    // Handlers<C> guarantees a handler of the right type under every name of the contract.
    const handler = handlers[name as keyof C] as unknown as AnyHandler;
    server.route({
      method: operation.method,
      url: `/api${operation.path.replace(/\{(\w+)\}/g, ':$1')}`,
      config: { operation: operation.id },
      handler: serve(operation, handler, parts, reception),
    });
  }
};

/** A trace id for a request: 16 random bytes in hex. */
export const newTraceId = (): string => randomBytes(16).toString('hex');

import type { z } from 'zod';
import type { Source } from '#kernel/source/source.ts';

/** HTTP methods an operation may use. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** `area.resource:verb`: permission, route, button and audit name are this one string. */
export type Permission = `${string}.${string}:${string}`;

/** A way an operation may fail, declared where the operation is; `message` is what the user reads, in Chinese. */
export interface DeclaredError {
  readonly status: 400 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;
  readonly message: string;
}

/**
 * One call of the API, said once: the server mounts it, the client is typed by it, OpenAPI and the audit log are made from it.
 *
 * `path` holds parameters as `{name}`; they are parsed with the input. GET and DELETE take the rest from the query, POST and PUT
 * from the body. `body: 'file'` streams one uploaded file to the handler; `reply: 'file'` lets the handler answer with a stream.
 */
export interface Operation<
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
  E extends string = string,
> {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  readonly method: Method;
  readonly path: `/${string}`;
  readonly permission: Permission | 'public' | 'signed-in';
  readonly input: In;
  readonly output: Out;
  readonly errors: Readonly<Record<E, DeclaredError>>;
  /** `write`: the handler's transaction leaves the entry itself; `read`: the mount leaves one; `partly`: the handler says by
   * `leaveRead` when something personal was seen; `none`: nothing personal is seen. */
  readonly audit: 'read' | 'write' | 'partly' | 'none';
  /** Who comes in by another door than people with an account: their sessions have a cookie of that door's own, and serve nowhere else; by the door `system` nobody has a session, and every request is signed. */
  readonly door?: string;
  readonly body?: 'json' | 'file';
  readonly reply?: 'json' | 'file';
}

/** A set of operations by the name their callers use. */
export type Contract = Readonly<Record<string, Operation>>;

/** Declares an operation; the value is frozen. */
export const operation = <In extends z.ZodType, Out extends z.ZodType, const E extends string = never>(
  definition: Operation<In, Out, E>,
): Operation<In, Out, E> => Object.freeze(definition);

/** What a caller passes to an operation, before parsing. */
export type InputOf<O> = O extends Operation<infer In, infer _Out, infer _E> ? z.input<In> : never;

/** What a caller gets from an operation. */
export type OutputOf<O> = O extends Operation<infer _In, infer Out, infer _E> ? z.output<Out> : never;

/** The declared error codes of an operation. */
export type ErrorOf<O> = O extends Operation<infer _In, infer _Out, infer E> ? E : never;

import type { FailureBody } from './failure.ts';
import { Failure } from './failure.ts';
import type { Contract, InputOf, Operation, OutputOf } from './operation.ts';

/** How the client reaches the server; `fetch` in a browser, a wrapped one in tests. */
export interface Transport {
  readonly baseUrl: string;
  readonly fetch: (
    url: string,
    init: { method: string; headers: Record<string, string>; body?: string },
  ) => Promise<Reply>;
}

/** The part of a fetch response the client reads. */
export interface Reply {
  readonly ok: boolean;
  readonly status: number;
  text(): Promise<string>;
}

/** A typed caller for every JSON operation of a contract. */
export type Client<C extends Contract> = {
  readonly [K in keyof C]: (input: InputOf<C[K]>) => Promise<OutputOf<C[K]>>;
};

/** The address of an operation: path parameters filled, the rest as query for GET and DELETE. Used for downloads and uploads too. */
export const addressOf = (
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
): { url: string; rest: Record<string, unknown> } => {
  const rest: Record<string, unknown> = { ...input };
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  if (operation.method === 'POST' || operation.method === 'PUT') return { url: `/api${path}`, rest };
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(rest)) {
    if (value === undefined || value === null || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) query.append(key, String(one));
  }
  const tail = query.toString();
  return { url: `/api${path}${tail ? `?${tail}` : ''}`, rest: {} };
};

const asFailure = (status: number, text: string): Failure => {
  try {
    // The server answers every failure in this shape; anything else (a proxy's page) falls to the catch.
    const body = JSON.parse(text) as FailureBody;
    return new Failure(status, body.code, body.message, {
      problems: body.problems ?? [],
      detail: { ...body.detail, traceId: body.traceId },
    });
  } catch {
    return new Failure(status, 'UNREADABLE', '服务器没有正常应答，请稍后再试；已填写的内容不会丢失');
  }
};

const call = async (operation: Operation, input: unknown, transport: Transport): Promise<unknown> => {
  // Operations take objects; the contract's schema guarantees it.
  const { url, rest } = addressOf(operation, (input ?? {}) as Record<string, unknown>);
  const withBody = operation.method === 'POST' || operation.method === 'PUT';
  let reply: Reply;
  try {
    reply = await transport.fetch(`${transport.baseUrl}${url}`, {
      method: operation.method,
      headers: {
        accept: 'application/json',
        'x-requested-with': 'desk',
        ...(withBody ? { 'content-type': 'application/json' } : {}),
      },
      ...(withBody ? { body: JSON.stringify(rest) } : {}),
    });
  } catch {
    throw new Failure(0, 'OFFLINE', '网络已断开，请检查网络；已填写的内容保留在本机，恢复后会继续');
  }
  const text = await reply.text();
  if (!reply.ok) throw asFailure(reply.status, text);
  return text === '' ? undefined : JSON.parse(text);
};

/** Makes the typed client of a contract. Failures are thrown as {@link Failure}; status 0 means the network was not there. */
export const clientOf = <C extends Contract>(contract: C, transport: Transport): Client<C> =>
  Object.fromEntries(
    Object.entries(contract).map(([name, one]) => [name, (input: unknown) => call(one, input, transport)]),
    // The mapped type cannot be built by Object.fromEntries; each entry is typed by its operation.
  ) as Client<C>;

import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** Hands each request to the next of several servers, as a load balancer without a memory does. */
export interface Balancer {
  readonly url: string;
  close(): Promise<void>;
}

const answer = (reply: ServerResponse, status: number): void => {
  if (reply.headersSent) reply.destroy();
  else reply.writeHead(status).end();
};

/** Passes a call on; one that reaches no server goes to the next, one that was cut off half-way is answered with 502: who knows whether it was done. */
const passOn = (call: IncomingMessage, reply: ServerResponse, servers: readonly string[]): void => {
  const [server, ...others] = servers;
  if (server === undefined) {
    answer(reply, 503);
    return;
  }
  const { hostname, port } = new URL(server);
  const headers = {
    ...call.headers,
    'x-forwarded-for': call.headers['x-forwarded-for'] ?? call.socket.remoteAddress ?? '',
  };
  const passed = request({ hostname, port, method: call.method, path: call.url, headers }, (told) => {
    reply.writeHead(told.statusCode ?? 502, told.headers);
    told.pipe(reply);
    told.on('error', () => reply.destroy());
  });
  passed.on('socket', (socket) => {
    const begin = (): void => void call.pipe(passed);
    if (socket.connecting) socket.once('connect', begin);
    else begin();
  });
  passed.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED') passOn(call, reply, others);
    else answer(reply, 502);
  });
  reply.on('close', () => passed.destroy());
};

/** Starts a balancer before servers that may come and go, told by the address that is asked for; `port` 0 takes any. */
export const aBalancer = (servers: (path: string) => readonly string[], port = 0): Promise<Balancer> =>
  new Promise((resolve) => {
    let turn = 0;
    const server = createServer((call, reply) => {
      const all = servers(new URL(call.url ?? '', 'http://path-only').pathname);
      turn += 1;
      passOn(
        call,
        reply,
        all.map((_, index) => all[(turn + index) % all.length] ?? ''),
      );
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve({
        url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`,
        close: () =>
          new Promise((closed) => {
            server.closeAllConnections();
            server.close(() => closed());
          }),
      });
    });
  });

import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message that came. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly path: string;
}

/** A receiver of the test: what came, and how it answers. */
export interface Receiver {
  readonly url: string;
  readonly got: Received[];
  answer: () => { status: number; headers?: Record<string, string>; body?: string } | 'silence';
  close(): Promise<void>;
}

/** A receiver on a port of its own; it takes everything until told otherwise. */
export const aReceiver = async (): Promise<Receiver> => {
  const got: Received[] = [];
  const server: Server = createServer((request, reply) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(pieces).toString('utf8'), path: request.url ?? '' });
      const said = it.answer();
      if (said === 'silence') return;
      reply.writeHead(said.status, said.headers).end(said.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const it: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?from=platform`,
    got,
    answer: () => ({ status: 204 }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return it;
};

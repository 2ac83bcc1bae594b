import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Where people knock. */
export interface Place {
  readonly host: string;
  readonly port: number;
  /** How many new connections the system keeps waiting at each door. */
  readonly backlog: number;
  /** How long those who are being served may take to have their answer when the doors are closed, in milliseconds; longer ones are broken off. */
  readonly patienceMs: number;
}

/** Node takes one new connection a door and turn of its event loop. */
const doorsBesideFirst = 7;

/** Only there doors of one process may share a place; elsewhere there is the first door alone. */
const mayShare = process.platform === 'linux';

const listening = async (door: Server, options: object): Promise<Server> => {
  door.listen(options);
  await once(door, 'listening');
  return door;
};

const closed = (door: Server): Promise<void> => new Promise((resolve) => door.close(() => resolve()));

/** Whoever has had an answer meanwhile would keep the connection for the next question: it is let go; whoever sends for ever is broken off. */
const close = async (server: FastifyInstance, doors: readonly Server[], patienceMs: number): Promise<void> => {
  const answered = setInterval(() => server.server.closeIdleConnections(), 100);
  const patience = setTimeout(() => server.server.closeAllConnections(), patienceMs);
  try {
    await Promise.all([...doors.map(closed), server.close()]);
  } finally {
    clearInterval(answered);
    clearTimeout(patience);
  }
};

/** Doors that may be shared are shared with another program of the same user too, who would never hear of it. */
const demandFree = async ({ host, port }: Pick<Place, 'host' | 'port'>): Promise<void> => {
  if (port !== 0) await closed(await listening(createServer(), { host, port }));
};

/**
 * Lets people in by several doors of one place. A turn of the event loop is long when there is much to do, and by a single door a hundred people a second
 * came in just then; the others waited in the system's queue, where nobody could tell them when to come back.
 * Returns what closes the doors and the server, when whoever is being served has an answer.
 * @throws an error with the code `EADDRINUSE` where somebody else has the place
 * Source: tender T2.2, T2.7, ADR 0060.
 */
export const openDoors = async (
  server: FastifyInstance,
  { patienceMs, ...place }: Place,
): Promise<() => Promise<void>> => {
  if (mayShare) await demandFree(place);
  await server.listen({ ...place, ...(mayShare && { reusePort: true }) });
  const first = server.server.address();
  if (!mayShare || first === null || typeof first === 'string') return () => close(server, [], patienceMs);
  // As Node's own web server opens its sockets.
  const door = (): Server =>
    createServer({ allowHalfOpen: true, noDelay: true }, (socket: Socket) => {
      server.server.emit('connection', socket);
    });
  const doors = await Promise.all(
    Array.from({ length: doorsBesideFirst }, () =>
      listening(door(), { host: first.address, port: first.port, backlog: place.backlog, reusePort: true }),
    ),
  );
  return () => close(server, doors, patienceMs);
};

import type { IncomingHttpHeaders, Server } from 'node:http';
import type { Socket } from 'node:net';
import { busy } from '#kernel/contract/answer-failures.ts';

const sentAway = Buffer.from(
  `HTTP/1.1 503 Service Unavailable\r\nretry-after: ${busy.retryAfterSeconds}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
);

const bringsBody = (headers: IncomingHttpHeaders): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * Bounds the connections that are open at once. Beyond so many, whoever comes is let in all the same, and the connection on which longest nothing was asked is closed for it:
 * one that sends nothing, sends its question, headers or body, by drops, or has had its answer, which a browser or a balancer opens again by itself. Only where every connection is being
 * answered is the new one sent away with a time to come back. Source: tender T2.2, T2.7.
 */
export const boundConnections = (server: Server, most: number): void => {
  /** Those on which nothing is asked, the longest such first. */
  const quiet = new Set<Socket>();
  const asked = new Map<Socket, number>();
  let open = 0;
  const oneEnded = (socket: Socket): void => {
    const left = (asked.get(socket) ?? 1) - 1;
    if (left > 0) {
      asked.set(socket, left);
      return;
    }
    asked.delete(socket);
    if (!socket.destroyed) quiet.add(socket);
  };
  server.on('connection', (socket: Socket) => {
    open += 1;
    socket.once('close', () => {
      open -= 1;
      quiet.delete(socket);
      asked.delete(socket);
    });
    const [longest] = quiet;
    quiet.add(socket);
    if (open <= most) return;
    if (longest) {
      quiet.delete(longest);
      longest.destroy();
      return;
    }
    quiet.delete(socket);
    socket.end(sentAway, () => socket.destroy());
  });
  server.on('request', (request, reply) => {
    const { socket, headers } = request;
    let standing: 'coming' | 'asked' | 'over' = 'coming';
    const whole = (): void => {
      if (standing !== 'coming') return;
      standing = 'asked';
      quiet.delete(socket);
      asked.set(socket, (asked.get(socket) ?? 0) + 1);
    };
    if (bringsBody(headers)) {
      // Something was heard: all that have been silent for longer go first.
      if (quiet.delete(socket)) quiet.add(socket);
      request.once('end', whole);
    } else whole();
    reply.once('close', () => {
      if (standing === 'asked') oneEnded(socket);
      standing = 'over';
    });
  });
};

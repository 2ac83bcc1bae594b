import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { busy } from '#kernel/contract/answer-failures.ts';

const sentAway = Buffer.from(
  `HTTP/1.1 503 Service Unavailable\r\nretry-after: ${busy.retryAfterSeconds}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
);

/**
 * Bounds the connections that are open at once. Beyond so many, whoever comes is let in all the same, and the connection on which longest nothing was asked is closed for it:
 * one that sends nothing, sends its question by drops, or has had its answer, which a browser or a balancer opens again by itself. Only where every connection is being
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
  server.on('request', ({ socket }, reply) => {
    quiet.delete(socket);
    asked.set(socket, (asked.get(socket) ?? 0) + 1);
    reply.once('close', () => oneEnded(socket));
  });
};

import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody on the way between two processes. */
export interface Between {
  readonly url: string;
  close(): Promise<void>;
}

/** Stands between two processes; `answer` says what becomes of a request. */
export const standBetween = async (answer: RequestListener): Promise<Between> => {
  const server = createServer(answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  // A server listening on a port has an AddressInfo for an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
};

/** What is of the connection and not of the request. */
const ofTheConnection = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

/** A request passed on as it came to where it was meant for, and what was answered. */
export const passedOn = async (
  request: IncomingMessage,
  to: string,
): Promise<{ readonly status: number; readonly headers: Record<string, string>; readonly body: Buffer }> => {
  const body = Buffer.concat(await request.toArray());
  const headers = Object.entries(request.headers)
    .filter(([name]) => !ofTheConnection.has(name))
    .map(([name, value]) => [name, String(value)]);
  const real = await fetch(`${to}${request.url}`, { method: 'POST', headers: Object.fromEntries(headers), body });
  return {
    status: real.status,
    headers: Object.fromEntries(real.headers),
    body: Buffer.from(await real.arrayBuffer()),
  };
};

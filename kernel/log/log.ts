import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

/** Headers and keys that may carry secrets or personal data; they never reach a log. Source: tender R45, T4.3. */
const hidden = [
  'req.headers.cookie',
  'req.headers.authorization',
  'req.headers["x-signature"]',
  'res.headers["set-cookie"]',
  'password',
  '*.password',
  'identityNo',
  '*.identityNo',
  'phone',
  '*.phone',
];

/** How much is told. `silent` is for tests. */
export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** Bytes that wait where the terminal takes none, at most; more are lost. */
const mostWaiting = 1_048_576;

/** The terminal, or the file it leads to. Where that takes nothing any more (its disk is full), lines are lost and the work goes on. */
const terminal = (): DestinationStream => {
  const stream = pino.destination({ dest: 1, sync: true, maxLength: mostWaiting });
  // Without a listener an error would end the process.
  stream.on('error', () => undefined);
  return stream;
};

/**
 * The product's log: one JSON line an event, without personal data. Query texts are left out: a search may hold a name. It goes to
 * the terminal, or to `destination` in tests.
 */
export const newLog = (level: LogLevel, destination?: DestinationStream): Logger => {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: hidden, censor: '[hidden]' },
    serializers: {
      req: (request: { method: string; url: string; id: string }) => ({
        method: request.method,
        path: request.url.split('?')[0],
        id: request.id,
      }),
      res: (reply: { statusCode: number }) => ({ status: reply.statusCode }),
    },
  };
  return pino(options, destination ?? terminal());
};

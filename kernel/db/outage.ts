/**
 * Why something could not be done though nothing is wrong with what was asked. `away`: the database, or another part of the system, has gone and comes back.
 * `crowded`: all its places are taken. `no-room`: a disk is full.
 */
export type Outage = 'away' | 'crowded' | 'no-room';

/** By SQLSTATE; whole classes by their first two characters. Source: PostgreSQL, Appendix A. */
const states: Readonly<Record<string, Outage>> = {
  '08': 'away',
  // Shut down, crashed, or still starting.
  '57P01': 'away',
  '57P02': 'away',
  '57P03': 'away',
  // A standby that is not the main one yet.
  '25006': 'away',
  '53100': 'no-room',
  '53200': 'crowded',
  '53300': 'crowded',
  // Waited too long for somebody else's row, or gave way to others again and again.
  '55P03': 'crowded',
  '40001': 'crowded',
  '40P01': 'crowded',
};

/** By the system's own name of an error of network or disk. */
const systemErrors: Readonly<Record<string, Outage>> = {
  ECONNREFUSED: 'away',
  ECONNRESET: 'away',
  EPIPE: 'away',
  ETIMEDOUT: 'away',
  EHOSTUNREACH: 'away',
  ENETUNREACH: 'away',
  // A name that leads nowhere for the moment: it is being moved to another machine.
  ENOTFOUND: 'away',
  EAI_AGAIN: 'away',
  UND_ERR_CONNECT_TIMEOUT: 'away',
  UND_ERR_HEADERS_TIMEOUT: 'away',
  UND_ERR_BODY_TIMEOUT: 'away',
  UND_ERR_SOCKET: 'away',
  ENOSPC: 'no-room',
  EDQUOT: 'no-room',
  EMFILE: 'crowded',
  ENFILE: 'crowded',
};

/** What the driver says in words alone of a connection that has gone. */
const gone =
  /^(Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|timeout expired|Query read timeout)/;
/** What its pool says when nobody has given a connection back in time. */
const noneFree = /^timeout exceeded when trying to connect/;

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** Whether a statement was parsed before its table got another column. Every other `0A000` is a defect. Source: PostgreSQL, RevalidateCachedQuery. */
export const isOutdated = (error: unknown): boolean =>
  error instanceof Error &&
  codeOf(error) === '0A000' &&
  'routine' in error &&
  error.routine === 'RevalidateCachedQuery';

/** An outage that whoever was asked told of in its own words. */
export class PassingFailure extends Error {
  readonly outage: Outage;
  constructor(message: string, outage: Outage, cause: unknown) {
    super(message, { cause });
    this.outage = outage;
  }
}

/** What kept the system from doing something, where that passes; undefined for every other error, which is a defect or a refusal. */
export const outageOf = (error: unknown): Outage | undefined => {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof PassingFailure) return error.outage;
  // An upgrade came between, where nobody could do it again.
  if (isOutdated(error)) return 'away';
  const code = codeOf(error);
  const known = states[code] ?? (code.length === 5 ? states[code.slice(0, 2)] : undefined) ?? systemErrors[code];
  if (known) return known;
  if (noneFree.test(error.message)) return 'crowded';
  if (gone.test(error.message)) return 'away';
  return outageOf(error.cause);
};

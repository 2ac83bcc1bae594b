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
  // Parsed before an upgrade gave its table another column, where nobody could do it again.
  '0A000': 'away',
};

/** By the system's own name of an error of network or disk. */
const systemErrors: Readonly<Record<string, Outage>> = {
  ECONNREFUSED: 'away',
  ECONNRESET: 'away',
  EPIPE: 'away',
  ETIMEDOUT: 'away',
  EHOSTUNREACH: 'away',
  ENETUNREACH: 'away',
  ENOSPC: 'no-room',
  EDQUOT: 'no-room',
  EMFILE: 'crowded',
  ENFILE: 'crowded',
};

/** What the driver says in words alone of a connection that has gone. */
const gone =
  /^(Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|timeout expired)/;
/** What its pool says when nobody has given a connection back in time. */
const noneFree = /^timeout exceeded when trying to connect/;

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** What kept the system from doing something, where that passes; undefined for every other error, which is a defect or a refusal. */
export const outageOf = (error: unknown): Outage | undefined => {
  if (!(error instanceof Error)) return undefined;
  const code = codeOf(error);
  const known = states[code] ?? (code.length === 5 ? states[code.slice(0, 2)] : undefined) ?? systemErrors[code];
  if (known) return known;
  if (noneFree.test(error.message)) return 'crowded';
  if (gone.test(error.message)) return 'away';
  return outageOf(error.cause);
};

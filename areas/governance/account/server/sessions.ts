import { randomBytes } from 'node:crypto';
import type { Subject } from '#kernel/access/access.ts';
import type { StoredAccess } from '#kernel/access/stored-access.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { Db } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { findSession, removeSession, type Session as StoredSession, touchSession } from './account.store.ts';

/** How long a session may lie idle, and live at all, in minutes. Source: domain 10.3. */
export interface SessionLimits {
  readonly idleMinutes: number;
  readonly absoluteMinutes: number;
}

/** A session with its person and the roles they hold at this moment. */
export interface Session extends Omit<StoredSession, 'person'> {
  readonly subject: Subject;
}

/** Looks up who is behind a session token. */
export interface Sessions {
  find(token: string): Promise<Session | undefined>;
  subjectOf(token: string): Promise<Subject | undefined>;
  forget(token: string): void;
}

const keptMs = 3_000;
const touchMs = 60_000;
const maxKept = 2_000;

/** A fresh opaque token of 256 bits, and the digest it is stored under. */
export const newToken = (): { readonly token: string; readonly digest: string } => {
  const token = randomBytes(32).toString('base64url');
  return { token, digest: sm3Hex(token) };
};

/** Sessions over the database; each is remembered for a few seconds, so a revoked one ends everywhere within that time. */
export const sessionsOver = (
  db: Db,
  clock: Clock,
  limits: SessionLimits,
  access: Pick<StoredAccess, 'refresh' | 'rolesOf'>,
): Sessions => {
  const kept = new Map<string, { readonly until: number; readonly session: StoredSession }>();
  const stored = async (token: string): Promise<StoredSession | undefined> => {
    const digest = sm3Hex(token);
    const now = clock.now();
    const remembered = kept.get(digest);
    if (remembered && remembered.until > now.getTime()) return remembered.session;
    const session = await findSession(db, digest);
    if (!session) return undefined;
    const idle = now.getTime() - session.seenAt.getTime();
    const age = now.getTime() - session.createdAt.getTime();
    if (idle > limits.idleMinutes * 60_000 || age > limits.absoluteMinutes * 60_000) {
      await removeSession(db, digest);
      return undefined;
    }
    if (idle > touchMs) await touchSession(db, digest, now);
    if (kept.size >= maxKept) kept.clear();
    kept.set(digest, { until: now.getTime() + keptMs, session });
    return session;
  };
  const find = async (token: string): Promise<Session | undefined> => {
    await access.refresh();
    const session = await stored(token);
    if (!session) return undefined;
    const { person, ...rest } = session;
    return { ...rest, subject: { ...person, roles: access.rolesOf(person.id) } };
  };
  return {
    find,
    subjectOf: async (token) => (await find(token))?.subject,
    forget: (token) => {
      kept.delete(sm3Hex(token));
    },
  };
};

import { randomBytes } from 'node:crypto';
import type { Subject } from '#kernel/access/access.ts';
import type { StoredAccess } from '#kernel/access/stored-access.ts';
import { type Offering, offering } from '#kernel/area/offer.ts';
import { sessionsOffer } from '#kernel/contract/sessions.offer.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { type FactorRules, factorDemand } from '../model/second-factor-demand.ts';
import { type SessionEnd, wordsOfEnd } from '../model/session-end.ts';
import { halfSignedInMinutes } from '../model/sign-in-rules.ts';
import { getPerson, type Person } from './account.store.ts';
import { type Account, getAccount } from './account-state.store.ts';
import {
  endSession,
  findSession,
  openSessionsOf,
  type Stage,
  type StoredSession,
  touchSession,
} from './session.store.ts';

/** How long a session may lie idle, and live at all, in minutes. Source: domain 10.3. */
export interface SessionLimits {
  readonly idleMinutes: number;
  readonly absoluteMinutes: number;
}

/** A complete session with its person and the roles they hold at this moment. */
export interface Session {
  readonly id: string;
  readonly subject: Subject;
  readonly userName: string;
}

/** Looks up who is behind a session token. The one place that decides whether a token may do anything at all. */
export interface Sessions {
  /** A complete session in force; a half signed-in one is none. `unattended` does not keep it alive. */
  find(token: string, unattended?: boolean): Promise<Session | undefined>;
  subjectOf(token: string, unattended?: boolean): Promise<Subject | undefined>;
  /** A sign-in that has come as far as this stage and no farther. */
  findHalf(token: string, stage: Stage): Promise<StoredSession | undefined>;
  /** Why a session is no more, in words for its person. */
  whyEnded(token: string): Promise<string | undefined>;
  /** The complete sessions of a person that are in force, the oldest first; those that have run out are ended on the way. */
  openOf(tx: Tx, userId: string): Promise<readonly StoredSession[]>;
  /** Does not rely on anything remembered of a person's sessions any more. */
  forgetPerson(userId: string): void;
}

/** What sessions are judged by beside their own age. */
export interface SessionParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly limits: SessionLimits;
  readonly access: Pick<StoredAccess, 'refresh' | 'rolesOf' | 'list' | 'admits'>;
  /** Who may do nothing without a second factor. */
  readonly rules: FactorRules;
}

interface Kept {
  readonly at: number;
  readonly stored: StoredSession;
  readonly person: Person;
  readonly userName: string;
}

const keptMs = 3_000;
const touchMs = 60_000;
const maxKept = 2_000;
const minuteMs = 60_000;

/** A fresh opaque token of 256 bits, and the digest it is stored under. */
export const newToken = (): { readonly token: string; readonly digest: string } => {
  const token = randomBytes(32).toString('base64url');
  return { token, digest: sm3Hex(token) };
};

/** Why an account may not be used at this moment; undefined when it may. */
export const shutReason = ({ status, validUntil }: Account, now: Date): 'disabled' | 'expired' | undefined => {
  if (status !== 'active') return 'disabled';
  return validUntil !== null && validUntil <= now ? 'expired' : undefined;
};

const overdue = (stored: StoredSession, limits: SessionLimits, now: Date): SessionEnd | undefined => {
  const since = (at: Date): number => now.getTime() - at.getTime();
  if (stored.stage !== 'full') return since(stored.createdAt) > halfSignedInMinutes * minuteMs ? 'idle' : undefined;
  if (since(stored.createdAt) > limits.absoluteMinutes * minuteMs) return 'absolute';
  return since(stored.seenAt) > limits.idleMinutes * minuteMs ? 'idle' : undefined;
};

/** Sessions over the database; each is remembered for a few seconds, so a revoked one ends everywhere within that time. */
export const sessionsOver = ({ db, clock, limits, access, rules }: SessionParts): Sessions => {
  const demands = factorDemand(rules);
  const kept = new Map<string, Kept>();

  /** A session in force at any stage. One that has run out is ended here. */
  const inForce = async (digest: string, now: Date): Promise<StoredSession | undefined> => {
    const stored = await findSession(db, digest);
    if (!stored || stored.endedAt) return undefined;
    const end = overdue(stored, limits, now) ?? shutReason(await getAccount(db, stored.userId), now);
    if (end) await endSession(db, digest, end, now);
    return end ? undefined : stored;
  };

  const complete = async (digest: string, now: Date, unattended: boolean): Promise<Kept | undefined> => {
    const remembered = kept.get(digest);
    if (remembered && Math.abs(now.getTime() - remembered.at) < keptMs) return remembered;
    const stored = await inForce(digest, now);
    if (stored?.stage !== 'full') return undefined;
    if (!unattended && now.getTime() - stored.seenAt.getTime() > touchMs) await touchSession(db, digest, now);
    if (kept.size >= maxKept) kept.clear();
    const found = { at: now.getTime(), stored, ...(await getPerson(db, stored.userId)) };
    kept.set(digest, found);
    return found;
  };

  const find: Sessions['find'] = async (token, unattended = false) => {
    await access.refresh();
    const found = await complete(sm3Hex(token), clock.now(), unattended);
    if (!found) return undefined;
    if (!access.admits(found.person.id)) return undefined;
    const roles = access.rolesOf(found.person.id);
    // Whoever was given such a role meanwhile signs in anew and shows, or enrols, a second factor.
    if (!found.stored.proved && demands(access.list(), roles)) return undefined;
    return { id: found.stored.id, userName: found.userName, subject: { ...found.person, roles } };
  };

  return {
    find,
    subjectOf: async (token, unattended) => (await find(token, unattended))?.subject,
    findHalf: async (token, stage) => {
      const stored = await inForce(sm3Hex(token), clock.now());
      return stored?.stage === stage ? stored : undefined;
    },
    whyEnded: async (token) => {
      const stored = await findSession(db, sm3Hex(token));
      if (stored && !stored.endedAt && !access.admits(stored.userId))
        return '权限清单与签名不符，恢复之前只有安全审计员可以登录，请联系安全审计员';
      if (stored && !stored.endedAt && stored.stage === 'full') return wordsOfEnd('factor-changed');
      return wordsOfEnd(stored?.endReason ?? null);
    },
    openOf: async (tx, userId) => {
      const now = clock.now();
      const open = await openSessionsOf(tx, userId);
      for (const one of open) {
        const end = overdue(one, limits, now);
        if (end) await endSession(tx, one.tokenSm3, end, now);
      }
      return open.filter((one) => overdue(one, limits, now) === undefined);
    },
    forgetPerson: (userId) => {
      for (const [digest, { stored }] of kept) if (stored.userId === userId) kept.delete(digest);
    },
  };
};

/** Sessions as the doors of other areas ask for them. */
export const sessionsOffered = (sessions: Pick<Sessions, 'subjectOf' | 'whyEnded'>): Offering =>
  offering(sessionsOffer, {
    subjectOf: async ({ token, unattended }) => (await sessions.subjectOf(token, unattended)) ?? null,
    whyEnded: async ({ token }) => (await sessions.whyEnded(token)) ?? null,
  });

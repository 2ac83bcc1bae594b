import type { Subject } from '#kernel/access/access.ts';
import type { StoredAccess } from '#kernel/access/stored-access.ts';
import type { CallsOn } from '#kernel/area/offer.ts';
import type { Offers } from '#kernel/area/offers.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { MountParts } from './mount.ts';
import { sessionsOffer } from './sessions.offer.ts';

/** What the door of people asks of sessions. */
export type DoorSessions = Required<Pick<MountParts, 'subjectOf' | 'whyEnded'>>;

/** So long an answer of another process is relied on: a session that was ended is no more within that time and the time it is remembered there. Milliseconds. */
const keptMs = 2_000;
/** Sessions remembered, at most. */
const mostKept = 2_000;

/** Where sessions are kept by another process each is asked about once in a while, not at every call. Only who is known is remembered: nobody stays out because of a moment. */
const remembering = (calls: CallsOn<typeof sessionsOffer>, clock: Clock): DoorSessions['subjectOf'] => {
  const kept = new Map<string, { readonly at: number; readonly subject: Subject }>();
  const asking = new Map<string, Promise<Subject | null>>();
  // The calls of a page come at once: one question is asked for all of them.
  const asked = (key: string, question: { token: string; unattended: boolean }): Promise<Subject | null> => {
    const under = asking.get(key) ?? calls.subjectOf(question).finally(() => asking.delete(key));
    asking.set(key, under);
    return under;
  };
  return async (token, unattended) => {
    const key = `${unattended} ${token}`;
    const remembered = kept.get(key);
    const now = clock.now().getTime();
    if (remembered && Math.abs(now - remembered.at) < keptMs) return remembered.subject;
    const subject = await asked(key, { token, unattended });
    if (kept.size >= mostKept) kept.clear();
    if (subject) kept.set(key, { at: now, subject });
    else kept.delete(key);
    return subject ?? undefined;
  };
};

/**
 * Sessions as the door of people asks for them, wherever they are kept. Whoever comes in is judged by the access list of this process, so it is followed here:
 * the process that keeps sessions follows only its own. Errors: both throw where that is not known now; a session is never taken for ended because of it.
 */
export const doorSessions = (offers: Offers, clock: Clock, access: Pick<StoredAccess, 'refresh'>): DoorSessions => {
  const calls = offers.of(sessionsOffer);
  const behind: DoorSessions['subjectOf'] = offers.isHere(sessionsOffer)
    ? async (token, unattended) => (await calls.subjectOf({ token, unattended })) ?? undefined
    : remembering(calls, clock);
  return {
    subjectOf: async (token, unattended) => {
      await access.refresh();
      return behind(token, unattended);
    },
    whyEnded: async (token) => (await calls.whyEnded({ token })) ?? undefined,
  };
};

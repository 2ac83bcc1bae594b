/** Keeps callers from waiting one after the other for what does not answer. */
export interface PeerCircuit {
  /** Whether a call may be made now. Who is let through while it is shut tries for all and must tell by {@link PeerCircuit.heard} what came of it. */
  lets(url: string): boolean;
  /** What came of an attempt: an answer of whatever kind, or none. */
  heard(url: string, answered: boolean): void;
}

/** So long nobody asks again after a call had no answer, in milliseconds. */
const restMs = 1_000;

/**
 * One circuit for each call by its address: a call that takes too long says nothing of another. `now` in milliseconds of a clock that nobody puts back.
 * Source: tender T2.2.
 */
export const peerCircuit = (now: () => number = () => performance.now()): PeerCircuit => {
  const restsUntil = new Map<string, number>();
  return {
    lets: (url) => {
      const until = restsUntil.get(url);
      if (until === undefined) return true;
      if (now() < until) return false;
      // Until what comes of this one is known nobody else tries.
      restsUntil.set(url, Number.POSITIVE_INFINITY);
      return true;
    },
    heard: (url, answered) => {
      if (answered) restsUntil.delete(url);
      else restsUntil.set(url, now() + restMs);
    },
  };
};

import {
  afterOutcome,
  isDue,
  leaseMs,
  neverLeft,
  type Outcome,
  type WaitingPhoto,
  waitAfter,
} from './waiting-photo.ts';
import type { YardShelf } from './yard-shelf.ts';

/** What the queue works with; chance and clock come from outside, so that a test holds them. */
export interface QueueParts {
  readonly shelf: YardShelf;
  /** Brings one photograph to the server. */
  readonly send: (photo: WaitingPhoto) => Promise<Outcome>;
  /** Takes a photograph out that another has replaced; true when it is out, however often it is asked. */
  readonly takeOut: (caseId: string, photoId: string) => Promise<Outcome>;
  /** Milliseconds. */
  readonly now: () => number;
  /** The name of this page among those open on the phone. */
  readonly page: string;
  /** Calls again after so many milliseconds until stopped. */
  readonly every: (milliseconds: number, act: () => void) => () => void;
  /** Something has changed on the shelf. */
  readonly onChange: () => void;
  readonly onSignedOut: (words: string) => void;
  /** A photograph has arrived at the server. */
  readonly onArrived: (photo: WaitingPhoto) => void;
}

/** Photographs on their way to the server: each arrives exactly once, whatever closes, breaks or is opened twice meanwhile. */
export interface PhotoQueue {
  add(photo: WaitingPhoto): Promise<void>;
  /** Sends what is due for this person; answers when the next is due (milliseconds), null when nothing waits. */
  drain(personId: string): Promise<number | null>;
  /** Lets everything be tried again at once. `id`: a refused one as well; where a later one stood in its place, it takes that place now. */
  hurry(id?: string): Promise<void>;
  /** Forgets a photograph that the server has never seen or does not want. False when it may be under way. */
  forget(id: string): Promise<boolean>;
}

const claim = async ({ shelf, page, now }: QueueParts, personId: string): Promise<WaitingPhoto | undefined> => {
  const all = [...(await shelf.photos())].sort((a, b) => a.takenAt.localeCompare(b.takenAt));
  for (const { id } of all.filter((photo) => isDue(photo, all, personId, page, now()))) {
    const claimed = await shelf.changePhoto(id, (photo) =>
      isDue(photo, all, personId, page, now())
        ? { ...photo, lease: { by: page, untilAt: now() + leaseMs } }
        : undefined,
    );
    if (claimed?.lease?.by === page) return claimed;
  }
  return undefined;
};

/** Says again and again that this page is at it, as long as the work lasts. */
const holding = async <T>({ shelf, page, now, every }: QueueParts, id: string, work: Promise<T>): Promise<T> => {
  const stop = every(leaseMs / 3, () => {
    void shelf.changePhoto(id, (photo) =>
      photo.lease?.by === page ? { ...photo, lease: { by: page, untilAt: now() + leaseMs } } : undefined,
    );
  });
  try {
    return await work;
  } finally {
    stop();
  }
};

/** The server has it: whatever waits for its name gets it, what it replaces is taken out, then it is forgotten. */
const settle = async (parts: QueueParts, photo: WaitingPhoto): Promise<Outcome> => {
  const { shelf, takeOut, now } = parts;
  for (const { id, after } of await shelf.photos()) {
    if (after !== photo.id || photo.photoId === null) continue;
    const { photoId } = photo;
    await shelf.changePhoto(id, (next) => ({ ...next, after: null, replaces: [...next.replaces, photoId] }));
  }
  for (const replaced of photo.replaces) {
    const outcome = await takeOut(photo.caseId, replaced);
    if (outcome.kind === 'unreachable' || outcome.kind === 'signed-out') {
      await shelf.changePhoto(photo.id, (one) => afterOutcome(one, outcome, now()));
      return outcome;
    }
  }
  await shelf.changePhoto(photo.id, () => null);
  return { kind: 'taken', photoId: photo.photoId ?? '' };
};

const deliver = async (parts: QueueParts, photo: WaitingPhoto): Promise<Outcome> => {
  const { shelf, send, now, onArrived } = parts;
  if (photo.state === 'sent') return holding(parts, photo.id, settle(parts, photo));
  const outcome = await holding(parts, photo.id, send(photo));
  const next = await shelf.changePhoto(photo.id, (one) => afterOutcome(one, outcome, now()));
  if (outcome.kind !== 'taken' || !next) return outcome;
  const settled = await settle(parts, next);
  onArrived(next);
  return settled;
};

const nextDue = async ({ shelf, now }: QueueParts, personId: string): Promise<number | null> => {
  const waiting = (await shelf.photos()).filter(({ takenBy, state }) => takenBy === personId && state !== 'refused');
  if (waiting.length === 0) return null;
  return Math.max(now(), Math.min(...waiting.map(({ nextAt, lease }) => Math.max(nextAt, lease?.untilAt ?? 0))));
};

/** How often in a row nothing came back: a line that is down is asked less and less, however much waits. */
interface Line {
  lost: number;
}

const drained = async (parts: QueueParts, personId: string, line: Line): Promise<number | null> => {
  for (let photo = await claim(parts, personId); photo; photo = await claim(parts, personId)) {
    parts.onChange();
    const outcome = await deliver(parts, photo);
    parts.onChange();
    if (outcome.kind === 'signed-out') {
      parts.onSignedOut(outcome.words);
      return null;
    }
    if (outcome.kind === 'unreachable') {
      // The others would only wait in vain one after another.
      line.lost += 1;
      return Math.max(parts.now() + waitAfter(line.lost), (await nextDue(parts, personId)) ?? 0);
    }
    line.lost = 0;
  }
  return nextDue(parts, personId);
};

/** A queue over a shelf. */
export const photoQueue = (parts: QueueParts): PhotoQueue => {
  const { shelf, onChange } = parts;
  let draining: Promise<number | null> | null = null;
  let again = false;
  const line: Line = { lost: 0 };
  const drainOn = async (personId: string): Promise<number | null> => {
    let due: number | null;
    do {
      again = false;
      due = await drained(parts, personId, line);
    } while (again);
    return due;
  };
  return {
    add: async (photo) => {
      await shelf.addPhoto(photo);
      onChange();
    },
    drain: (personId) => {
      // What was put while the last one was on its way must not be overlooked.
      again = true;
      draining ??= drainOn(personId).finally(() => {
        draining = null;
      });
      return draining;
    },
    hurry: async (id) => {
      for (const photo of await shelf.photos()) {
        if (photo.state === 'refused' ? photo.id !== id : photo.nextAt === 0) continue;
        await shelf.changePhoto(photo.id, (one) => ({
          ...one,
          nextAt: 0,
          ...(one.state === 'refused'
            ? { state: 'waiting', refusal: null, newer: false, overrules: one.newer ?? false }
            : {}),
        }));
      }
      onChange();
    },
    forget: async (id) => {
      let gone = false;
      await shelf.changePhoto(id, (photo) => {
        gone = neverLeft(photo);
        return gone ? null : undefined;
      });
      onChange();
      return gone;
    },
  };
};

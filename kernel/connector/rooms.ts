import { type Breaker, breaker, type Circuit, type Pauses } from './breaker.ts';
import type { Outcome } from './connector.ts';

/** What a lane may take now: up to `limit` messages, none of them to recipients that are `passedOver`. */
export interface Room {
  readonly limit: number;
  readonly passedOver: readonly string[];
}

/** How many messages are under way, to each recipient, and to whom none may go now. Times are milliseconds since 1970. */
export interface Rooms {
  /** The circuit of a connector that is one system; one with many recipients is never open as a whole. */
  circuit(now: number): Circuit;
  room(now: number): Room;
  began(recipient: string): void;
  ended(recipient: string): void;
  heard(recipient: string, outcome: Outcome, now: number, retryAfterSeconds: number): void;
}

/** Messages under way to one recipient of many: it cannot take up the lane, however many wait for it. */
const mostToOne = 2;
/** And to all of them. */
const mostToMany = 32;

const roomIn = (circuit: Circuit, most: number, underWay: number): number => {
  if (circuit === 'open') return 0;
  return circuit === 'half-open' ? Math.min(1, 1 - underWay) : most - underWay;
};

/** Rooms of a connector that is one system. */
const oneRoom = (pauses: Pauses, most: number): Rooms => {
  const only = breaker(pauses);
  let underWay = 0;
  return {
    circuit: (now) => only.circuit(now),
    room: (now) => ({ limit: roomIn(only.circuit(now), most, underWay), passedOver: [] }),
    began: () => {
      underWay += 1;
    },
    ended: () => {
      underWay -= 1;
    },
    heard: (_, outcome, now, retryAfterSeconds) => only.heard(outcome, now, retryAfterSeconds),
  };
};

/** Rooms of a connector with many recipients: each has a circuit of its own, so that a dead one holds up nobody else. */
const manyRooms = (pauses: Pauses): Rooms => {
  const circuits = new Map<string, Breaker>();
  const underWay = new Map<string, number>();
  const isFull = (recipient: string, now: number): boolean =>
    roomIn(circuits.get(recipient)?.circuit(now) ?? 'closed', mostToOne, underWay.get(recipient) ?? 0) <= 0;
  return {
    circuit: () => 'closed',
    room: (now) => {
      const all = [...underWay.values()].reduce((sum, count) => sum + count, 0);
      const known = new Set([...circuits.keys(), ...underWay.keys()]);
      // One at a time: who gets the next one depends on who has got this one.
      return { limit: Math.min(1, mostToMany - all), passedOver: [...known].filter((one) => isFull(one, now)) };
    },
    began: (recipient) => void underWay.set(recipient, (underWay.get(recipient) ?? 0) + 1),
    ended: (recipient) => {
      const left = (underWay.get(recipient) ?? 1) - 1;
      if (left > 0) underWay.set(recipient, left);
      else underWay.delete(recipient);
    },
    heard: (recipient, outcome, now, retryAfterSeconds) => {
      const own = circuits.get(recipient) ?? breaker(pauses);
      own.heard(outcome, now, retryAfterSeconds);
      // Nothing is remembered of one that answers.
      if (outcome === 'delivered' || outcome === 'refused') circuits.delete(recipient);
      else circuits.set(recipient, own);
    },
  };
};

/** Rooms of one lane. */
export const roomsOf = (pauses: Pauses, most: number, manyRecipients: boolean): Rooms =>
  manyRecipients ? manyRooms(pauses) : oneRoom(pauses, most);

import type { YardSection } from '../model/yard-section.ts';

/** Who stands in the yard with this phone. */
export interface Person {
  readonly id: string;
  readonly userName: string;
  readonly name: string;
}

/**
 * A photograph on this phone, from the shutter until the server has it and what it replaces is out. Its `id` is the key under which
 * the server takes it once. Times with `At` as a number are milliseconds of the phone's clock.
 */
export interface WaitingPhoto {
  readonly id: string;
  readonly takenBy: string;
  readonly takenByName: string;
  readonly caseId: string;
  readonly caseNo: string;
  readonly plateNo: string | null;
  readonly section: YardSection;
  readonly part: string;
  readonly title: string;
  /** ISO instant of the phone's clock. */
  readonly takenAt: string;
  readonly place: string | null;
  /** Null once the server has it. */
  readonly picture: Blob | null;
  /** `sent`: the server has it, and what it replaces is still to be taken out. */
  readonly state: 'waiting' | 'refused' | 'sent';
  readonly attempts: number;
  /** Not to be tried before. */
  readonly nextAt: number;
  /** Which page is sending it, and until when that is to be believed. */
  readonly lease: { readonly by: string; readonly untilAt: number } | null;
  /** What the server calls it. */
  readonly photoId: string | null;
  /** Why the server does not want it, in words. */
  readonly refusal: string | null;
  /** It was not taken because a later one is in its place: the person says which is to stay. */
  readonly newer?: boolean;
  /** The person has said that it is to take the place of a later one. */
  readonly overrules?: boolean;
  /** Photographs on the server that it takes the place of. */
  readonly replaces: readonly string[];
  /** A photograph that may already be under way to the server and must be settled first. */
  readonly after: string | null;
}

/** What became of sending a photograph. */
export type Outcome =
  | { readonly kind: 'taken'; readonly photoId: string }
  /** `newer`: only because a later one is in its place. */
  | { readonly kind: 'refused'; readonly words: string; readonly newer?: boolean }
  | { readonly kind: 'signed-out'; readonly words: string }
  | { readonly kind: 'unreachable'; readonly words: string };

/** A page that sends says so again before this has passed; a page that was closed is not waited for longer. Milliseconds. */
export const leaseMs = 15_000;

const firstWaitMs = 3_000;
const longestWaitMs = 5 * 60_000;

/** How long to wait after so many attempts without an answer, in milliseconds: 3 s, 6 s, 12 s … five minutes. */
export const waitAfter = (attempts: number): number =>
  Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, attempts - 1));

const isLeased = ({ lease }: WaitingPhoto, by: string, now: number): boolean =>
  lease !== null && lease.by !== by && lease.untilAt > now;

/** Whether this page may deal with it now. Only photographs of the person who is signed in are sent. */
export const isDue = (
  photo: WaitingPhoto,
  all: readonly WaitingPhoto[],
  personId: string,
  by: string,
  now: number,
): boolean =>
  photo.takenBy === personId &&
  photo.state !== 'refused' &&
  photo.nextAt <= now &&
  !isLeased(photo, by, now) &&
  !all.some(({ id, state }) => id === photo.after && state !== 'refused');

/** What is left of the photograph after an outcome. */
export const afterOutcome = (photo: WaitingPhoto, outcome: Outcome, now: number): WaitingPhoto => {
  const free = { ...photo, lease: null };
  switch (outcome.kind) {
    case 'taken':
      return { ...free, state: 'sent', picture: null, photoId: outcome.photoId, attempts: 0, nextAt: 0, refusal: null };
    case 'refused':
      return { ...free, state: 'refused', refusal: outcome.words, newer: outcome.newer ?? false };
    case 'signed-out':
      return free;
    case 'unreachable':
      return { ...free, attempts: photo.attempts + 1, nextAt: now + waitAfter(photo.attempts + 1) };
  }
};

/** Whether it is certain that the server has never seen it, so that it may simply be forgotten. */
export const neverLeft = ({ state, attempts, lease }: WaitingPhoto): boolean =>
  state === 'refused' || (state === 'waiting' && attempts === 0 && lease === null);

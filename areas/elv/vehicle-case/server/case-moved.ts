import type { Tx } from '#kernel/db/database.ts';
import type { CaseMoved } from '../model/case-moved.ts';

/** Told of every step that leads a case into a state, in the step's own transaction; given by whoever puts the area together. */
export type FollowMoves = (tx: Tx, moved: CaseMoved) => Promise<void>;

import type { Tx } from '#kernel/db/database.ts';

/**
 * Why an enterprise may not accept a vehicle now, in a sentence; null where it may. Asked in the transaction that accepts, and its answer holds
 * until that has ended. Given by whoever puts the area together. Source: tender R13.
 */
export type ObstacleToAccepting = (tx: Tx, enterpriseId: string, now: Date) => Promise<string | null>;

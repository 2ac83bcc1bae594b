import { setTimeout } from 'node:timers/promises';
import type { Db } from '#kernel/db/database.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { Crypto, KeyKeeper } from './crypto.ts';
import {
  beginRotation,
  countSealedRows,
  findRotation,
  findStrays,
  noteRotation,
  type Rotation,
  resealBatch,
  walkAgain,
} from './rotation.store.ts';
import { resealingWith, type SealedTable } from './sealed-table.ts';

/** What renewing keys works with. */
export interface RotationParts {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly keeper: KeyKeeper;
  readonly clock: Clock;
  readonly tables: readonly SealedTable[];
  /** How long to wait after new keys were made, in ms, until every process has heard of them. */
  readonly quietMs: number;
  /** Called once when it comes to an end, good or not. */
  readonly onEnd: (rotation: Rotation) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** Renews data keys and seals everything anew, beside the work. */
export interface KeyRotation {
  /** Begins a renewal; undefined while another is under way. */
  begin(by: string): Promise<Rotation | undefined>;
  find(): Promise<Rotation | undefined>;
  /** Takes up a renewal that an earlier process left unfinished. */
  resume(): void;
  /** Resolves when nothing runs in this process any more. */
  settled(): Promise<void>;
  /** Stops after the batch at hand; it is taken up again at the next start. */
  stop(): Promise<void>;
}

/** Rows written under an old key by a process that had not heard of the new one: walked over again so many times, then a person must look. */
const mostWalks = 3;

const checkedEnd = async (parts: RotationParts, rotation: Rotation, walks: number): Promise<boolean> => {
  const { db, keeper, clock, tables } = parts;
  await noteRotation(db, rotation.id, { state: 'checking' });
  const strays = await findStrays(db, await keeper.supersededMarks());
  const declared = new Set(tables.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`)));
  const late = rotation.broken.length === 0 && strays.length > 0 && strays.every((column) => declared.has(column));
  if (late && walks < mostWalks) {
    await walkAgain(db, rotation.id, await countSealedRows(db, tables));
    return false;
  }
  const good = strays.length === 0 && rotation.broken.length === 0;
  if (good) await keeper.retire();
  await noteRotation(db, rotation.id, {
    state: good ? 'done' : 'needs-person',
    finished_at: clock.now(),
    remark: strays.length === 0 ? '' : `旧密钥仍在使用：${strays.join('、')}`.slice(0, 400),
  });
  return true;
};

const walk = async (parts: RotationParts, stopping: () => boolean): Promise<void> => {
  const { db, keeper, crypto, tables, onEnd } = parts;
  const tools = resealingWith(crypto, keeper);
  for (let walks = 1; ; ) {
    const standing = await findRotation(db);
    if (stopping() || !standing || standing.state === 'done' || standing.state === 'needs-person') return;
    if (standing.state === 'starting') {
      await keeper.renew(standing.id);
      await setTimeout(parts.quietMs);
      await noteRotation(db, standing.id, { state: 'running', total: String(await countSealedRows(db, tables)) });
      continue;
    }
    const after = await resealBatch(db, standing.id, tables, tools);
    if (after.tableAt < tables.length) continue;
    const ended = await checkedEnd(parts, after, walks);
    walks += 1;
    const end = ended ? await findRotation(db) : undefined;
    if (end) await onEnd(end);
  }
};

/**
 * The renewal of data keys as a job that may be killed at any moment. New keys first, so that whatever is written from then on is under them; then every
 * declared table row by row; then the whole database is searched for texts under old keys; only when there are none are the old keys retired.
 * Source: tender R55 (4), domain 10.1.
 */
export const keyRotation = (parts: RotationParts): KeyRotation => {
  let stopping = false;
  let running: Promise<void> | undefined;
  const run = (): void => {
    running ??= walk(parts, () => stopping)
      .catch(parts.onFailure)
      .finally(() => {
        running = undefined;
      });
  };
  return {
    begin: async (by) => {
      const now = parts.clock.now();
      if (!(await beginRotation(parts.db, uuidv7(now), by, now))) return undefined;
      run();
      return findRotation(parts.db);
    },
    find: () => findRotation(parts.db),
    resume: run,
    settled: async () => {
      await running;
    },
    stop: async () => {
      stopping = true;
      await running;
    },
  };
};

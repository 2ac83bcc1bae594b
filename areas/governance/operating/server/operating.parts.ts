import type { Db } from '#kernel/db/database.ts';
import type { DiskRoom } from '#kernel/files/disk-room.ts';
import type { Jobs } from '#kernel/jobs/jobs.ts';
import type { Retention } from '#kernel/retention/retention.ts';
import type { RuntimeSettings } from '#kernel/settings/setting.store.ts';
import type { Telemetry } from '#kernel/telemetry/call-times.ts';
import type { Clock } from '#kernel/time/clock.ts';

/** What telling how the system runs works with. */
export interface OperatingParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly telemetry: Telemetry;
  /** The areas there are. */
  readonly areas: readonly { readonly id: string; readonly title: string }[];
  readonly connectors: readonly { readonly id: string; readonly title: string }[];
  /** Reads some files again; see file-check. */
  readonly checkFiles: () => Promise<unknown>;
  /** Clears away uploads that nobody took; see abandoned-files. */
  readonly clearFiles: () => Promise<unknown>;
  /** How much room the disks of this machine have that fill. */
  readonly diskRooms: () => Promise<readonly DiskRoom[]>;
  readonly onFailure: (error: unknown, about?: object) => void;
  readonly settings: RuntimeSettings;
  /** What is erased when it has been kept long enough. */
  readonly retentions: readonly Retention[];
  /** After so many hours without a backup whoever keeps the system is warned. */
  readonly backupLateHours: number;
  /** What people call an operation. */
  readonly titleOf: (operation: string) => string;
}

import type { Access } from '#kernel/access/access.ts';
import type { Inbox } from '#kernel/connector/inbox.store.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import type { Engine } from '#kernel/lifecycle/engine.ts';
import type { PhotoEvidence } from '#practices/photo-evidence/server/photo-evidence.ts';
import type { Thumbnails } from '#practices/picture/server/thumbnails.ts';
import type { VehicleCase } from '../model/vehicle-case.record.ts';
import type { CaseMemory } from './case-memory.ts';
import type { FlowParts } from './flow.ts';
import type { ReadingRoom } from './reading-room.ts';
import type { FoundCase } from './vehicle-case.store.ts';

/** Everything the handlers of the vehicle case work with; put together once, in the area's composition. */
export interface CaseDesk extends FlowParts {
  readonly access: Access;
  readonly engine: Engine<VehicleCase, FoundCase>;
  readonly inbox: Inbox;
  readonly files: FileStore;
  /** Small pictures of stored photographs. */
  readonly thumbnails: Thumbnails;
  readonly readings: ReadingRoom;
  /** Where photographs are noted, to be looked at and compared after they have arrived. */
  readonly evidence: Pick<PhotoEvidence, 'note'>;
  /** Tells the relay that messages were put. */
  nudge(): void;
  readonly cases: CaseMemory;
  /** Prints a watermark on certificates of a demo system. */
  readonly demo: boolean;
}

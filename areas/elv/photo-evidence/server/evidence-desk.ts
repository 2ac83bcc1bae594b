import type { Access } from '#kernel/access/access.ts';
import type { Db } from '#kernel/db/database.ts';
import type { RuntimeSettings } from '#kernel/settings/setting.store.ts';
import type { Telling } from '#practices/notice/server/telling.ts';
import type { EvidenceParts } from '#practices/photo-evidence/server/photo-evidence.ts';
import type { Coordinates } from '#practices/place/model/coordinates.ts';
import type { WeighedCases } from './weighed-cases.ts';

/** What photographs as evidence of vehicle cases work with. */
export interface EvidenceDesk extends Omit<EvidenceParts, 'profile' | 'onFound'> {
  readonly access: Access;
  readonly settings: RuntimeSettings;
  readonly notices: Telling;
  readonly cases: WeighedCases;
  /** Where the yard of an enterprise is, as the registry has it; null where it does not say. */
  readonly yardOf: (db: Db, enterpriseId: string) => Promise<Coordinates | null>;
  /** Photographs taken further off than this from the yard are marked. Metres. */
  readonly farMetres: number;
}

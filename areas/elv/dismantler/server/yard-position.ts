import type { Db } from '#kernel/db/database.ts';
import { type Coordinates, coordinatesIn } from '#practices/place/model/coordinates.ts';
import { textAt } from '#practices/registry/model/entry-sections.ts';
import type { Registry } from '#practices/registry/server/registry.ts';

/** Where the yard of an enterprise is, as the registry has it; null where it does not say. Source: tender R03, R49. */
export const yardOver =
  (dismantlers: Pick<Registry, 'standingValues'>) =>
  async (db: Db, enterpriseId: string): Promise<Coordinates | null> => {
    const sections = await dismantlers.standingValues(db, enterpriseId);
    const written = sections && textAt(sections, { section: 'capacity', field: 'sitePosition' });
    return written ? coordinatesIn(written) : null;
  };

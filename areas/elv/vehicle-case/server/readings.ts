import { findPhotoPart } from '../model/photo-parts.ts';
import { sections } from '../model/vehicle-case.fields.ts';
import type { FieldReading, SectionId } from '../model/vehicle-case.views.ts';
import type { PhotoRow } from './photo.store.ts';

/** The best reading of each field of a section over all its photographs: the first paper the field names, then the surer one. */
export const readingsOf = (section: SectionId, photos: readonly PhotoRow[]): Readonly<Record<string, FieldReading>> => {
  const found: Record<string, FieldReading> = {};
  for (const [name, field] of Object.entries(sections[section].fields)) {
    for (const { paper, key } of field.readFrom ?? []) {
      const readings = photos.flatMap((photo) => {
        const one = findPhotoPart(photo.part)?.paper === paper ? photo.reading?.[key] : undefined;
        return one ? [{ ...one, photoId: photo.id }] : [];
      });
      const best = readings.sort((a, b) => b.confidence - a.confidence)[0];
      if (best) {
        found[name] = best;
        break;
      }
    }
  }
  return found;
};

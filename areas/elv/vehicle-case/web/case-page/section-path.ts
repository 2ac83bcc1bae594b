import { sections } from '../../model/vehicle-case.fields.ts';
import type { SectionId } from '../../model/vehicle-case.views.ts';

/** The section a path belongs to, `papers` for `papers.vin`; undefined for photographs, checks and general refusals. */
export const sectionOfPath = (path: string): SectionId | undefined => {
  const head = path.split('.')[0] ?? '';
  // Every key of `sections` is a SectionId; the lookup proves it is one.
  return path.includes('.') && head in sections ? (head as SectionId) : undefined;
};

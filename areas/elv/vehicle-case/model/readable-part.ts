import type { PhotoPart } from './photo-parts.ts';
import { sections } from './vehicle-case.fields.ts';

/** Whether the product can read this paper: some field of the catalogue is filled from it. */
export const isReadablePart = (part: PhotoPart): boolean =>
  part.paper !== undefined &&
  Object.values(sections).some(({ fields }) =>
    Object.values(fields).some(({ readFrom }) => readFrom?.some(({ paper }) => paper === part.paper)),
  );

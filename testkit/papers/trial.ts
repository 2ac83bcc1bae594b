import type { PhotographOrder } from './draw.ts';
import type { Drawing } from './drawing.ts';
import { ownerOf, paperSetOf } from './paper-set.ts';
import { type PaperForm, paperForms } from './truth.ts';

/** One photograph of a made-up paper, all of it from the drawing, the form and the seed. */
export const trialOf = (drawing: Drawing, form: PaperForm, seed: number): PhotographOrder => {
  const set = paperSetOf(seed);
  const kind = form === 'id-card-front' ? 'person' : form === 'business-licence' ? 'organisation' : set.owner.kind;
  const owner = kind === set.owner.kind ? set.owner : ownerOf(seed, kind);
  return { form, set: { ...set, owner }, drawing, seed: seed * 31 + paperForms.indexOf(form) };
};

import { personalFieldsOf } from '#kernel/fields/personal-fields.ts';
import { photoParts, showsPerson } from './photo-parts.ts';
import { sections } from './vehicle-case.fields.ts';

/** Sealed fields of a case. */
export const caseFields = personalFieldsOf(sections);

/** What of a case may be shown otherwise than the rest: sealed fields, and photographs of papers of a person. Source: tender R44. */
export const casePersonal: Readonly<Record<string, string>> = {
  ...caseFields,
  ...Object.fromEntries(
    photoParts.filter(showsPerson).map(({ part, title }) => [`photograph.${part}`, `照片·${title}`]),
  ),
};

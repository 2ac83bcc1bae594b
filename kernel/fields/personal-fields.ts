import type { Fields } from './field.ts';

/** Every sealed field of some sections, as views of single fields name it (`owner.phone`), with what it is called. Source: tender R44. */
export const personalFieldsOf = (
  sections: Readonly<Record<string, { readonly title: string; readonly fields: Fields }>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(sections).flatMap(([section, { title, fields }]) =>
      Object.entries(fields)
        .filter(([, { sensitivity }]) => sensitivity !== 'open')
        .map(([name, field]) => [`${section}.${name}`, `${title}·${field.title}`]),
    ),
  );

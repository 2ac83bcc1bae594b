import { personalFieldsOf } from '#kernel/fields/personal-fields.ts';
import type { RegistryProfile } from './profile.ts';

/** What of a registry's entries may be shown otherwise than the rest: sealed fields, and attachments that show a person. Source: tender R44, R49. */
export const registryPersonal = ({ sections, attachments }: RegistryProfile): Readonly<Record<string, string>> => ({
  ...personalFieldsOf(sections),
  ...Object.fromEntries(
    attachments.filter(({ personal }) => personal).map(({ part, title }) => [`file.${part}`, `附件·${title}`]),
  ),
});

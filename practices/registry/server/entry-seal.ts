import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { EntrySections } from '../model/entry-sections.ts';
import type { RegistryProfile } from '../model/profile.ts';
import type { RegistryRecord } from '../model/registry-record.ts';

const purpose = 'personal-data';

type Change = (value: string, place: string) => Promise<string>;

const mapSections = async (
  profile: RegistryProfile,
  sections: EntrySections,
  before: string,
  change: Change,
): Promise<EntrySections> => {
  const done: Record<string, Record<string, unknown>> = {};
  for (const [section, draft] of Object.entries(sections)) {
    const fields = profile.sections[section]?.fields ?? {};
    const values: Record<string, unknown> = { ...draft };
    for (const [name, value] of Object.entries(values)) {
      const personal = Object.hasOwn(fields, name) && fields[name]?.sensitivity !== 'open';
      if (personal && typeof value === 'string') values[name] = await change(value, `${before}${section}.${name}`);
    }
    done[section] = values;
  }
  return done;
};

const mapPersonal = async (
  profile: RegistryProfile,
  record: RegistryRecord,
  change: Change,
): Promise<RegistryRecord> => ({
  ...record,
  sections: await mapSections(profile, record.sections, '', change),
  standing: record.standing && {
    ...record.standing,
    sections: await mapSections(profile, record.standing.sections, 'standing.', change),
  },
});

/** The record as it is stored: every personal value sealed with SM4, bound to its entry and field. Source: tender R55 (4). */
export const sealEntry = async (
  crypto: Crypto,
  profile: RegistryProfile,
  id: string,
  record: RegistryRecord,
): Promise<string> =>
  JSON.stringify(
    await mapPersonal(profile, record, (value, place) =>
      crypto.seal(purpose, Buffer.from(value, 'utf8'), `${profile.id}:${id}:${place}`),
    ),
  );

/** The record as the engine and handlers use it. Errors: throws when a sealed value was altered or moved. */
export const openEntry = async (
  crypto: Crypto,
  profile: RegistryProfile,
  id: string,
  text: string,
): Promise<RegistryRecord> =>
  // Written by sealEntry; the shape is ours and personal values are authenticated.
  mapPersonal(profile, JSON.parse(text) as RegistryRecord, async (value, place) =>
    Buffer.from(await crypto.open(purpose, value, `${profile.id}:${id}:${place}`)).toString('utf8'),
  );

/** A sealed record with every personal value sealed anew by `again`. */
export const resealEntry = async (
  profile: RegistryProfile,
  id: string,
  text: string,
  again: (use: typeof purpose, sealed: string, place: string) => Promise<string | null>,
): Promise<string> =>
  JSON.stringify(
    await mapPersonal(
      profile,
      // As in openEntry.
      JSON.parse(text) as RegistryRecord,
      async (value, place) => (await again(purpose, value, `${profile.id}:${id}:${place}`)) ?? value,
    ),
  );

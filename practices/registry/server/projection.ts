import { z } from 'zod';
import { blindIndex } from '#kernel/crypto/blind-index.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { textAt } from '../model/entry-sections.ts';
import type { RegistryProfile } from '../model/profile.ts';
import type { RegistryRecord } from '../model/registry-record.ts';
import type { EntryTable } from './registry.tables.ts';

/** The columns that lists search, sort and show by, taken from the record: of what stands in the registry, else of what is filed. */
export type Projection = Pick<EntryTable, 'origin' | 'registered_at' | 'number' | 'valid_until' | 'phone_index'>;

/** What a phone number is found by. */
export const phoneIndexOf = async (
  crypto: Crypto,
  profile: RegistryProfile,
  record: RegistryRecord,
): Promise<string | null> => {
  const phone = textAt((record.standing ?? record).sections, profile.phone);
  return phone === null ? null : blindIndex(crypto, 'phone', phone.toUpperCase());
};

/** Makes the projected columns of an entry. */
export const projectionOf = async (
  crypto: Crypto,
  profile: RegistryProfile,
  record: RegistryRecord,
): Promise<Projection> => {
  const { sections } = record.standing ?? record;
  const day = z.iso.date().safeParse(textAt(sections, profile.validity));
  return {
    origin: record.origin,
    registered_at: record.standing ? new Date(record.standing.registeredAt) : null,
    number: textAt(sections, profile.number)?.slice(0, 60) ?? null,
    // What is half typed is no day yet.
    valid_until: day.success ? day.data : null,
    phone_index: await phoneIndexOf(crypto, profile, record),
  };
};

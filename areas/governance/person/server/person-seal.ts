import { blindIndex, blindIndexes } from '#kernel/crypto/blind-index.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { SealedField } from '../model/person.fields.ts';
import type { StoredPerson } from './person.store.ts';

/** Where a sealed value of a person is kept. */
export const sealPlace = (id: string, field: SealedField): string => `governance.person:${id}:${field}`;

/** Seals one value of a person. */
export const sealValue = (crypto: Crypto, id: string, field: SealedField, value: string): Promise<string> =>
  crypto.seal('personal-data', Buffer.from(value, 'utf8'), sealPlace(id, field));

/** Opens one value of a person; null where there is none. */
export const openValue = async (crypto: Crypto, person: StoredPerson, field: SealedField): Promise<string | null> => {
  const sealed = person.sealed[field];
  if (sealed === null) return null;
  return Buffer.from(await crypto.open('personal-data', sealed, sealPlace(person.id, field))).toString('utf8');
};

/** What a phone or identity number is found by. */
export const indexOf = (crypto: Crypto, field: 'identityNo' | 'phone', value: string): Promise<string> =>
  blindIndex(crypto, field === 'phone' ? 'phone' : 'identity-number', value);

/** Every digest such a value may stand under now: more than one while keys are being renewed. */
export const indexesOf = (crypto: Crypto, field: 'identityNo' | 'phone', value: string): Promise<readonly string[]> =>
  blindIndexes(crypto, field === 'phone' ? 'phone' : 'identity-number', value);

/** A sealed value as the log may know it: its keyed digest, by which equal values are told from different ones and nothing is read. */
export const digestOfValue = async (
  crypto: Crypto,
  field: SealedField,
  value: string | null,
): Promise<string | null> =>
  value === null ? null : `hmac-sm3:${(await crypto.hmac(`log:${field}`, value)).slice(0, 16)}`;

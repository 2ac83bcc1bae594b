import type { Crypto } from '#kernel/crypto/crypto.ts';

/** Where the two sealed texts of an import are kept. */
export const importPlace = (id: string, part: 'people' | 'passwords'): string =>
  `governance.person-import:${id}:${part}`;

/** Seals what waits of an import. */
export const sealImport = (crypto: Crypto, id: string, part: 'people' | 'passwords', value: unknown): Promise<string> =>
  crypto.seal('personal-data', Buffer.from(JSON.stringify(value), 'utf8'), importPlace(id, part));

/** Opens what {@link sealImport} made; the caller names the type it put in. */
export const openImport = async <T>(
  crypto: Crypto,
  id: string,
  part: 'people' | 'passwords',
  sealed: string,
): Promise<T> =>
  JSON.parse(Buffer.from(await crypto.open('personal-data', sealed, importPlace(id, part))).toString('utf8'));

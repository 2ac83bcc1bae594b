import { blindIndex, blindIndexes } from '#kernel/crypto/blind-index.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { type SealedTable, sealedColumns } from '#kernel/crypto/sealed-table.ts';

const purpose = 'personal-data';
const numberPlace = (personId: string): string => `elv.practitioner-identity:${personId}`;
const personPlace = (id: string): string => `elv.practitioner:${id}`;
const certificatePlace = (id: string): string => `elv.practitioner-certificate:${id}`;
const conductPlace = (id: string, column: 'record' | 'record_at_step'): string =>
  `elv.practitioner-conduct:${id}:${column}`;
const importPlace = (id: string): string => `elv.practitioner-import:${id}`;

/** What is sealed of a person at one enterprise. */
export interface SealedPerson {
  readonly name: string;
  readonly phone: string;
}

const opened = async (crypto: Crypto, sealed: string, place: string): Promise<string> =>
  Buffer.from(await crypto.open(purpose, sealed, place)).toString('utf8');
const sealed = (crypto: Crypto, text: string, place: string): Promise<string> =>
  crypto.seal(purpose, Buffer.from(text, 'utf8'), place);

/** What an identity number is found by; a label of its own, so that people at work cannot be matched with accounts in the database. */
export const numberIndex = (crypto: Crypto, identityNo: string): Promise<string> =>
  blindIndex(crypto, 'practitioner-identity', identityNo);
/** Every digest a number may stand under now: more than one while keys are being renewed. */
export const numberIndexes = (crypto: Crypto, identityNo: string): Promise<readonly string[]> =>
  blindIndexes(crypto, 'practitioner-identity', identityNo);
/** What a name is found by, whole. */
export const nameIndex = (crypto: Crypto, name: string): Promise<string> =>
  blindIndex(crypto, 'practitioner-name', name);
/** See {@link numberIndexes}. */
export const nameIndexes = (crypto: Crypto, name: string): Promise<readonly string[]> =>
  blindIndexes(crypto, 'practitioner-name', name);

/** Seals an identity number. */
export const sealNumber = (crypto: Crypto, personId: string, identityNo: string): Promise<string> =>
  sealed(crypto, identityNo, numberPlace(personId));
/** Opens what {@link sealNumber} made. Errors: throws when it was altered or moved. */
export const openNumber = (crypto: Crypto, personId: string, text: string): Promise<string> =>
  opened(crypto, text, numberPlace(personId));

/** Seals name and phone of a person at one enterprise. */
export const sealPerson = (crypto: Crypto, id: string, person: SealedPerson): Promise<string> =>
  sealed(crypto, JSON.stringify(person), personPlace(id));
/** Opens what {@link sealPerson} made. Errors: throws when it was altered or moved. */
export const openPerson = async (crypto: Crypto, id: string, text: string): Promise<SealedPerson> =>
  // Sealed from this very shape.
  JSON.parse(await opened(crypto, text, personPlace(id))) as SealedPerson;

/** Seals the number of a certificate. */
export const sealCertificateNo = (crypto: Crypto, id: string, number: string): Promise<string> =>
  sealed(crypto, number, certificatePlace(id));
/** Opens what {@link sealCertificateNo} made. Errors: throws when it was altered or moved. */
export const openCertificateNo = (crypto: Crypto, id: string, text: string): Promise<string> =>
  opened(crypto, text, certificatePlace(id));

/** Seals a conduct record, which is free words about a person. */
export const sealConduct = (
  crypto: Crypto,
  id: string,
  column: 'record' | 'record_at_step',
  text: string,
): Promise<string> => sealed(crypto, text, conductPlace(id, column));

/** Whether a conduct record still stands in plain words, from before they were sealed: JSON begins as no seal does. */
export const isPlainConduct = (text: string): boolean => text.startsWith('{');

/** Opens what {@link sealConduct} made; plain words stand for themselves until they are sealed. Errors: throws when a seal was altered or moved. */
export const openConduct = (crypto: Crypto, id: string, text: string): Promise<string> =>
  isPlainConduct(text) ? Promise.resolve(text) : opened(crypto, text, conductPlace(id, 'record'));

/** What stands of words in a step, which is never written anew: a keyed digest. */
export const digestOfWords = (crypto: Crypto, words: string): Promise<string> =>
  crypto.hmac('practitioner-conduct-words', words);

/** Seals the lines of an import. */
export const sealRows = (crypto: Crypto, id: string, rows: unknown): Promise<string> =>
  sealed(crypto, JSON.stringify(rows), importPlace(id));
/** Opens what {@link sealRows} made, as JSON. Errors: throws when it was altered or moved. */
export const openRows = async (crypto: Crypto, id: string, text: string): Promise<unknown> =>
  JSON.parse(await opened(crypto, text, importPlace(id)));

/** What is sealed of people at work, and the indexes they are found by. Source: tender R55 (4). */
export const practitionerSealed: readonly SealedTable[] = [
  {
    table: 'elv.practitioner_identity',
    title: '从业人员身份证号码',
    key: ['id'],
    columns: ['number_index', 'number_sealed'],
    reseal: async ({ id, number_sealed: number }, { crypto, again }) => ({
      number_sealed: await again(purpose, number ?? null, numberPlace(id ?? '')),
      number_index: await numberIndex(crypto, await openNumber(crypto, id ?? '', number ?? '')),
    }),
  },
  {
    table: 'elv.practitioner',
    title: '从业人员',
    key: ['id'],
    columns: ['person_sealed', 'name_index'],
    reseal: async ({ id, person_sealed: person }, { crypto, again }) => ({
      person_sealed: await again(purpose, person ?? null, personPlace(id ?? '')),
      name_index: await nameIndex(crypto, (await openPerson(crypto, id ?? '', person ?? '')).name),
    }),
  },
  sealedColumns({
    table: 'elv.practitioner_certificate',
    title: '从业人员证书编号',
    key: ['id'],
    purpose,
    columns: { number_sealed: ({ id }) => certificatePlace(id ?? '') },
  }),
  sealedColumns({
    table: 'elv.practitioner_conduct',
    title: '从业人员行为记录',
    key: ['id'],
    purpose,
    columns: {
      record: ({ id }) => conductPlace(id ?? '', 'record'),
      record_at_step: ({ id }) => conductPlace(id ?? '', 'record_at_step'),
    },
  }),
  sealedColumns({
    table: 'elv.practitioner_import',
    title: '导入的从业人员',
    key: ['id'],
    purpose,
    columns: { rows: ({ id }) => importPlace(id ?? '') },
  }),
];

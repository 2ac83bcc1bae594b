import { z } from 'zod';
import { type Register, registerOf } from './register/register.ts';
import { openDiary } from './world-diary.ts';
import type { CollectionName, EntryOf } from './world-entries.ts';

/** How long the outside systems take over things, and where callbacks go. */
export const settingsSchema = z.strictObject({
  /** From a supervised submission to the police's decision, ms. */
  decisionDelayMs: z.int().min(0).max(86_400_000),
  /** From an accepted scrap case to its certificate, ms. */
  certificateDelayMs: z.int().min(0).max(86_400_000),
  /** From an accepted deregistration to its certificate, ms. */
  deregistrationDelayMs: z.int().min(0).max(86_400_000),
  /** From a message a gateway has taken to the report of its arrival, ms. */
  reportDelayMs: z.int().min(0).max(86_400_000),
  /** Base address of the supervision system, to which callbacks are sent. */
  callbackUrl: z.url({ protocol: /^https?$/ }),
});
/** See {@link settingsSchema}. */
export type Settings = z.output<typeof settingsSchema>;

/** Everything the simulated systems remember, in memory and, if a file was given, in that file. */
export interface World {
  settings: Settings;
  readonly register: Register;
  get<K extends CollectionName>(collection: K, key: string): EntryOf<K> | undefined;
  put<K extends CollectionName>(collection: K, key: string, value: EntryOf<K>): void;
  /** Forgets an entry; one that is not there is fine. */
  drop(collection: CollectionName, key: string): void;
  /** The entries of a collection by key, oldest first. */
  entries<K extends CollectionName>(collection: K): readonly (readonly [string, EntryOf<K>])[];
  /** The next number of a counter that never goes back, so that no certificate number is ever given twice. */
  next(): number;
  /** Forgets everything but the counter. */
  reset(): void;
  close(): void;
}

/** A world from its file, or an empty one in memory. Errors: throws when the file holds something else. */
export const worldOf = (settings: Settings, file?: string): World => {
  const memory = new Map<string, Map<string, unknown>>();
  const room = (collection: string): Map<string, unknown> => {
    const found = memory.get(collection) ?? new Map<string, unknown>();
    memory.set(collection, found);
    return found;
  };
  const diary = openDiary(file, (collection, key, value) => {
    if (value === undefined) room(collection).delete(key);
    else room(collection).set(key, value);
  });
  // The casts hold because entries come in through put and the diary alone, the one typed, the other parsed by collection.
  const get = <K extends CollectionName>(collection: K, key: string) =>
    room(collection).get(key) as EntryOf<K> | undefined;
  const entries = <K extends CollectionName>(collection: K) => [...room(collection)] as [string, EntryOf<K>][];
  const put = <K extends CollectionName>(collection: K, key: string, value: EntryOf<K>): void => {
    room(collection).set(key, value);
    diary.write(collection, key, value);
  };
  let register = registerOf(entries('seeded').map(([, vehicle]) => vehicle));
  return {
    settings,
    get register() {
      return register;
    },
    get,
    put,
    drop: (collection, key) => {
      if (room(collection).delete(key)) diary.write(collection, key, undefined);
    },
    entries,
    next: () => {
      const value = (get('counter', 'last') ?? 0) + 1;
      put('counter', 'last', value);
      return value;
    },
    reset: () => {
      const last = get('counter', 'last');
      memory.clear();
      diary.clear();
      register = registerOf([]);
      if (last !== undefined) put('counter', 'last', last);
    },
    close: diary.close,
  };
};

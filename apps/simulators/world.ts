import { z } from 'zod';
import { type Register, registerOf } from './register/register.ts';
import { openDiary } from './world-diary.ts';
import { type CollectionName, collections, type EntryOf } from './world-entries.ts';

/** How long the outside systems take over things, and where callbacks go. */
export const settingsSchema = z.strictObject({
  /** From a supervised submission to the police's decision, ms. */
  decisionDelayMs: z.int().min(0).max(86_400_000),
  /** From an accepted scrap case to its certificate, ms. */
  certificateDelayMs: z.int().min(0).max(86_400_000),
  /** From an accepted deregistration to its certificate, ms. */
  deregistrationDelayMs: z.int().min(0).max(86_400_000),
  /** Base address of the supervision system, to which callbacks are sent. */
  callbackUrl: z.url(),
});
/** See {@link settingsSchema}. */
export type Settings = z.output<typeof settingsSchema>;

/** Everything the simulated systems remember, in memory and, if a file was given, in that file. */
export interface World {
  settings: Settings;
  readonly register: Register;
  get<K extends CollectionName>(collection: K, key: string): EntryOf<K> | undefined;
  put<K extends CollectionName>(collection: K, key: string, value: EntryOf<K>): void;
  values<K extends CollectionName>(collection: K): readonly EntryOf<K>[];
  /** The next number of a counter that never goes back. */
  next(): number;
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
    room(collection).set(key, z.parse(collections[collection], value));
  });
  // Entries come in through put and the diary alone, both typed or parsed by collection.
  const get = <K extends CollectionName>(collection: K, key: string) => room(collection).get(key) as EntryOf<K> | undefined;
  const values = <K extends CollectionName>(collection: K) => [...room(collection).values()] as EntryOf<K>[];
  const put = <K extends CollectionName>(collection: K, key: string, value: EntryOf<K>): void => {
    room(collection).set(key, value);
    diary.write(collection, key, value);
  };
  let register = registerOf(values('seeded'));
  return {
    settings,
    get register() {
      return register;
    },
    get,
    put,
    values,
    next: () => {
      const value = (get('counter', 'last') ?? 0) + 1;
      put('counter', 'last', value);
      return value;
    },
    reset: () => {
      memory.clear();
      diary.clear();
      register = registerOf([]);
    },
    close: diary.close,
  };
};

import { closeSync, existsSync, openSync, readFileSync, renameSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { type CollectionName, collections } from './world-entries.ts';

/** What was remembered, one JSON line per change, so that killing the simulators loses nothing they answered. */
export interface Diary {
  write(collection: CollectionName, key: string, value: unknown): void;
  clear(): void;
  close(): void;
}

const isCollection = (name: unknown): name is CollectionName => typeof name === 'string' && Object.hasOwn(collections, name);

const linesOf = (text: string): readonly string[] => {
  const lines = text.split('\n');
  // A kill in the middle of a write leaves half a line at the end; it was never answered for, so it is dropped.
  lines.pop();
  return lines;
};

const compact = (file: string, entries: ReadonlyMap<string, string>): void => {
  writeFileSync(`${file}.new`, [...entries.values()].map((line) => `${line}\n`).join(''), { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

const readBack = (file: string, recall: (collection: CollectionName, key: string, value: unknown) => void): void => {
  if (!existsSync(file)) return;
  const latest = new Map<string, string>();
  for (const line of linesOf(readFileSync(file, 'utf8'))) {
    const [collection, key, value]: unknown[] = JSON.parse(line);
    if (!isCollection(collection) || typeof key !== 'string') throw new Error(`${file} was not written by the simulators`);
    recall(collection, key, value);
    latest.set(`${collection} ${key}`, line);
  }
  compact(file, latest);
};

/** Opens the diary, recalling what it holds; without a file nothing is written. Errors: throws when the file holds something else. */
export const openDiary = (
  file: string | undefined,
  recall: (collection: CollectionName, key: string, value: unknown) => void,
): Diary => {
  if (file === undefined) return { write: () => undefined, clear: () => undefined, close: () => undefined };
  readBack(file, recall);
  const handle = openSync(file, 'a', 0o600);
  return {
    write: (collection, key, value) => {
      writeSync(handle, `${JSON.stringify([collection, key, value])}\n`);
    },
    clear: () => truncateSync(file),
    close: () => closeSync(handle),
  };
};

import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type CollectionName, collections } from './world-entries.ts';

/** What was remembered, one JSON line per change, so that killing the simulators loses nothing they answered. */
export interface Diary {
  /** A value of `undefined` says that the entry is forgotten. */
  write(collection: CollectionName, key: string, value: unknown): void;
  clear(): void;
  close(): void;
}

/** Takes an entry back into memory; its value has the shape of its collection, or is undefined when the entry was forgotten. */
type Recall = (collection: CollectionName, key: string, value: unknown) => void;

const isCollection = (name: unknown): name is CollectionName =>
  typeof name === 'string' && Object.hasOwn(collections, name);

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

const entryOf = (line: string): readonly [CollectionName, string, unknown] => {
  const [collection, key, value]: unknown[] = JSON.parse(line);
  if (!isCollection(collection) || typeof key !== 'string') throw new Error('no entry');
  return [collection, key, value === undefined ? undefined : collections[collection].parse(value)];
};

const readBack = (file: string, recall: Recall): void => {
  if (!existsSync(file)) return;
  const latest = new Map<string, string>();
  for (const [index, line] of linesOf(readFileSync(file, 'utf8')).entries()) {
    try {
      const [collection, key, value] = entryOf(line);
      recall(collection, key, value);
      if (value === undefined) latest.delete(`${collection} ${key}`);
      else latest.set(`${collection} ${key}`, line);
    } catch (cause) {
      throw new Error(`状态文件 ${file} 第 ${index + 1} 行不是仿真器写下的，请移走该文件或另设 STATE_FILE`, { cause });
    }
  }
  compact(file, latest);
};

/** Opens the diary, recalling what it holds; without a file nothing is written. Errors: throws when the file holds something else. */
export const openDiary = (file: string | undefined, recall: Recall): Diary => {
  if (file === undefined) return { write: () => undefined, clear: () => undefined, close: () => undefined };
  mkdirSync(dirname(file), { recursive: true });
  readBack(file, recall);
  const handle = openSync(file, 'a', 0o600);
  return {
    write: (collection, key, value) => {
      writeSync(handle, `${JSON.stringify(value === undefined ? [collection, key] : [collection, key, value])}\n`);
    },
    clear: () => truncateSync(file),
    close: () => closeSync(handle),
  };
};

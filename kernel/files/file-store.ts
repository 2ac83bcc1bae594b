import type { Readable } from 'node:stream';

/** Where the bytes of files lie. Keys are made by the application; a user's file name never becomes part of one. */
export interface FileStore {
  /** Stores a stream whole or not at all. `awaitedSince`: an upload that a matter will speak of, or that is cleared away again. */
  put(key: string, stream: Readable, awaitedSince?: Date): Promise<void>;
  /** Errors: throws when there is no such file. */
  get(key: string): Promise<Readable>;
  delete(key: string): Promise<void>;
  exists(key: string): Promise<boolean>;
}

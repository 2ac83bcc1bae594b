/** A chosen file that is not at the server yet. `place` tells whose it is and which matter it belongs to. */
export interface ShelvedFile {
  readonly key: string;
  readonly place: string;
  readonly part: string;
  readonly file: File;
  /** The file this one takes the place of. */
  readonly instead: string | undefined;
  /** When it was chosen, in ms since 1970. */
  readonly at: number;
}

const name = 'desk-files';
const store = 'files';
/** What nobody came back for in a day is nothing to keep on an office's computer. */
const keptMs = 86_400_000;

const opened = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(store, { keyPath: 'key' });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });

/** Does something in one transaction; resolves with its answer when the browser has taken it in. */
const within = async <T>(mode: IDBTransactionMode, work: (files: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
  const database = await opened();
  try {
    const transaction = database.transaction(store, mode);
    const asked = work(transaction.objectStore(store));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('the browser took nothing in'));
    });
    return asked.result;
  } finally {
    database.close();
  }
};

/** Keeps a file on this machine. Errors: rejects where the browser keeps nothing (full, private mode). */
export const shelveFile = async (file: ShelvedFile): Promise<void> => {
  await within('readwrite', (files) => files.put(file));
};

/** Takes a file away again. Errors: as {@link shelveFile}. */
export const unshelveFile = async (key: string): Promise<void> => {
  await within('readwrite', (files) => files.delete(key));
};

// Written by this module only.
const all = async (): Promise<readonly ShelvedFile[]> =>
  (await within('readonly', (files) => files.getAll())) as ShelvedFile[];

/** The files of a place that an earlier visit left, as they were chosen. Errors: as {@link shelveFile}. */
export const shelvedFiles = async (place: string): Promise<readonly ShelvedFile[]> =>
  (await all()).filter((one) => one.place === place).sort((a, b) => a.at - b.at);

/** Takes away what is another person's, and what nobody came back for. Places begin with the person's id and a dot. Errors: as {@link shelveFile}. */
export const tidyShelf = async (personId: string, now: number): Promise<void> => {
  for (const { key, place, at } of await all())
    if (!place.startsWith(`${personId}.`) || now - at > keptMs) await unshelveFile(key);
};

/** Clears everybody's files from this machine: whoever signs out leaves nothing personal on a shared computer. Errors: as {@link shelveFile}. */
export const clearShelf = async (): Promise<void> => {
  await within('readwrite', (files) => files.clear());
};

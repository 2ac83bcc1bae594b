import type { WaitingPhoto } from './waiting-photo.ts';
import type { KeptTasks, Remembered, WaitingText, YardShelf } from './yard-shelf.ts';

const stores = ['photos', 'texts', 'single'] as const;
type Store = (typeof stores)[number];

const openDatabase = (name: string): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      for (const store of stores) opening.result.createObjectStore(store);
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });

const answerOf = <T>(asking: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    asking.onsuccess = () => resolve(asking.result);
    asking.onerror = () => reject(asking.error);
  });

/** Resolves when what was written is on the disk as far as the browser promises. */
const doneOf = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('the browser took nothing in'));
  });

/**
 * The shelf in the browser's IndexedDB. Transactions of one store run one after another in all pages, so a change is atomic.
 * Errors: rejects where the browser keeps nothing (full, private mode).
 */
export const browserShelf = async (name = 'yard-phone'): Promise<YardShelf> => {
  const database = await openDatabase(name);
  const news = new BroadcastChannel(name);
  const tell = (): void => news.postMessage('changed');

  const all = async <T>(store: Store): Promise<readonly T[]> =>
    // Written by this module only.
    (await answerOf(database.transaction(store).objectStore(store).getAll())) as T[];

  const change = async <T>(store: Store, id: string, next: (found: T | undefined) => T | null | undefined) => {
    const transaction = database.transaction(store, 'readwrite');
    const done = doneOf(transaction);
    const shelf = transaction.objectStore(store);
    const found = (await answerOf(shelf.get(id))) as T | undefined;
    const wanted = next(found);
    if (wanted === null) shelf.delete(id);
    else if (wanted !== undefined) shelf.put(wanted, id);
    await done;
    if (wanted !== undefined) tell();
    return wanted === null ? undefined : (wanted ?? found);
  };

  const single = async <T>(id: string): Promise<T | undefined> =>
    (await answerOf(database.transaction('single').objectStore('single').get(id))) as T | undefined;

  return {
    photos: () => all<WaitingPhoto>('photos'),
    addPhoto: async (photo) => {
      await change<WaitingPhoto>('photos', photo.id, () => photo);
    },
    changePhoto: (id, next) => change<WaitingPhoto>('photos', id, (found) => found && next(found)),
    texts: () => all<WaitingText>('texts'),
    changeText: async (id, next) => {
      await change<WaitingText>('texts', id, next);
    },
    tasks: () => single<KeptTasks>('tasks'),
    keepTasks: async (tasks) => {
      await change<KeptTasks>('single', 'tasks', () => tasks);
    },
    person: () => single<Remembered>('person'),
    keepPerson: async (person) => {
      await change<Remembered>('single', 'person', () => person);
    },
    onChange: (listener) => {
      news.addEventListener('message', listener);
      return () => news.removeEventListener('message', listener);
    },
  };
};

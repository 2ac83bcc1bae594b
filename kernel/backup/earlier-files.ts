import { BackupBroken, BackupRefused } from './backup-failure.ts';
import { isKept, type KeptFile, readFileList } from './file-list.ts';
import { readManifest } from './manifest.ts';

/** The files of an earlier backup, asked for in rising order of their keys. */
export interface EarlierFiles {
  find(key: string): Promise<KeptFile | undefined>;
}

const none: EarlierFiles = { find: async () => undefined };

/** The list's digest stands at its end: it is read once before anything of it is believed. */
const listOf = async (folder: string): Promise<string | undefined> => {
  try {
    const { files } = await readManifest(folder);
    for await (const _some of readFileList(folder, files.sm3));
    return files.sm3;
  } catch (error) {
    if (error instanceof BackupBroken || error instanceof BackupRefused) return undefined;
    throw error;
  }
};

/**
 * What an earlier backup has; nothing where there is none or its list is not what it was: then everything is copied. Both lists are in the order of their keys, so
 * that one pass finds all and neither is held in memory; where the order of the database has changed, less is found and more is copied.
 */
export const earlierFiles = async (folder: string | undefined): Promise<EarlierFiles> => {
  const sm3 = folder === undefined ? undefined : await listOf(folder);
  if (folder === undefined || sm3 === undefined) return none;
  const pages = readFileList(folder, sm3);
  let page: readonly KeptFile[] = [];
  let at = 0;
  let over = false;
  const current = async (): Promise<KeptFile | undefined> => {
    while (at >= page.length && !over) {
      const next = await pages.next();
      over = next.done === true;
      page = next.done ? [] : next.value.filter(isKept);
      at = 0;
    }
    return page[at];
  };
  return {
    find: async (key) => {
      for (let one = await current(); one; one = await current()) {
        if (one.key === key) return one;
        if (one.key > key) return undefined;
        at += 1;
      }
      return undefined;
    },
  };
};

import type { FileStore } from '#kernel/files/file-store.ts';
import { diskStore } from '#kernel/files/store.disk.ts';
import { s3Store } from '#kernel/files/store.s3.ts';
import type { Settings } from './settings.ts';

/** Where the bytes of files lie, as the settings say. */
export const storeOf = ({ files }: Pick<Settings, 'files'>): FileStore =>
  files.kind === 'disk' ? diskStore(files.folder) : s3Store(files);

import { mkdirSync } from 'node:fs';
import type { FillingFolder } from '#kernel/files/disk-room.ts';
import type { FileStore } from '#kernel/files/file-store.ts';
import { diskStore } from '#kernel/files/store.disk.ts';
import { s3Store } from '#kernel/files/store.s3.ts';
import type { RunningDatabase } from './database.ts';
import type { Settings } from './settings.ts';

/** Where the bytes of files lie, as the settings say. */
export const storeOf = ({ files }: Pick<Settings, 'files'>): FileStore =>
  files.kind === 'disk' ? diskStore(files.folder) : s3Store(files);

/** Makes the folder of files where it is missing: what is watched must be there before the first file is, on the disk the files will lie on. */
export const makeFilesFolder = ({ files }: Pick<Settings, 'files'>): void => {
  if (files.kind === 'disk') mkdirSync(files.folder, { recursive: true });
};

/** The folders of this machine that fill while people work. */
export const fillingFolders = (
  { files }: Pick<Settings, 'files'>,
  { embedded }: Pick<RunningDatabase, 'embedded'>,
): readonly FillingFolder[] => [
  ...(files.kind === 'disk' ? [{ holds: '文件', folder: files.folder }] : []),
  ...(embedded ? [{ holds: '内嵌数据库', folder: embedded.folder }] : []),
];

import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diskRooms } from '#kernel/files/disk-room.ts';
import { readSettings } from './settings.ts';
import { fillingFolders, makeFilesFolder } from './stored-files.ts';

// Real: folders of this machine.

const settingsOf = (dataDir: string) => readSettings({ MODE: 'demo', DATA_DIR: dataDir }, dataDir);
const newFolder = (below: string): string => mkdtempSync(join(below, 'hushang-stored-'));

test('T3.1: the room for files is known before the first file is there', async () => {
  const dataDir = newFolder(tmpdir());
  const settings = settingsOf(dataDir);
  makeFilesFolder(settings);
  makeFilesFolder(settings);
  expect(await diskRooms(fillingFolders(settings, { embedded: null }), 0)).toMatchObject([{ holds: ['文件'] }]);
  rmSync(dataDir, { recursive: true });
});

test('T3.1: files that lie elsewhere than the data folder, as on a disk of their own, are watched where they lie', () => {
  const [dataDir, bulk] = [newFolder(tmpdir()), newFolder(tmpdir())];
  symlinkSync(bulk, join(dataDir, 'files'));
  const settings = settingsOf(dataDir);
  makeFilesFolder(settings);
  const watched = fillingFolders(settings, { embedded: null }).map(({ folder }) => realpathSync(folder));
  expect(watched).toEqual([realpathSync(bulk)]);
  for (const folder of [dataDir, bulk]) rmSync(folder, { recursive: true });
});

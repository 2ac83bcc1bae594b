import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diskRooms } from '#kernel/files/disk-room.ts';
import { readSettings } from './settings.ts';
import { fillingFolders, makeFilesFolder } from './stored-files.ts';

// Real: folders of this machine, on two disks where it has two.

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

const otherDisk = '/dev/shm';
test.skipIf(!existsSync(otherDisk) || statSync(otherDisk).dev === statSync(tmpdir()).dev)(
  'T3.1: files that lie on a disk of their own below the data folder are watched there',
  async () => {
    const [dataDir, bulk] = [newFolder(tmpdir()), newFolder(otherDisk)];
    symlinkSync(bulk, join(dataDir, 'files'));
    const settings = settingsOf(dataDir);
    makeFilesFolder(settings);
    const [watched] = fillingFolders(settings, { embedded: null });
    expect(statSync(watched?.folder ?? '').dev).toBe(statSync(bulk).dev);
    for (const folder of [dataDir, bulk]) rmSync(folder, { recursive: true });
  },
);

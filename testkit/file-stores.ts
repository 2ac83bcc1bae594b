import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import type { FileStore } from '#kernel/files/file-store.ts';
import { diskStore } from '#kernel/files/store.disk.ts';
import { s3Store } from '#kernel/files/store.s3.ts';

/** A file store in a folder of its own. `stored` counts whatever lies there, half-written files included. */
export interface TestFileStore {
  readonly store: FileStore;
  /** Where the files lie, on disk. */
  readonly folder?: string;
  stored(): number;
  close(): Promise<void>;
}

const filesBelow = (folder: string, which: (file: string) => boolean): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => which(file) && statSync(join(folder, file)).isFile(),
  ).length;

/** Files on disk. */
export const aDiskStore = async (): Promise<TestFileStore> => {
  const folder = mkdtempSync(join(tmpdir(), 'hushang-files-'));
  return {
    store: diskStore(folder),
    folder,
    stored: () => filesBelow(folder, () => true),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** Files in a bucket of s3rver, a real S3 server on this machine. */
export const anS3Store = async (): Promise<TestFileStore> => {
  const folder = mkdtempSync(join(tmpdir(), 'hushang-s3-'));
  const bucket = 'hushang';
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: folder,
    configureBuckets: [{ name: bucket }],
  });
  const { port } = await server.run();
  return {
    store: s3Store({
      endpoint: `http://127.0.0.1:${port}/${bucket}`,
      region: 'us-east-1',
      // The key pair s3rver knows.
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    }),
    // Beside each object s3rver keeps its headers and digest.
    stored: () => filesBelow(folder, (file) => file.endsWith('_object')),
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ReadableStream } from 'node:stream/web';
import { S3mini } from 's3mini';
import type { FileStore } from './file-store.ts';

/** Where the bucket is and how to open it. `endpoint` includes the bucket. */
export interface S3Place {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Files in an S3 bucket. Uploads are bounded by the upload limit, so each is sent in one piece. */
export const s3Store = (place: S3Place): FileStore => {
  const bucket = new S3mini(place);
  return {
    put: async (key, stream) => {
      await bucket.putObject(key, await buffer(stream));
    },
    get: async (key) => {
      const reply = await bucket.getObjectResponse(key);
      if (!reply?.body) throw new Error(`file ${key} is not in the store`);
      // The fetch body is a web stream; the DOM and Node types of it differ in name only.
      return Readable.fromWeb(reply.body as ReadableStream);
    },
    delete: async (key) => {
      await bucket.deleteObject(key);
    },
    exists: async (key) => (await bucket.objectExists(key)) === true,
  };
};

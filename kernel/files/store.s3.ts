import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ReadableStream } from 'node:stream/web';
import { S3mini, S3ServiceError } from 's3mini';
import { PassingFailure } from '#kernel/db/outage.ts';
import type { FileStore } from './file-store.ts';

/** Where the bucket is and how to open it. `endpoint` includes the bucket. */
export interface S3Place {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What the bucket answers when it cannot for the time being is an outage, not a defect. Source: S3, error responses; 507 where its disks are full. */
const asOutage = (error: unknown): unknown => {
  if (!(error instanceof S3ServiceError) || (error.status < 500 && error.status !== 429)) return error;
  const { status, serviceCode } = error;
  const crowded = status === 429 || serviceCode === 'SlowDown';
  return new PassingFailure(error.message, status === 507 ? 'no-room' : crowded ? 'crowded' : 'away', error);
};

/** Files in an S3 bucket. Uploads are bounded by the upload limit, so each is sent in one piece. */
export const s3Store = (place: S3Place): FileStore => {
  const bucket = new S3mini(place);
  const asked = <T>(call: Promise<T>): Promise<T> =>
    call.catch((error: unknown) => {
      throw asOutage(error);
    });
  return {
    put: async (key, stream) => {
      await asked(bucket.putObject(key, await buffer(stream)));
    },
    get: async (key) => {
      const reply = await asked(bucket.getObjectResponse(key));
      if (!reply?.body) throw new Error(`file ${key} is not in the store`);
      // The fetch body is a web stream; the DOM and Node types of it differ in name only.
      return Readable.fromWeb(reply.body as ReadableStream);
    },
    delete: async (key) => {
      await asked(bucket.deleteObject(key));
    },
    exists: async (key) => (await asked(bucket.objectExists(key))) === true,
  };
};

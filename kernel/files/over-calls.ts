import type { FileReply } from '#kernel/contract/file-reply.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { StoredFile } from './file.store.ts';
import type { FileStore } from './file-store.ts';
import { FileRefused, type ReceivedFile, receiveFile } from './receive.ts';

/** Takes the file a call brings. Errors: fails the call with TOO_LARGE or FILE_REFUSED and the reason; what was left of it is read away. */
export const receiveUpload = async (
  files: FileStore,
  context: CallContext<'TOO_LARGE' | 'FILE_REFUSED'>,
): Promise<ReceivedFile> => {
  const { file, now } = context;
  if (!file) throw new Error('an upload without a file');
  return receiveFile(file, files, now).catch((error: unknown) => {
    file.stream.resume();
    if (!(error instanceof FileRefused)) throw error;
    return context.fail(error.tooLarge ? 'TOO_LARGE' : 'FILE_REFUSED', { message: error.message });
  });
};

/** A small picture of a stored one as the answer of a call; else as {@link storedReply}. */
export const smallReply = (file: StoredFile, small: Uint8Array, keep: boolean): FileReply => ({
  stream: Buffer.from(small.buffer, small.byteOffset, small.byteLength),
  mediaType: 'image/jpeg',
  fileName: file.name,
  disposition: 'inline',
  sizeBytes: small.byteLength,
  etag: `${file.sm3}-small`,
  keep,
});

/** A stored file as the answer of a call, to be looked at in the page. `keep`: a browser may keep it, since it shows nobody. */
export const storedReply = async (files: FileStore, file: StoredFile, keep: boolean): Promise<FileReply> => ({
  stream: await files.get(file.storeKey),
  mediaType: file.mediaType,
  fileName: file.name,
  disposition: 'inline',
  sizeBytes: file.sizeBytes,
  etag: file.sm3,
  keep,
});

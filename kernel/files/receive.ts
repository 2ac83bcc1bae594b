import type { Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type';
import { sm3Stream } from '#kernel/crypto/sm3.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import { cameraFactsOf } from './exif.ts';
import type { FileStore } from './file-store.ts';
import { findImageSize, type ImageSize } from './image-size.ts';

/** A file that was received, stored and looked at. */
export interface ReceivedFile {
  readonly storeKey: string;
  /** Display name without any path. */
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sm3: string;
  readonly image: ImageSize | null;
  readonly takenAt: Date | null;
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
  readonly device: string | null;
}

/** Why a file was not taken; `message` tells the user what to do. */
export class FileRefused extends Error {
  readonly tooLarge: boolean;
  constructor(message: string, tooLarge = false) {
    super(message);
    this.tooLarge = tooLarge;
  }
}

/** The largest file taken, in bytes. */
export const maxFileBytes = 15 * 1024 * 1024;
const maxPixels = 60_000_000;
const allowed = ['image/jpeg', 'image/png', 'application/pdf'];

/** The last part of a name, without control characters; never empty. */
export const displayName = (name: string): string => {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 120);
  return clean === '' || clean === '.' || clean === '..' ? '未命名' : clean;
};

/** What is learnt of a file while it passes to the store. */
interface Seen {
  size: number;
  /** The first bytes: enough for the type, the declared size and the EXIF of a photograph. */
  head: Buffer;
  mediaType: string | null;
}

const headBytes = 512 * 1024;
const kindBytes = 4_100;

const watched = async function* (stream: Readable, seen: Seen, hash: Hash): AsyncGenerator<Buffer> {
  for await (const piece of stream) {
    // Multipart streams give buffers.
    const bytes = piece as Buffer;
    seen.size += bytes.length;
    if (seen.size > maxFileBytes) throw new FileRefused('文件超过 15 MB，请压缩或调低相机分辨率后再上传', true);
    if (seen.head.length < headBytes)
      seen.head = Buffer.concat([seen.head, bytes.subarray(0, headBytes - seen.head.length)]);
    if (seen.mediaType === null && seen.head.length >= kindBytes) seen.mediaType = await checkKind(seen.head);
    hash.update(bytes);
    yield bytes;
  }
  seen.mediaType ??= await checkKind(seen.head);
};

const checkKind = async (bytes: Buffer): Promise<string> => {
  if (bytes.length === 0) throw new FileRefused('文件是空的（0 字节），请重新选择');
  const kind = await fileTypeFromBuffer(bytes.subarray(0, 4100));
  if (kind?.mime === 'image/heic' || kind?.mime === 'image/heif')
    throw new FileRefused('暂不支持 HEIC 照片，请在手机相机设置里选“兼容性最佳”（JPEG）后重拍');
  if (!kind || !allowed.includes(kind.mime)) throw new FileRefused('文件内容不是照片（JPEG、PNG）或 PDF，请换一个文件');
  return kind.mime;
};

const checkImage = (bytes: Buffer, mediaType: string): ImageSize | null => {
  if (mediaType === 'application/pdf') return null;
  const size = findImageSize(bytes, mediaType);
  if (!size || size.width === 0 || size.height === 0) throw new FileRefused('照片已损坏，无法读取，请重新拍摄');
  if (size.width * size.height > maxPixels) throw new FileRefused('照片像素过大，请调低相机分辨率后再上传');
  return size;
};

/**
 * Takes an uploaded file: streamed to the store, bounded, of a true type, no bomb, digested. Nothing stays when it is refused; what is
 * taken is awaited until a matter speaks of it.
 * Errors: throws {@link FileRefused}.
 */
export const receiveFile = async (
  upload: { readonly name: string; readonly stream: Readable },
  store: FileStore,
  now: Date,
): Promise<ReceivedFile> => {
  const storeKey = uuidv7(now);
  const seen: Seen = { size: 0, head: Buffer.alloc(0), mediaType: null };
  const hash = sm3Stream();
  await store.put(storeKey, Readable.from(watched(upload.stream, seen, hash)), now);
  try {
    const mediaType = seen.mediaType ?? (await checkKind(seen.head));
    const image = checkImage(seen.head, mediaType);
    const camera = mediaType === 'image/jpeg' ? await cameraFactsOf(seen.head) : null;
    return {
      storeKey,
      name: displayName(upload.name),
      mediaType,
      sizeBytes: seen.size,
      sm3: hash.digest('hex'),
      image,
      takenAt: camera?.takenAt ?? null,
      place: camera?.place ?? null,
      device: camera?.device ?? null,
    };
  } catch (error) {
    await store.delete(storeKey);
    throw error;
  }
};

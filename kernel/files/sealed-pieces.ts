import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';

/** A stored file that was altered, cut off or put in another's place. */
export class FileBroken extends Error {}

/** How a sealed file begins. */
export const sealedFileMark = Buffer.from('HSF1');
/** Plain bytes of one piece. Small enough to be held, large enough that its authentication code costs nothing. */
const pieceBytes = 64 * 1024;
const macBytes = 32;

/** Bytes of a data key: SM4 and HMAC-SM3. Made for one file and never used for another, so the counter may begin at zero. */
export const dataKeyBytes = 48;

interface FileKeys {
  readonly cipher: KeyObject;
  readonly mac: KeyObject;
}

const keysOf = (dataKey: Uint8Array): FileKeys => {
  if (dataKey.length !== dataKeyBytes) throw new FileBroken('a data key of another length');
  return {
    cipher: createSecretKey(dataKey.subarray(0, 16)),
    mac: createSecretKey(dataKey.subarray(16)),
  };
};

const firstCounter = Buffer.alloc(16);

/** The code of a piece covers where it stands and whether it is the last: none can be moved, left out, or cut off behind. */
const codeOf = (keys: FileKeys, index: number, last: boolean, body: Buffer): Buffer => {
  const head = Buffer.alloc(9);
  head.writeBigUInt64BE(BigInt(index));
  head.writeUInt8(last ? 1 : 0, 8);
  return createHmac('sm3', keys.mac).update(sealedFileMark).update(head).update(body).digest();
};

/** Gathers a stream into pieces of one size; the last, of any size or none, is told as such. */
const piecesOf = async function* (
  stream: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ readonly piece: Buffer; readonly last: boolean }> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const bytes of stream) {
    held.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    length += bytes.byteLength;
    if (length <= size) continue;
    let rest = Buffer.concat(held, length);
    // A full piece is held back until more comes: it might be the last.
    for (; rest.length > size; rest = rest.subarray(size)) yield { piece: rest.subarray(0, size), last: false };
    held = [rest];
    length = rest.length;
  }
  yield { piece: Buffer.concat(held, length), last: true };
};

/** Seals a file as it passes: SM4-CTR in pieces of 64 KiB, each under its own HMAC-SM3. Source: tender R55 (4), domain 10.1. */
export const sealPieces = async function* (
  plain: AsyncIterable<Uint8Array>,
  dataKey: Uint8Array,
): AsyncGenerator<Buffer> {
  const keys = keysOf(dataKey);
  const cipher = createCipheriv('sm4-ctr', keys.cipher, firstCounter);
  yield sealedFileMark;
  let index = 0;
  for await (const { piece, last } of piecesOf(plain, pieceBytes)) {
    const body = cipher.update(piece);
    yield Buffer.concat([codeOf(keys, index, last, body), body]);
    index += 1;
  }
};

/** Leaves out how a sealed file begins. Errors: throws {@link FileBroken} when it begins otherwise. */
const behindMark = async function* (stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head = Buffer.alloc(0);
  for await (const bytes of stream) {
    if (head.length >= sealedFileMark.length) {
      yield bytes;
      continue;
    }
    head = Buffer.concat([head, bytes]);
    if (head.length < sealedFileMark.length) continue;
    if (!head.subarray(0, sealedFileMark.length).equals(sealedFileMark)) throw new FileBroken('not a sealed file');
    yield head.subarray(sealedFileMark.length);
  }
  if (head.length < sealedFileMark.length) throw new FileBroken('a sealed file cut off in its first bytes');
};

/**
 * Opens what {@link sealPieces} made. No byte is given out before its piece was found true. Errors: throws {@link FileBroken} at the first piece that was
 * altered, moved or cut off.
 */
export const openPieces = async function* (
  sealed: AsyncIterable<Uint8Array>,
  dataKey: Uint8Array,
): AsyncGenerator<Buffer> {
  const keys = keysOf(dataKey);
  const decipher = createDecipheriv('sm4-ctr', keys.cipher, firstCounter);
  let index = 0;
  for await (const { piece, last } of piecesOf(behindMark(sealed), macBytes + pieceBytes)) {
    const [code, body] = [piece.subarray(0, macBytes), piece.subarray(macBytes)];
    if (code.length < macBytes || !timingSafeEqual(code, codeOf(keys, index, last, body)))
      throw new FileBroken(`piece ${index} of the file was altered`);
    yield decipher.update(body);
    index += 1;
  }
};

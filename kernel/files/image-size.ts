/** Width and height in pixels as an image's header declares them. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

const jpegSize = (bytes: Buffer): ImageSize | undefined => {
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
};

/** Reads the declared size without decoding, so that a bomb never unfolds; undefined when the header is not readable. */
export const findImageSize = (bytes: Buffer, mediaType: string): ImageSize | undefined => {
  if (mediaType === 'image/jpeg') return jpegSize(bytes);
  if (mediaType === 'image/png' && bytes.length >= 24)
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  return undefined;
};

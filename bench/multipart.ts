const boundary = 'bench-file';

/** A multipart body with one file, as a browser sends it. */
export const multipart = (
  name: string,
  mediaType: string,
  bytes: Uint8Array,
): { readonly contentType: string; readonly body: Buffer } => ({
  contentType: `multipart/form-data; boundary=${boundary}`,
  body: Buffer.concat([
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${mediaType}\r\n\r\n`,
    ),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]),
});

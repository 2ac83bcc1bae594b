import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rangeIn, within } from './byte-range.ts';

/** A file as it is answered. `disposition` decides whether a browser shows or saves it. */
export interface FileReply {
  readonly stream: Readable | Buffer;
  readonly mediaType: string;
  readonly fileName: string;
  readonly disposition: 'inline' | 'attachment';
  readonly sizeBytes?: number;
  /** A digest that never changes for this address lets browsers keep the file. */
  readonly etag?: string;
  /** False: shows a person, so that no browser may keep it, whatever the digest. */
  readonly keep?: boolean;
  /** The stream is of `sizeBytes` and named by its `etag`: a download that was cut off may go on where it ended. */
  readonly inParts?: boolean;
}

/** Whether a handler has answered with a file. */
export const isFileReply = (value: unknown): value is FileReply =>
  typeof value === 'object' && value !== null && 'stream' in value && 'mediaType' in value;

const isKept = ({ etag, keep = true }: FileReply): boolean => etag !== undefined && keep;

const sendWhole = (reply: FastifyReply, { sizeBytes, stream }: FileReply): FastifyReply => {
  if (sizeBytes !== undefined) void reply.header('content-length', sizeBytes);
  return reply.send(stream);
};

/** What of a file is asked for; the whole where it is not the one of which the caller has the beginning. */
const sendPart = ({ headers }: FastifyRequest, reply: FastifyReply, file: FileReply): FastifyReply => {
  const { stream, sizeBytes = 0, etag = '' } = file;
  void reply.header('accept-ranges', 'bytes').header('etag', `"${etag}"`);
  const same = headers['if-range'] === undefined || headers['if-range'] === `"${etag}"`;
  const range = same ? rangeIn(headers.range, sizeBytes) : undefined;
  if (range === undefined || Buffer.isBuffer(stream)) return sendWhole(reply, file);
  if (range === 'beyond') {
    stream.destroy();
    return reply.code(416).header('content-range', `bytes */${sizeBytes}`).send();
  }
  return reply
    .code(206)
    .header('content-range', `bytes ${range.from}-${range.to}/${sizeBytes}`)
    .header('content-length', range.to - range.from + 1)
    .send(Readable.from(within(stream, range), { objectMode: false }));
};

/** Sends a file, or the part of it that is asked for. */
export const sendFile = (request: FastifyRequest, reply: FastifyReply, file: FileReply): FastifyReply => {
  const name = encodeURIComponent(file.fileName);
  void reply
    .header('content-type', file.mediaType)
    .header('content-disposition', `${file.disposition}; filename*=UTF-8''${name}`)
    .header('cache-control', isKept(file) ? 'private, max-age=3600' : 'private, no-store');
  if (isKept(file)) void reply.header('etag', `"${file.etag}"`);
  return file.inParts ? sendPart(request, reply, file) : sendWhole(reply, file);
};

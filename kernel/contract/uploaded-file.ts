import type { Readable } from 'node:stream';
import '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Failure } from './failure.ts';

/** A file as it arrives: the stream must be read to its end or destroyed by the handler. */
export interface UploadedFile {
  readonly name: string;
  readonly declaredType: string;
  readonly stream: Readable;
}

/** Whether a name climbs out of a folder. No browser sends such a name; whoever does is up to something. */
const leadsOut = (name: string): boolean => name.split(/[\\/]/).some((part) => part.trim() === '..');

/** The one file of a request. Errors: throws a Failure where there is none, or its name leads out of its place. */
export const uploadedFile = async (request: FastifyRequest): Promise<UploadedFile> => {
  if (!request.isMultipart()) throw new Failure(415, 'NOT_A_FILE', '请以文件方式上传');
  const part = await request.file();
  if (!part) throw new Failure(400, 'NO_FILE', '没有收到文件，请重新选择');
  if (leadsOut(part.filename)) {
    part.file.resume();
    throw new Failure(400, 'FILE_NAME', '文件名里不能有“../”这样的路径，请改名后再上传');
  }
  return { name: part.filename, declaredType: part.mimetype, stream: part.file };
};

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

/** What is wrong with a file's name, in words; undefined where nothing is. A browser always sends a name, other programs need not. */
const nameProblem = (name: string | undefined): string | undefined => {
  if (!name?.trim()) return '上传的文件没有文件名，请重新选择文件后再上传';
  // The database keeps no text with the character 0.
  if (name.includes('\0')) return '文件名里有不能使用的字符，请改名后再上传';
  return leadsOut(name) ? '文件名里不能有“../”这样的路径，请改名后再上传' : undefined;
};

/** The one file of a request. Errors: throws a Failure where there is none, it has no name, or its name leads out of its place. */
export const uploadedFile = async (request: FastifyRequest): Promise<UploadedFile> => {
  if (!request.isMultipart()) throw new Failure(415, 'NOT_A_FILE', '请以文件方式上传');
  const part = await request.file();
  if (!part) throw new Failure(400, 'NO_FILE', '没有收到文件，请重新选择');
  const problem = nameProblem(part.filename);
  if (problem !== undefined) {
    part.file.resume();
    throw new Failure(400, 'FILE_NAME', problem);
  }
  return { name: part.filename, declaredType: part.mimetype, stream: part.file };
};

import type { FastifyInstance } from 'fastify';
import { ownPage } from './served-product.ts';

/** Sends one file to an address of the API as a browser does; answers status and body. */
export const upload = async (
  server: FastifyInstance,
  cookie: string,
  url: string,
  content: Buffer,
  fileName = 'a.jpg',
): Promise<{ readonly status: number; readonly body: unknown }> => {
  const boundary = 'a-boundary-that-no-picture-holds';
  const payload = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: image/jpeg\r\n\r\n`,
    ),
    content,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const headers = { ...ownPage, cookie, 'content-type': `multipart/form-data; boundary=${boundary}` };
  const reply = await server.inject({ method: 'POST', url, headers, payload });
  return { status: reply.statusCode, body: reply.json() };
};

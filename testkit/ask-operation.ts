import { randomUUID } from 'node:crypto';
import { addressOf } from '#kernel/contract/client.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { aJpeg } from './sample-files.ts';
import { ownPage, type ServedProduct } from './served-product.ts';
import { upload } from './upload.ts';

const key = '6a8b3f86-93a4-4c2f-8f0a-0f4b6c1d2e3f';
const ids = [
  'id',
  'photoId',
  'fileId',
  'paperId',
  'exchangeId',
  'personId',
  'organisationId',
  'importId',
  'sessionId',
  'trainingId',
];
/** Input that most operations understand, about things that do not exist. */
export const likely: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(ids.map((name) => [name, '01a00000-0000-7000-8000-000000000000'])),
  seq: 1,
  certificateId: 'f'.repeat(63),
  section: 'papers',
  part: 'licence-main',
  key,
  version: 1,
  changes: {},
  input: {},
  field: 'ownerPhone',
  reason: '核查举报线索',
  opinion: '依职权查看',
  setting: 'elv.period.confirm',
  day: '2026-11-25',
  year: 2026,
};

/** Whether an operation reads a body rather than the address. */
export const withBody = ({ method }: Operation): boolean => method === 'POST' || method === 'PUT';

/** Asks one operation, whatever it is, and answers what came back. */
export const askOperation = async (
  served: ServedProduct,
  operation: Operation,
  cookie: string,
  input: Readonly<Record<string, unknown>>,
) => {
  const { url } = addressOf({ ...operation, method: 'POST' }, input);
  if (operation.body === 'file') {
    const { status, body } = await upload(served.server, cookie, `${url}?key=${randomUUID()}`, aJpeg());
    return { status, code: (body as { code?: string }).code };
  }
  const reply = await served.server.inject({
    method: operation.method,
    url: withBody(operation) ? url : addressOf(operation, input).url,
    headers: { ...ownPage, cookie },
    ...(withBody(operation) ? { payload: input } : {}),
  });
  const json = reply.headers['content-type']?.toString().includes('json') ?? false;
  return { status: reply.statusCode, code: json ? (reply.json() as { code?: string }).code : undefined };
};

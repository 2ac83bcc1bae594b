import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { libraryContract } from '#testkit/library.contract.ts';
import { type LibraryServer, startLibrary } from '#testkit/library-server.ts';
import { addressOf, clientOf } from './client.ts';
import { Failure } from './failure.ts';

let library: LibraryServer;
beforeAll(async () => {
  library = await startLibrary();
});
afterAll(() => library.close());

const failureOf = async (call: Promise<unknown>): Promise<Failure> => {
  const thrown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof Failure)) throw new Error(`expected a Failure, found ${String(thrown)}`);
  return thrown;
};

describe('T3.1: the client says what the contract says', () => {
  test('T3.1: calls go there and back typed, with path, query and body in their places', async () => {
    const client = clientOf(libraryContract, library.as('keeper-token'));
    expect(await client.hours({})).toEqual({ opens: '09:00' });
    expect(await client.find({ id: 'b 1/2', marks: ['a', 'b'] })).toEqual({ id: 'b 1/2', title: '论语', pages: 120 });
    expect(await client.add({ title: '史记', pages: 600 })).toEqual({ id: 'b1', title: '史记', pages: 600 });
    expect(await client.remove({ id: 'b1' })).toEqual({ by: 'keeper' });
  });

  test('T3.1: a declared error arrives as a failure with all its parts', async () => {
    const client = clientOf(libraryContract, library.as('keeper-token'));
    expect(await failureOf(client.find({ id: 'lent' }))).toMatchObject({
      status: 409,
      code: 'LENT_OUT',
      message: '该书已借出',
      detail: { until: '2026-12-01', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) },
    });
    expect(await failureOf(client.add({ title: '', pages: 1 }))).toMatchObject({
      status: 400,
      problems: [{ path: 'title', message: '请填写书名' }],
    });
  });

  test('R42: a lost session is a failure of status 401', async () => {
    const client = clientOf(libraryContract, library.as(null));
    expect(await failureOf(client.find({ id: 'b1' }))).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' });
  });
});

describe('T2.2: a line that fails is told from a server that refuses', () => {
  test('T2.2: no network is status 0', async () => {
    const client = clientOf(libraryContract, { ...library.as(null), baseUrl: 'http://127.0.0.1:1' });
    expect(await failureOf(client.hours({}))).toMatchObject({ status: 0, code: 'OFFLINE' });
  });

  test('T2.2: the page of a proxy in between is not taken for an answer', async () => {
    const proxy = createServer((_, reply) => reply.writeHead(502).end('<html>Bad Gateway</html>'));
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    // A listening TCP server has an address with a port.
    const { port } = proxy.address() as AddressInfo;
    const client = clientOf(libraryContract, { ...library.as(null), baseUrl: `http://127.0.0.1:${port}` });
    expect(await failureOf(client.hours({}))).toMatchObject({ status: 502, code: 'UNREADABLE' });
    await new Promise((resolve) => proxy.close(resolve));
  });
});

test('T3.1: an address leaves out what is empty and repeats what is a list', () => {
  const { url, rest } = addressOf(libraryContract.find, {
    id: '沪A/1',
    marks: ['x', 'y'],
    page: '',
    size: null,
    all: undefined,
  });
  expect(url).toBe(`/api/library/books/${encodeURIComponent('沪A/1')}?marks=x&marks=y`);
  expect(rest).toEqual({});
});

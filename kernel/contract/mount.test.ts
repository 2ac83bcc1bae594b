import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LibraryServer, startLibrary } from '#testkit/library-server.ts';
import { sessionCookie } from './mount.ts';

// Real: Fastify on a listening port, its cookie and multipart plugins. Made up: the contract and the people.
let library: LibraryServer;
beforeAll(async () => {
  library = await startLibrary();
});
afterAll(() => library.close());

const ask = (
  method: string,
  path: string,
  token: 'reader' | 'keeper' | 'stolen' | null,
  more: { body?: string | FormData; headers?: Record<string, string> } = {},
): Promise<Response> =>
  fetch(`${library.url}/api${path}`, {
    method,
    ...(more.body === undefined ? {} : { body: more.body }),
    headers: {
      'x-requested-with': 'desk',
      ...(token ? { cookie: `${sessionCookie}=${token}-token` } : {}),
      ...more.headers,
    },
  });

const json = (value: unknown) => ({ body: JSON.stringify(value), headers: { 'content-type': 'application/json' } });
const failureOf = async (reply: Response) => ({ status: reply.status, ...((await reply.json()) as { code: string }) });

describe('R44: who may call is asked before anything else', () => {
  test.each([
    ['GET', '/library/books/b1'],
    ['POST', '/library/books'],
    ['DELETE', '/library/books/b1'],
    ['POST', '/library/books/b1/cover'],
  ])('R42: %s %s without a session is 401, with a session nobody knows too', async (method, path) => {
    expect(await failureOf(await ask(method, path, null))).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' });
    expect(await failureOf(await ask(method, path, 'stolen'))).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' });
  });

  test('R44: who is signed in without the permission gets 403, and malformed input tells him nothing more', async () => {
    expect(await failureOf(await ask('POST', '/library/books', 'reader', json({ title: '' })))).toMatchObject({
      status: 403,
      code: 'NOT_PERMITTED',
      problems: [],
    });
  });

  test('R42: a public operation answers anybody', async () => {
    const reply = await ask('GET', '/library/hours', null);
    expect([reply.status, await reply.json()]).toEqual([200, { opens: '09:00' }]);
  });

  test('T5.4: a foreign page cannot ride on the cookie: without our header nothing is changed', async () => {
    const foreign = await fetch(`${library.url}/api/library/books/b1`, {
      method: 'DELETE',
      headers: { cookie: `${sessionCookie}=keeper-token` },
    });
    expect(await failureOf(foreign)).toMatchObject({ status: 403, code: 'FOREIGN_PAGE' });
    const own = await ask('DELETE', '/library/books/b1', 'keeper');
    expect(await own.json()).toEqual({ by: 'keeper' });
  });
});

describe('T3.1: input is parsed before the handler sees it', () => {
  test('T3.1: every wrong field is named', async () => {
    const reply = await ask('POST', '/library/books', 'keeper', json({ title: '', pages: 1.5 }));
    expect(await failureOf(reply)).toMatchObject({
      status: 400,
      code: 'MALFORMED',
      problems: [
        { path: 'title', message: '请填写书名' },
        { path: 'pages', message: '应为整数' },
      ],
    });
  });

  test.each([
    ['no JSON', '{"title":', 'application/json', 400],
    ['a list', '[1]', 'application/json', 400],
    ['a bare text', '"论语"', 'application/json', 400],
    ['another kind of content', '<book/>', 'application/xml', 415],
    ['more than is taken', JSON.stringify({ title: 'x'.repeat(20_000) }), 'application/json', 413],
  ])('T3.1: %s is refused in our own words', async (_what, body, type, status) => {
    const reply = await ask('POST', '/library/books', 'keeper', { body, headers: { 'content-type': type } });
    const failure = await failureOf(reply);
    expect(failure.status).toBe(status);
    expect(failure).toMatchObject({ message: expect.stringMatching(/\p{Script=Han}/u), traceId: expect.any(String) });
  });

  test('T3.1: what is in the path wins over what is in the query', async () => {
    const reply = await ask('GET', '/library/books/b1?id=b2', 'reader');
    expect(await reply.json()).toMatchObject({ id: 'b1' });
  });
});

describe('T3.1: only what is declared comes back', () => {
  test('T3.1: what the output schema does not name does not leave the server', async () => {
    const reply = await ask('GET', '/library/books/b1', 'reader');
    expect(await reply.json()).toEqual({ id: 'b1', title: '论语', pages: 120 });
    expect(reply.headers.get('cache-control')).toBe('no-store');
  });

  test('T3.1: a declared error comes with its status, its words and its detail', async () => {
    expect(await failureOf(await ask('GET', '/library/books/lent', 'reader'))).toMatchObject({
      status: 409,
      code: 'LENT_OUT',
      message: '该书已借出',
      detail: { until: '2026-12-01' },
    });
    expect(
      await failureOf(await ask('POST', '/library/books', 'keeper', json({ title: '史记', pages: 2_000 }))),
    ).toMatchObject({
      status: 422,
      code: 'SHELF_FULL',
      message: '书架已满，请先移走一本',
      problems: [{ path: 'pages' }],
    });
  });

  test('T4.3: an unknown error is logged with its text and answered without it', async () => {
    const reply = await ask('GET', '/library/books/broken', 'reader');
    const text = await reply.text();
    expect(reply.status).toBe(500);
    expect(text).not.toContain('hunter2');
    const { code, traceId, message } = JSON.parse(text) as { code: string; traceId: string; message: string };
    expect(code).toBe('INTERNAL');
    expect(message).toContain(traceId.slice(0, 8));
    expect(library.logged.join('')).toContain(traceId);
  });
});

describe('R45: reads leave a fact, and only when they were answered', () => {
  test('R45: the fact names who read what, in the chain of the reader', async () => {
    const before = library.facts.length;
    await ask('GET', '/library/books/b7', 'reader');
    await ask('GET', '/library/books/lent', 'reader');
    await ask('GET', '/library/hours', 'reader');
    expect(library.facts.slice(before)).toMatchObject([
      { action: 'library.book.find', actor: { id: 'reader' }, object: null, outcome: 'done', detail: { id: 'b7' } },
    ]);
  });
});

describe('R01: files stream up and down', () => {
  const form = (): FormData => {
    const data = new FormData();
    data.append('file', new Blob([Buffer.alloc(50_000, 1)], { type: 'image/png' }), '封面.png');
    return data;
  };

  test('R01: an uploaded file reaches the handler with its name; the rest of the input comes by the query', async () => {
    const reply = await ask('POST', '/library/books/b1/cover?side=front', 'keeper', { body: form() });
    expect([reply.status, await reply.json()]).toEqual([200, { name: '封面.png', bytes: 50_000, side: 'front' }]);
  });

  test('R01: a wrong query, JSON instead of a file, and a form without a file are refused', async () => {
    const wrong = await ask('POST', '/library/books/b1/cover?side=left', 'keeper', { body: form() });
    expect(await failureOf(wrong)).toMatchObject({
      status: 400,
      problems: [{ path: 'side', message: '应为 front 或 back' }],
    });
    const noFile = await ask('POST', '/library/books/b1/cover?side=back', 'keeper', json({}));
    expect(await failureOf(noFile)).toMatchObject({ status: 415, code: 'NOT_A_FILE' });
    const empty = new FormData();
    empty.append('note', 'nothing attached');
    const without = await ask('POST', '/library/books/b1/cover?side=back', 'keeper', { body: empty });
    expect(await failureOf(without)).toMatchObject({ status: 400, code: 'NO_FILE' });
  });

  test.each([
    ['name="file"', /没有文件名/],
    ['name="file"; filename=""', /没有文件名/],
    ['name="file"; filename=" "', /没有文件名/],
    ['name="file"; filename="a/"', /没有文件名/],
    ['name="file"; filename="a\0.jpg"', /不能使用的字符/],
    ['name="file"; filename*=UTF-8\'\'a%00.jpg', /不能使用的字符/],
  ])('R01: a file without a name that can be kept (%j) is refused in words', async (disposition, words) => {
    const body = `--x\r\ncontent-disposition: form-data; ${disposition}\r\ncontent-type: application/octet-stream\r\n\r\nhello\r\n--x--\r\n`;
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const reply = await ask('POST', '/library/books/b1/cover?side=front', 'keeper', { body, headers });
    const message = expect.stringMatching(words);
    expect(await failureOf(reply)).toMatchObject({ status: 400, code: 'FILE_NAME', message });
  });

  test('R06: a file comes down with its type and its Chinese name', async () => {
    const reply = await ask('GET', '/library/books/b1/cover', 'reader');
    expect(await reply.text()).toBe('cover of b1');
    expect(reply.headers.get('content-type')).toBe('image/png');
    expect(reply.headers.get('content-disposition')).toBe(
      `inline; filename*=UTF-8''${encodeURIComponent('封面 b1.png')}`,
    );
    expect(reply.headers.get('etag')).toBe('"abc"');
  });
});

test.each([
  ['in a body', () => ask('POST', '/library/books', 'keeper', json({ title: 'a\u0000', pages: 1 }))],
  ['in a query or path', () => ask('GET', '/library/books/%00', 'keeper')],
])('T4.1: the character 0 is refused %s', async (_where, send) => {
  expect(await failureOf(await send())).toMatchObject({ status: 400, code: 'MALFORMED' });
});

test('T5.4: signing out clears a cookie that scripts and foreign pages never saw', async () => {
  const reply = await ask('DELETE', '/library/session', 'reader');
  const cookie = reply.headers.get('set-cookie') ?? '';
  for (const part of [`${sessionCookie}=;`, 'HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/'])
    expect(cookie).toContain(part);
  expect(reply.headers.get('clear-site-data')).toBe('"cache"');
});

describe('R45: refusals that matter are told to the log', () => {
  const told = async (act: () => Promise<Response>) => {
    const before = library.facts.length;
    await act();
    return library.facts
      .slice(before)
      .map(({ kind, outcome, action, actor, detail }) => ({ kind, outcome, action, by: actor.id, detail }));
  };

  test('R45: a known person without the permission', async () => {
    expect(await told(() => ask('POST', '/library/books', 'reader', json({ title: '甲' })))).toMatchObject([
      { kind: 'security', outcome: 'refused', detail: { code: 'NOT_PERMITTED', status: 403 } },
    ]);
  });

  test('R45: a known person who asks for what is not there or not theirs, with its id', async () => {
    expect(await told(() => ask('GET', '/library/books/elsewhere', 'reader'))).toMatchObject([
      { kind: 'security', outcome: 'refused', detail: { code: 'NOT_FOUND', status: 404, id: 'elsewhere' } },
    ]);
  });

  test('R45: nobody, and what is only malformed, leave nothing', async () => {
    expect(await told(() => ask('GET', '/library/books/b1', null))).toEqual([]);
    expect(await told(() => ask('POST', '/library/books', 'keeper', json({ title: '' })))).toEqual([]);
  });
});

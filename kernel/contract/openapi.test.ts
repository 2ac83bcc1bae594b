import { expect, test } from 'vitest';
import { z } from 'zod';
import { libraryContract } from '#testkit/library.contract.ts';
import { openApiOf } from './openapi.ts';

const Document = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))),
  components: z.object({
    schemas: z.record(z.string(), z.unknown()),
    securitySchemes: z.record(z.string(), z.unknown()),
  }),
});

const document = openApiOf(Object.values(libraryContract), { title: '图书馆', version: '1' });
const { openapi, paths, components } = Document.parse(document);
const find = paths['/api/library/books/{id}']?.get ?? {};
const add = paths['/api/library/books']?.post ?? {};
const put = paths['/api/library/books/{id}/cover']?.post ?? {};

test('T3.1: the document is OpenAPI 3.1 and holds every operation once', () => {
  expect(openapi).toBe('3.1.0');
  const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
  expect(ids.sort()).toEqual(
    Object.values(libraryContract)
      .map(({ id }) => id)
      .sort(),
  );
});

test('T3.1: parameters of path and query are told apart, needed ones marked', () => {
  const places = z.array(z.object({ name: z.string(), in: z.string(), required: z.boolean() })).parse(find.parameters);
  expect(places).toMatchObject([
    { name: 'id', in: 'path', required: true },
    { name: 'marks', in: 'query', required: false },
  ]);
  expect(add.parameters).toEqual([]);
});

test('T3.1: a body names its fields and which are needed', () => {
  expect(add.requestBody).toMatchObject({
    content: { 'application/json': { schema: { properties: { title: {}, pages: {} }, required: ['title', 'pages'] } } },
  });
});

test('R01: a file goes up as a form with its other input in the query', () => {
  expect(put.requestBody).toMatchObject({ content: { 'multipart/form-data': { schema: { required: ['file'] } } } });
  expect(put.parameters).toMatchObject([
    { name: 'id', in: 'path' },
    { name: 'side', in: 'query' },
  ]);
});

test('T3.1: every declared error stands under its status in Chinese, and refers to one named schema', () => {
  expect(find.responses).toMatchObject({
    200: { content: { 'application/json': {} } },
    400: { description: 'MALFORMED' },
    401: { description: 'NOT_SIGNED_IN' },
    403: { description: 'NOT_PERMITTED' },
    409: { description: 'LENT_OUT：该书已借出' },
  });
  expect(components.schemas).toHaveProperty('Failure');
  expect(JSON.stringify(find.responses)).toContain('#/components/schemas/Failure');
});

test('R44: the permission is told, and what is public needs no session', () => {
  expect(find).toMatchObject({
    security: [{ session: [] }],
    description: expect.stringContaining('library.book:read'),
  });
  expect(paths['/api/library/hours']?.get).toMatchObject({ security: [] });
  expect(paths['/api/library/hours']?.get?.responses).not.toHaveProperty('401');
});

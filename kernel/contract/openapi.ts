import { z } from 'zod';
import { describeSource } from '#kernel/source/source.ts';
import type { Operation } from './operation.ts';
import { signatureHeaders, signatureRefusals, signedDoor } from './signature.ts';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json;

const parametersOf = (operation: Operation, input: Json): Json[] => {
  const properties = (input.properties ?? {}) as Record<string, Json>;
  const required = (input.required ?? []) as string[];
  const inPath = new Set([...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
  const queries = operation.method === 'GET' || operation.method === 'DELETE' || operation.body === 'file';
  return Object.entries(properties)
    .filter(([name]) => inPath.has(name) || queries)
    .map(([name, schema]) => ({
      name,
      in: inPath.has(name) ? 'path' : 'query',
      required: inPath.has(name) || required.includes(name),
      schema,
    }));
};

const bodyOf = (operation: Operation, input: Json): Json => {
  if (operation.body === 'file' && operation.door === signedDoor) {
    return { requestBody: { required: true, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } } };
  }
  if (operation.body === 'file') {
    const file = { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] };
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema: file } } } };
  }
  if (operation.method === 'GET' || operation.method === 'DELETE') return {};
  const inPath = new Set([...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
  const properties = Object.fromEntries(
    Object.entries((input.properties ?? {}) as Json).filter(([name]) => !inPath.has(name)),
  );
  const required = ((input.required ?? []) as string[]).filter((name) => !inPath.has(name));
  return {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { type: 'object', properties, required } } },
    },
  };
};

const failure = {
  type: 'object',
  properties: {
    code: { type: 'string' },
    message: { type: 'string', description: '中文，说明发生了什么、该怎么办' },
    problems: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
    detail: { type: 'object' },
    traceId: { type: 'string' },
  },
};

const responsesOf = (operation: Operation): Json => {
  const ok =
    operation.reply === 'file'
      ? { '*/*': { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: schemaOf(operation.output, 'output') } };
  const byStatus = new Map<number, readonly string[]>([[400, ['MALFORMED']]]);
  if (operation.permission !== 'public')
    byStatus
      .set(401, operation.door === signedDoor ? signatureRefusals : ['NOT_SIGNED_IN'])
      .set(403, ['NOT_PERMITTED']);
  for (const [code, { status, message }] of Object.entries(operation.errors))
    byStatus.set(status, [...(byStatus.get(status) ?? []), `${code}：${message}`]);
  const failures = [...byStatus].map(([status, codes]) => [
    String(status),
    {
      description: codes.join('；'),
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
    },
  ]);
  return { '200': { description: '成功', content: ok }, ...Object.fromEntries(failures) };
};

const headersOf = ({ door }: Operation): Json[] =>
  door === signedDoor
    ? Object.entries(signatureHeaders).map(([name, description]) => ({
        name,
        in: 'header',
        required: true,
        description,
        schema: { type: 'string' },
      }))
    : [];

const securityOf = ({ permission, door }: Operation): Json[] => {
  if (permission === 'public') return [];
  return [door === signedDoor ? { signature: [] } : { [door ?? 'session']: [] }];
};

/** The OpenAPI 3.1 document of a set of operations. */
export const openApiOf = (operations: readonly Operation[], info: { title: string; version: string }): Json => {
  const paths: Record<string, Json> = {};
  const doors = new Set(operations.map(({ door }) => door ?? 'session'));
  for (const operation of operations) {
    const input = schemaOf(operation.input, 'input');
    const path = `/api${operation.path}`;
    const [area, resource] = operation.id.split('.');
    paths[path] = {
      ...paths[path],
      [operation.method.toLowerCase()]: {
        operationId: operation.id,
        summary: operation.title,
        description: `${describeSource(operation.source)}。权限：${operation.permission}`,
        tags: [`${area}.${resource}`],
        parameters: [...parametersOf(operation, input), ...headersOf(operation)],
        ...bodyOf(operation, input),
        responses: responsesOf(operation),
        security: securityOf(operation),
      },
    };
  }
  return {
    openapi: '3.1.0',
    info,
    paths,
    components: {
      schemas: { Failure: failure },
      securitySchemes: {
        ...Object.fromEntries(
          [...doors]
            .filter((door) => door !== signedDoor)
            .map((door) => [door, { type: 'apiKey', in: 'cookie', name: `hs_${door}` }]),
        ),
        signature: { type: 'apiKey', in: 'header', name: 'x-signature', description: '企业系统以自己的 SM2 密钥签名' },
      },
    },
  };
};

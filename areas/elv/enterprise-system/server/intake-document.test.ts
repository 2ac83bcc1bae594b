import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { textToSign } from '#apps/simulators/link/guard.ts';
import { sm3Hex, verifierOf } from '#apps/simulators/link/sm2.ts';
import { intakeContract } from '#areas/elv/vehicle-case/model/intake.contract.ts';
import { assemblyKinds, dispositions } from '#areas/elv/vehicle-case/model/major-assembly.ts';
import { sections } from '#areas/elv/vehicle-case/model/vehicle-case.fields.ts';
import { sectionIds } from '#areas/elv/vehicle-case/model/vehicle-case.views.ts';
import { signedText } from '#kernel/connector/signed-text.ts';
import { signatureHeaders } from '#kernel/contract/signature.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import type { Field } from '#kernel/fields/field.ts';
import { aSystem } from '#testkit/intake-hands.ts';
import { opensslAccepts } from '#testkit/openssl.ts';
import { aServedProduct } from '#testkit/served-product.ts';
import { caseEvents } from '../model/case-event.ts';
import { examplePublicKey, publicKey } from '../model/public-key.ts';
import { refusedCallTitles } from '../model/refused-calls.ts';
import { appIdOf } from './flow.ts';

// What integrators are given is held to what the program does.
const home = join(import.meta.dirname, '../../../..');
const text = readFileSync(join(home, 'docs/intake-api.md'), 'utf8');
const cell = (title: string): string =>
  new RegExp(`^\\| ${title} \\| \`(.*)\` \\|$`, 'm').exec(text)?.[1] ?? `no row ${title}`;

test('R01: the worked example of the document is what the program computes, to each letter', async () => {
  const body = Buffer.from(cell('请求体'));
  const [method = '', url = ''] = cell('请求').split(' ');
  const parts = { method, url, timestamp: cell('X-Timestamp'), nonce: cell('X-Nonce'), body };
  const signed = signedText(parts);
  expect(text).toContain(`\`\`\`text\n${signed}\n\`\`\``);
  expect(textToSign(method, url, parts.timestamp, parts.nonce, body)).toBe(signed);
  expect([cell('X-Content-SM3'), cell('X-App-Id')]).toEqual([sm3Hex(body), appIdOf(cell('公钥'))]);
  const crypto = softwareCrypto(Buffer.alloc(32, 7));
  const bytes = Buffer.from(signed);
  expect(await crypto.verify(cell('公钥'), bytes, cell('X-Signature'))).toBe(true);
  expect(verifierOf(cell('公钥'))(signed, cell('X-Signature'))).toBe(true);
  expect(opensslAccepts(cell('公钥'), bytes, cell('X-Signature'))).toBe(true);
  const own = await crypto.signWith(cell('私钥'), bytes);
  expect(await crypto.verify(cell('公钥'), bytes, own)).toBe(true);
});

test('T5.4: the example’s key, which everybody knows, cannot be registered', () => {
  expect(cell('公钥')).toBe(examplePublicKey);
  expect(publicKey.safeParse(examplePublicKey).error?.issues[0]?.message).toContain('示例');
});

test('R01: the document names every header, operation, refusal, event and code of a list', () => {
  for (const [code, title] of Object.entries({ ...assemblyKinds, ...dispositions }))
    expect(text).toContain(`\`${code}\` ${title}`);
  for (const header of Object.keys(signatureHeaders)) expect(text.toLowerCase()).toContain(`\`${header}\``);
  for (const { method, path } of Object.values(intakeContract)) expect(text).toContain(`${method} /api${path}`);
  for (const code of [...Object.keys(refusedCallTitles), ...Object.keys(intakeContract.open.errors)])
    expect(text).toContain(`\`${code}\``);
  for (const event of Object.keys(caseEvents)) expect(text).toContain(`\`${event}\``);
});

test('R01: the sample client of the document drafts a case as it stands', async () => {
  const served = await aServedProduct(new Date().toISOString());
  try {
    const crypto = softwareCrypto(Buffer.alloc(32, 7));
    const keys = await crypto.newKeyPair();
    await aSystem(served, { keys });
    await served.server.listen({ port: 0, host: '127.0.0.1' });
    const { port } = served.server.server.address() as AddressInfo;
    const code = /```js\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
    const env = { ...process.env, PLATFORM: `http://127.0.0.1:${port}`, PRIVATE_KEY: keys.privateKey };
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code], { cwd: home, env });
    expect(JSON.parse(stdout)).toMatchObject({
      reference: 'DD-2026-0001',
      state: 'intake',
      missing: expect.any(Number),
    });
  } finally {
    await served.close();
  }
}, 60_000);

interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

/** What one line of a list holds; a text where it is one. */
const itemOf = ({ schema }: Field): string => {
  const { items } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const parts = Object.entries(items?.properties ?? {});
  if (parts.length === 0) return '每行一个文本';
  return `每行一个对象：${parts.map(([name, { type, enum: codes }]) => `\`${name}\` ${codes?.join('、') ?? type ?? ''}`).join('；')}`;
};

const lineOf = ([name, field]: readonly [string, Field]): string => {
  const choices = Object.entries(field.choices ?? {}).map(([code, title]) => `${code} ${title}`);
  const values = field.kind === 'list' ? itemOf(field) : choices.join('；');
  return `| \`${name}\` | ${field.title} | ${field.kind} | ${values} |`;
};

test('R01: the fields that may be filled are listed as they are declared', async () => {
  const parts = sectionIds.flatMap((id) => [
    `## ${sections[id].title}（\`${id}\`）`,
    '',
    '| 字段 | 名称 | 类型 | 可选的值 |',
    '|---|---|---|---|',
    ...Object.entries(sections[id].fields as Readonly<Record<string, Field>>).map(lineOf),
    '',
  ]);
  const head = [
    '# 企业系统可填的内容',
    '',
    '由程序的字段定义生成。日期为 `yyyy-MM-dd`，时间为 ISO 8601，`switch` 为 true 或 false，`choice` 填代码。用法见 [intake-api.md](intake-api.md)。',
    '',
  ];
  await expect([...head, ...parts].join('\n')).toMatchFileSnapshot(join(home, 'docs/intake-fields.md'));
});

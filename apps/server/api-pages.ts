import type { FastifyInstance } from 'fastify';
import { openApiOf } from '#kernel/contract/openapi.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { describeSource } from '#kernel/source/source.ts';

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

const style = `
body{margin:0;background:#f5f7fa;color:#1f2733;font:14px/22px "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:1040px;margin:0 auto;padding:24px}
h1{font-size:22px}h2{font-size:16px;margin:32px 0 8px}
details{background:#fff;border:1px solid #dfe5ec;border-radius:4px;margin:6px 0}
summary{display:flex;gap:12px;align-items:baseline;padding:8px 12px;cursor:pointer}
summary code{flex:1}summary b{width:56px;color:#1d4f91}
dl{display:grid;grid-template-columns:88px 1fr;gap:4px 12px;margin:0;padding:4px 12px 12px}
dt{color:#4d5866}dd{margin:0}pre{margin:0;padding:8px;background:#f5f7fa;overflow:auto;font-size:12px;line-height:18px}
a{color:#1d4f91}`;

type Json = Readonly<Record<string, unknown>>;

const errorsOf = (operation: Operation): string =>
  Object.entries(operation.errors)
    .map(([code, { status, message }]) => `<div>${status} <code>${escaped(code)}</code> ${escaped(message)}</div>`)
    .join('') || '无自有错误';

const operationHtml = (operation: Operation, description: Json | undefined): string => `
<details id="${escaped(operation.id)}">
<summary><b>${operation.method}</b><code>/api${escaped(operation.path)}</code><span>${escaped(operation.title)}</span></summary>
<dl>
<dt>名称</dt><dd><code>${escaped(operation.id)}</code></dd>
<dt>权限</dt><dd><code>${escaped(operation.permission)}</code></dd>
<dt>依据</dt><dd>${escaped(describeSource(operation.source))}</dd>
<dt>参数</dt><dd><pre>${escaped(JSON.stringify(description?.parameters ?? [], null, 2))}</pre></dd>
<dt>请求体</dt><dd><pre>${escaped(JSON.stringify(description?.requestBody ?? null, null, 2))}</pre></dd>
<dt>应答</dt><dd><pre>${escaped(JSON.stringify((description?.responses as Json | undefined)?.['200'] ?? null, null, 2))}</pre></dd>
<dt>错误</dt><dd>${errorsOf(operation)}</dd>
</dl>
</details>`;

const pageOf = (operations: readonly Operation[], document: Json, nonce: string): string => {
  const paths = document.paths as Readonly<Record<string, Readonly<Record<string, Json>>>>;
  const tags = [...new Set(operations.map(({ id }) => id.split('.').slice(0, 2).join('.')))];
  const groups = tags.map((tag) => {
    const own = operations.filter(({ id }) => id.startsWith(`${tag}.`));
    const items = own.map((one) => operationHtml(one, paths[`/api${one.path}`]?.[one.method.toLowerCase()]));
    return `<h2>${escaped(tag)}（${own.length}）</h2>${items.join('')}`;
  });
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>接口说明 · 沪商监管</title>
<style nonce="${escaped(nonce)}">${style}</style></head><body><main><h1>接口说明</h1>
<p>共 ${operations.length} 个接口，由契约生成；机器可读的 OpenAPI 3.1 文档见 <a href="/openapi.json">/openapi.json</a>。</p>
${groups.join('')}</main></body></html>`;
};

/** Serves the OpenAPI 3.1 document at `/openapi.json` and a page to read it at `/api-docs`. */
export const serveApiPages = (server: FastifyInstance, operations: readonly Operation[]): void => {
  const document = openApiOf(operations, { title: '沪商监管', version: '1' });
  server.get('/openapi.json', () => document);
  server.get('/api-docs', (_, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(pageOf(operations, document, reply.cspNonce.style)),
  );
};

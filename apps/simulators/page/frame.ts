const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);

/** A choice list. `options` are value and title. */
export const select = (name: string, options: readonly (readonly [string, string])[]): string =>
  `<select name="${name}">${options
    .map(([value, title]) => `<option value="${escaped(value)}">${escaped(title)}</option>`)
    .join('')}</select>`;

const links = [
  ['/', '往来与故障'],
  ['/vehicles', '模拟车辆'],
  ['/enterprise', '企业自有系统'],
] as const;

/** A whole page. `body` is trusted: everything in it was escaped by the caller. */
export const frame = (title: string, path: '/' | '/vehicles' | '/enterprise', body: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · 外部系统仿真器</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/base.css"><link rel="stylesheet" href="/page.css">
<script src="/page.js" defer></script></head>
<body><header><b>外部系统仿真器</b><nav>${links
  .map(([to, name]) => `<a href="${to}"${to === path ? ' aria-current="page"' : ''}>${name}</a>`)
  .join('')}</nav><span class="notice">全部为虚构数据，供演示与测试</span></header>
<main class="${path === '/vehicles' ? 'list' : 'desk'}">${body}</main><div id="said" role="status" hidden></div></body></html>`;

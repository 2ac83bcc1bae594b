import { escaped } from '../page/frame.ts';
import type { Citizen } from './people.ts';

const page = (body: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>统一身份认证 · 仿真</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/base.css"><link rel="stylesheet" href="/sign-on/page.css"></head>
<body><main><h1>政务统一身份认证</h1><p class="notice">仿真系统，人员均为虚构。</p>${body}</main></body></html>`;

/** Who one may be; choosing sends the browser back. `question` is carried along unchanged. */
export const signOnPage = (citizens: readonly Citizen[], question: URLSearchParams): string => {
  const lines = citizens.map(({ subject, name, about }) => {
    const to = new URLSearchParams(question);
    to.set('subject', subject);
    return `<li><a href="/sign-on/choose?${escaped(to.toString())}"><b>${escaped(name)}</b><span>${escaped(about)}</span></a></li>`;
  });
  return page(
    `<p>请选择以谁的身份登录</p><ul>${lines.join('')}</ul><p><a class="no" href="/sign-on/choose?${escaped(question.toString())}">不登录，返回</a></p>`,
  );
};

/** The request came from nobody registered. */
export const wrongRequestPage = (): string => page('<p>请求不符合登记的内容，没有返回地址可用。请关闭本页。</p>');

/** The looks of both pages. */
export const signOnCss = `main{max-width:420px;margin:10vh auto;padding:28px 32px;background:#fff;border:1px solid var(--line);border-radius:4px}
.notice{margin:4px 0 20px;color:var(--quiet)}
ul{list-style:none;margin:12px 0 20px;padding:0;display:grid;gap:8px}
li{padding:0}
li a{flex:1;display:flex;gap:12px;gap:12px;justify-content:space-between;align-items:center;min-height:48px;padding:8px 14px;border:1px solid var(--line);border-radius:4px;color:var(--text);text-decoration:none}
li a:hover{border-color:var(--blue)}
li span{color:var(--quiet)}
.no{color:var(--blue)}
@media(max-width:480px){main{margin:16px;padding:20px}}`;

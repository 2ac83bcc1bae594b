const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in HTML. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);

const style = `
*{box-sizing:border-box}body{margin:0;background:#f5f7fa;color:#1f2733;font:14px/22px "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
header{height:48px;background:#1d4f91;color:#fff;display:flex;align-items:center;gap:24px;padding:0 24px}
header b{font-size:16px}header a{color:#fff}main{padding:16px 24px;max-width:1680px;margin:auto}
h2{font-size:16px;margin:24px 0 8px}h2:first-child{margin-top:0}p{margin:0 0 8px;color:#4a5565}
table{width:100%;border-collapse:collapse;background:#fff;font-size:13px;font-variant-numeric:tabular-nums}
th,td{padding:7px 12px;border-bottom:1px solid #e4e8ee;text-align:left;vertical-align:top}th{background:#eef2f7;font-weight:600;position:sticky;top:0}
form{display:flex;flex-wrap:wrap;gap:12px;align-items:flex-end;background:#fff;padding:12px;border:1px solid #e4e8ee;border-radius:4px}
label{display:flex;flex-direction:column;font-size:13px;color:#4a5565}select,input{height:32px;border:1px solid #b8c2cf;border-radius:4px;padding:0 8px;font:inherit;background:#fff;color:#1f2733}
button{height:32px;padding:0 14px;border:1px solid #1d4f91;border-radius:4px;background:#1d4f91;color:#fff;font:inherit;cursor:pointer}
button.plain{background:#fff;color:#1d4f91}.bad{color:#b42318}.good{color:#1b7f4b}.mono{font-family:ui-monospace,Consolas,monospace}
[hidden]{display:none!important}#said{min-height:22px;color:#b42318}`;

/** A whole page. `body` and `script` are trusted; everything in them was escaped by the caller. */
export const frame = (title: string, body: string, script: string, nonce: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>
<style nonce="${nonce}">${style}</style></head>
<body><header><b>外部系统仿真器</b><a href="/">往来与故障</a><a href="/vehicles">模拟车辆</a></header>
<main>${body}</main><script nonce="${nonce}">${script}</script></body></html>`;

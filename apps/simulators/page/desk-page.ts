import { simulatedExchanges } from '../exchanges.ts';
import type { ActiveScript, Fault } from '../faults.ts';
import type { JournalEntry } from '../journal.ts';
import type { Office } from '../office.ts';
import { escaped, frame } from './frame.ts';

const systemTitles: Readonly<Record<string, string>> = {
  police: '大数据中心-公安专网',
  'national-circulation': '全国汽车流通信息管理系统',
  identity: '实名核验服务',
};

const faultTitles: Readonly<Record<Fault['kind'], string>> = {
  late: '迟到：按毫秒数延后答复',
  'timed-out-but-done': '已办理但不答复（超时）',
  twice: '重复：按重复提交答复，回调发两次',
  'out-of-order': '乱序：被后来的答复超过，回调先于受理到达',
  refuse: '业务拒绝：HTTP 200 加业务码',
  garbled: '答非所问：不合约定的报文',
  never: '不办理也不答复，回调丢失',
  throttled: '限流 429',
  down: '断线',
  night: '夜间停机',
};

const exchangeTitle = (system: string, name: string): string =>
  name === '*'
    ? '全部接口'
    : name === 'supervised-decision'
      ? '监销审核结果（回调）'
      : (simulatedExchanges.find((exchange) => exchange.system === system && exchange.name === name)?.title ?? name);

const detailOf = (fault: Fault): string => {
  const { kind, ...rest } = fault;
  const parts = Object.entries(rest).map(([name, value]) => `${name}=${value}`);
  return [faultTitles[kind].split('：')[0], ...parts].join(' ');
};

const scriptRow = (script: ActiveScript): string => `<tr>
<td>${escaped(systemTitles[script.system] ?? script.system)}</td><td>${escaped(exchangeTitle(script.system, script.exchange))}</td>
<td>${escaped(detailOf(script.fault))}</td><td>${escaped(script.key ?? '不限')}</td>
<td>${script.times === undefined ? '直到取消' : `${script.times} 次`}，已发生 ${script.struck} 次</td>
<td><button class="plain" data-remove="${script.id}">取消</button></td></tr>`;

const timeOf = (iso: string): string => new Date(iso).toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });

const outcomeTitles: Readonly<Record<string, string>> = { hang: '未答复', cut: '断线', taken: '已送达', again: '未送达，将重发', refused: '对方拒收', lost: '未发出' };

const entryRow = (entry: JournalEntry): string => `<tr>
<td>${timeOf(entry.at)}</td><td>${entry.direction === 'in' ? '收到' : '回调'}</td>
<td>${escaped(systemTitles[entry.system] ?? entry.system)}</td><td>${escaped(exchangeTitle(entry.system, entry.exchange))}</td>
<td class="mono">${escaped(entry.key)}</td>
<td class="${entry.outcome === '0' || entry.outcome === 'taken' ? 'good' : 'bad'}">${escaped(outcomeTitles[entry.outcome] ?? entry.outcome)}${entry.repeat ? '（重复，未再办理）' : ''}</td>
<td>${entry.fault === null ? '' : escaped(faultTitles[entry.fault as Fault['kind']].split('：')[0] ?? '')}</td><td>${entry.ms} ms</td></tr>`;

const exchangeOptions = (): string => {
  const listed = simulatedExchanges.map(({ system, name }) => ({ system, name }));
  const all = Object.keys(systemTitles).map((system) => ({ system, name: '*' }));
  return [...all, ...listed, { system: 'police', name: 'supervised-decision' }]
    .map(({ system, name }) => `<option value="${system} ${name}">${escaped(systemTitles[system] ?? system)} · ${escaped(exchangeTitle(system, name))}</option>`)
    .join('');
};

const faultForm = (): string => `<form id="fault">
<label>接口<select name="at">${exchangeOptions()}</select></label>
<label>故障<select name="kind">${Object.entries(faultTitles)
  .map(([kind, title]) => `<option value="${kind}">${escaped(title)}</option>`)
  .join('')}</select></label>
<label data-for="late">毫秒<input name="ms" type="number" value="5000" min="1"></label>
<label data-for="refuse">业务码<input name="code" value="4220" size="8"></label>
<label data-for="refuse">说明<input name="message" value="校验不符"></label>
<label data-for="garbled">方式<select name="how"><option value="schema">字段类型不符</option><option value="json">半截报文</option><option value="signature">签名不符</option><option value="blanks">全部为空</option></select></label>
<label data-for="throttled">几秒后再试<input name="retryAfterSeconds" type="number" value="1" min="0"></label>
<label data-for="night">自<input name="from" type="time" value="22:00"></label><label data-for="night">至<input name="to" type="time" value="06:00"></label>
<label>次数（空为直到取消）<input name="times" type="number" min="1"></label>
<label>只对幂等键含<input name="key"></label>
<button>设置故障</button></form><div id="said"></div>`;

const script = `
const said=document.getElementById('said');const form=document.getElementById('fault');
const show=()=>{for(const el of form.querySelectorAll('[data-for]'))el.hidden=el.dataset.for!==form.kind.value};show();form.kind.onchange=show;
const call=async(method,path,body)=>{const r=await fetch(path,{method,...(body?{headers:{'content-type':'application/json'},body:JSON.stringify(body)}:{})});
if(r.ok)location.reload();else said.textContent=(await r.json()).message};
form.onsubmit=e=>{e.preventDefault();const [system,exchange]=form.at.value.split(' ');const fault={kind:form.kind.value};
for(const el of form.querySelectorAll('[data-for]'))if(!el.hidden){const i=el.querySelector('input,select');fault[i.name]=i.type==='number'?Number(i.value):i.value}
call('POST','/admin/faults',{system,exchange,fault,...(form.times.value?{times:Number(form.times.value)}:{}),...(form.key.value?{key:form.key.value}:{})})};
for(const b of document.querySelectorAll('[data-remove]'))b.onclick=()=>call('DELETE','/admin/faults/'+b.dataset.remove);
document.getElementById('reset').onclick=()=>{if(confirm('清空往来、故障与全部已办事项'))call('POST','/admin/reset')};
document.getElementById('reload').onclick=()=>location.reload();`;

/** The desk: scripted faults and the last crossings. */
export const deskPage = (office: Office, nonce: string): string => {
  const scripts = office.faults.list();
  const entries = [...office.journal.list()].reverse().slice(0, 200);
  const { settings } = office.world;
  const body = `<h2>故障</h2>${faultForm()}
${scripts.length === 0 ? '<p>没有设置故障，各系统正常应答。</p>' : `<table><thead><tr><th>系统</th><th>接口</th><th>故障</th><th>幂等键含</th><th>次数</th><th></th></tr></thead><tbody>${scripts.map(scriptRow).join('')}</tbody></table>`}
<h2>往来（最近 200 条）</h2>
<p>监销审核 ${settings.decisionDelayMs} ms 后回调，回收证明 ${settings.certificateDelayMs} ms 后出具，注销证明 ${settings.deregistrationDelayMs} ms 后出具；回调发往 ${escaped(settings.callbackUrl)}。
<button class="plain" id="reload">刷新</button> <button class="plain" id="reset">全部清空</button></p>
<table><thead><tr><th>时间</th><th>方向</th><th>系统</th><th>接口</th><th>幂等键</th><th>结果</th><th>故障</th><th>用时</th></tr></thead><tbody>${
    entries.length === 0 ? '<tr><td colspan="8">还没有往来。监管系统发来的查询、上报与本系统的回调会出现在这里。</td></tr>' : entries.map(entryRow).join('')
  }</tbody></table>`;
  return frame('外部系统仿真器', body, script, nonce);
};

import { callbackExchanges } from '../callback-kinds.ts';
import type { SimulatedExchange } from '../exchange.ts';
import { simulatedExchanges } from '../exchanges.ts';
import { type ActiveScript, type SystemId, systemIds } from '../faults.ts';
import type { JournalEntry } from '../journal.ts';
import type { Office } from '../office.ts';
import { escaped } from './frame.ts';
import { decisionTitles, exchangeTitle, faultTitles, outcomeTitle, particularsOf, systemTitles } from './words.ts';

const shownEntries = 100;

type Row = Pick<SimulatedExchange, 'system' | 'name' | 'path'>;

const callbacks: readonly Row[] = callbackExchanges.map(({ system, name }) => ({
  system,
  name,
  path: `/ext/${system}/${name}`,
}));

/** The exchanges of a system, callbacks included. */
export const exchangesOf = (system: SystemId): readonly Row[] =>
  [...simulatedExchanges, ...callbacks].filter((exchange) => exchange.system === system);

const count = (entries: readonly JournalEntry[], { system, name }: Row): string => {
  const here = entries.filter((entry) => entry.system === system && entry.exchange === name);
  return here.length === 0 ? '' : `${here.length} 次`;
};

const exchangeRow = (row: Row, entries: readonly JournalEntry[], scripts: readonly ActiveScript[]): string => {
  const faults = scripts.filter(({ exchange }) => exchange === row.name).length;
  const place = callbacks.includes(row) ? `发往监管系统 ${row.path}` : row.path;
  return `<li><span class="what"><b>${escaped(exchangeTitle(row.system, row.name))}</b> <small>${count(entries, row)}</small>
${faults > 0 ? `<span class="tag bad">${faults} 项故障</span>` : ''}<small class="path" title="${place}">${place}</small></span>
<button class="quiet" type="button" data-at="${row.system} ${row.name}">设故障</button></li>`;
};

const systemCard = (system: SystemId, { faults, journal }: Office): string => {
  const scripts = faults.list().filter((script) => script.system === system);
  const all = scripts.filter(({ exchange }) => exchange === '*').length;
  const state =
    scripts.length === 0
      ? '<span class="tag good">正常应答</span>'
      : `<span class="tag bad">${all > 0 ? '全部接口有故障' : '部分接口有故障'}</span>`;
  const rows = exchangesOf(system).map((row) => exchangeRow(row, journal.list(), scripts));
  return `<section class="card"><h2>${systemTitles[system]} ${state}
<button class="quiet" type="button" data-at="${system} *">全部接口设故障</button></h2><ul class="exchanges">${rows.join('')}</ul></section>`;
};

const cell = (title: string, content: string, kind = ''): string =>
  `<td data-title="${title}"${kind && ` class="${kind}"`}>${content}</td>`;

const scriptRow = ({ id, system, exchange, fault, key, times, struck }: ActiveScript): string => {
  const [name, effect] = faultTitles[fault.kind];
  const particulars = particularsOf(fault);
  return `<tr>${cell('系统', systemTitles[system])}${cell('接口', escaped(exchangeTitle(system, exchange)))}
${cell('故障', `<b>${name}</b>${particulars && ` ${escaped(particulars)}`}<small>${effect}</small>`)}
${cell('幂等键含', key === undefined ? '不限' : `<code>${escaped(key)}</code>`)}
${cell('已发生', `${struck} 次${times === undefined ? '，直到取消' : `，共 ${times} 次`}`)}
${cell('', `<button class="plain" type="button" data-call="DELETE /admin/faults/${id}">取消</button>`, 'act')}</tr>`;
};

const table = (kind: string, titles: readonly string[], rows: readonly string[]): string =>
  `<table class="${kind}"><thead><tr>${titles.map((title) => `<th>${title}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;

const faultsSection = (scripts: readonly ActiveScript[]): string => {
  const clear = '<button class="plain" type="button" data-call="DELETE /admin/faults">取消全部故障</button>';
  const body =
    scripts.length === 0
      ? '<p>没有设置故障，各系统都正常应答。在接口旁点“设故障”，即可让它出错。</p>'
      : table('faults', ['系统', '接口', '故障', '幂等键含', '已发生', ''], scripts.map(scriptRow));
  return `<section class="card"><h2>生效中的故障 ${scripts.length > 0 ? clear : ''}</h2>${body}</section>`;
};

const decisionsSection = (decisions: readonly (readonly [string, keyof typeof decisionTitles])[]): string => {
  if (decisions.length === 0) return '';
  const rows = decisions.map(
    ([caseNo, decision]) =>
      `<li><span class="what">${caseNo === '*' ? '下一次报送' : `案卷 <code>${escaped(caseNo)}</code> 下一次报送`}：<b>${decisionTitles[decision]}</b></span>
<button class="plain" type="button" data-call="DELETE /admin/decisions/${encodeURIComponent(caseNo)}">取消</button></li>`,
  );
  return `<section class="card"><h2>已指定的监销审核结果</h2><ul>${rows.join('')}</ul></section>`;
};

/** What stands now: the systems with their exchanges, the faults in force, the decisions told beforehand. */
export const standingPart = (office: Office): string =>
  `${systemIds.map((system) => systemCard(system, office)).join('')}
${faultsSection(office.faults.list())}${decisionsSection(office.world.entries('nextDecision'))}`;

const timeOf = (iso: string): string =>
  new Date(iso).toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });

const toneOf = ({ outcome, repeat }: JournalEntry): string => {
  if (outcome !== '0' && outcome !== 'taken') return outcome === '4090' ? 'calm' : 'bad';
  return repeat ? 'calm' : 'good';
};

const entryRow = (entry: JournalEntry): string => {
  const { at, direction, system, exchange, key, fault, repeat, ms } = entry;
  const again = repeat ? `<small>${direction === 'in' ? '重复提交，未再办理' : '再次发送'}</small>` : '';
  return `<tr>${cell('时间', timeOf(at), 'figures')}${cell('方向', direction === 'in' ? '收' : '回调', 'way')}
${cell('系统', systemTitles[system], 'system')}${cell('接口', escaped(exchangeTitle(system, exchange)), 'name')}
${cell('幂等键', `<code>${escaped(key)}</code>`, 'key')}
${cell('结果', `<span class="${toneOf(entry)}">${escaped(outcomeTitle(entry.outcome))}</span>${again}`, 'outcome')}
${cell('故障', fault === null ? '' : faultTitles[fault][0], 'fault')}${cell('用时', `${ms} ms`, 'figures')}</tr>`;
};

/** The last crossings, newest first. */
export const journalPart = ({ journal }: Office): string => {
  const entries = [...journal.list()].reverse().slice(0, shownEntries);
  const body =
    entries.length === 0
      ? '<p>还没有往来。监管系统发来的查询与上报、公安发出的回调，都会出现在这里。</p>'
      : table('journal', ['时间', '方向', '系统', '接口', '幂等键', '结果', '故障', '用时'], entries.map(entryRow));
  return `<section class="card"><h2>最近往来 <small>最多 ${shownEntries} 条，自动更新</small></h2>${body}</section>`;
};

import { type Fault, systemIds } from '../faults.ts';
import type { Office } from '../office.ts';
import type { Settings } from '../world.ts';
import { escaped, frame, select } from './frame.ts';
import { exchangesOf, journalPart, standingPart } from './live.ts';
import { decisionTitles, exchangeTitle, faultTitles, garbledTitles, systemTitles } from './words.ts';

const places = (): readonly (readonly [string, string])[] =>
  systemIds.flatMap((system) =>
    ['*', ...exchangesOf(system).map(({ name }) => name)].map(
      (name) => [`${system} ${name}`, `${systemTitles[system]} · ${exchangeTitle(system, name)}`] as const,
    ),
  );

/** A field that only one kind of fault has; the page shows it with that kind. */
const particular = (kind: Fault['kind'], title: string, input: string): string =>
  `<label data-for="${kind}">${title}${input}</label>`;

const faultForm = (): string => `<form class="card" data-form="fault" id="fault"><h2>设置故障</h2>
<label>接口${select('at', places())}</label>
<label>故障${select(
  'kind',
  Object.entries(faultTitles).map(([kind, [name, effect]]) => [kind, `${name}：${effect}`] as const),
)}</label>
<div class="fields">
${particular('late', '延时（秒）', '<input name="ms" type="number" value="5" min="0.1" max="600" step="0.1" required>')}
${particular('refuse', '业务码', '<input name="code" value="4220" maxlength="20" required>')}
${particular('refuse', '说明', '<input name="message" value="校验不符" maxlength="200">')}
${particular('garbled', '方式', select('how', Object.entries(garbledTitles)))}
${particular('throttled', '几秒后再试', '<input name="retryAfterSeconds" type="number" value="1" min="0" max="3600" required>')}
${particular('night', '自', '<input name="from" type="time" value="22:00" required>')}
${particular('night', '至', '<input name="to" type="time" value="06:00" required>')}
</div>
<div class="fields"><label>次数<input name="times" type="number" min="1" max="100000" placeholder="直到取消"></label>
<label>只对幂等键含<input name="key" maxlength="200" placeholder="不限"></label></div>
<button>设置故障</button></form>`;

const decisionForm = (): string => `<form class="card" data-form="decision"><h2>下一次监销审核结果</h2>
<div class="fields"><label>结果${select('decision', Object.entries(decisionTitles))}</label>
<label>案卷编号<input name="caseNo" maxlength="40" placeholder="任一案卷"></label></div>
<button>指定结果</button></form>`;

const seconds = (name: keyof Settings, title: string, ms: number): string =>
  `<label>${title}<input name="${name}" type="number" min="0" max="86400" step="0.1" value="${ms / 1000}" required></label>`;

const settingsForm = (settings: Settings): string => `<form class="card" data-form="settings"><h2>办理时长（秒）</h2>
<div class="fields three">${seconds('decisionDelayMs', '监销审核', settings.decisionDelayMs)}
${seconds('certificateDelayMs', '回收证明', settings.certificateDelayMs)}
${seconds('deregistrationDelayMs', '注销证明', settings.deregistrationDelayMs)}
${seconds('reportDelayMs', '送达回执', settings.reportDelayMs)}</div>
<p>回调发往 <code>${escaped(settings.callbackUrl)}</code></p><button>保存</button></form>`;

const resetCard = `<section class="card"><h2>从头再来</h2>
<p>清空往来、故障、已指定的结果、补登的车辆与全部已办事项；办理时长恢复原值。</p>
<button class="plain" type="button" data-call="POST /admin/reset" data-sure="确定清空全部已办事项">全部清空</button></section>`;

/** The desk: the systems and their faults, what can be arranged, and the last crossings. */
export const deskPage = (office: Office): string =>
  frame(
    '往来与故障',
    '/',
    `<h1 class="unseen">往来与故障</h1><div id="standing" data-live="/live">${standingPart(office)}</div>
<aside>${faultForm()}${decisionForm()}${settingsForm(office.world.settings)}${resetCard}</aside>
<div id="journal">${journalPart(office)}</div>`,
  );

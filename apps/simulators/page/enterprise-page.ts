import type { HookFault } from '../enterprise/enterprise-system.ts';
import type { Office } from '../office.ts';
import { escaped, frame, select } from './frame.ts';

const faultTitles: Readonly<Record<HookFault, string>> = {
  none: '正常接收',
  down: '断线：连接被切断',
  slow: '迟缓：15 秒后才答复',
  error: '出错：答复 HTTP 500',
};

const eventTitles: Readonly<Record<string, string>> = {
  returned: '退回修改',
  passed: '审核通过',
  refused: '不予报废',
  certified: '回收证明已出具',
  deregistered: '注销证明已取得',
  withdrawn: '已撤销',
};

const timeOf = (iso: string): string =>
  new Date(iso).toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });

const table = (titles: readonly string[], rows: readonly string[]): string =>
  `<table class="journal"><thead><tr>${titles.map((one) => `<th>${one}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;

const row = (cells: readonly string[]): string => `<tr>${cells.map((one) => `<td>${one}</td>`).join('')}</tr>`;

const signatureOf = (genuine: boolean | null): string => {
  if (genuine === null) return '未核对（没有填平台公钥）';
  return genuine ? '<span class="good">平台签名有效</span>' : '<span class="bad">签名不符</span>';
};

/** The part that changes by itself: what was sent, what was heard. */
export const enterprisePart = ({ enterprise }: Office): string => {
  const sent = [...enterprise.sent]
    .reverse()
    .map(({ at, reference, plateNo, answer, taken, photographs }) =>
      row([
        timeOf(at),
        `<code>${escaped(reference)}</code>`,
        escaped(plateNo),
        `<span class="${taken ? 'good' : 'bad'}">${escaped(answer)}</span>`,
        `${photographs} 张`,
      ]),
    );
  const heard = [...enterprise.heard]
    .reverse()
    .map((one) =>
      row([
        timeOf(one.at),
        eventTitles[one.event] ?? escaped(one.event),
        escaped(one.caseNo),
        escaped(one.stateTitle),
        escaped(one.reason ?? ''),
        signatureOf(one.genuine),
        one.repeat ? '重复' : '',
      ]),
    );
  const proof =
    enterprise.proof === ''
      ? ''
      : `<section class="card"><h2>对登记文本的签名</h2><p>填到平台登记时的“私钥持有证明”<br><code class="whole">${enterprise.proof}</code></p></section>`;
  return `${proof}<section class="card"><h2>收到的推送 <small>接收方式：${faultTitles[enterprise.fault]}，自动更新</small></h2>${
    heard.length === 0
      ? '<p>还没有收到推送。在平台登记本系统时填写推送地址，企业的案卷被退回、通过、出证时就会收到。</p>'
      : table(['时间', '消息', '案卷', '状态', '原因', '签名', ''], heard)
  }</section><section class="card"><h2>报送的车辆</h2>${
    sent.length === 0
      ? '<p>还没有报送。登记并确认公钥之后，点“报送一辆车”。</p>'
      : table(['时间', '业务编号', '号牌', '答复', '照片'], sent)
  }</section>`;
};

const keyCard = ({ enterprise }: Office): string => `<section class="card"><h2>密钥</h2>
<p>公钥指纹（X-App-Id）<br><code class="whole">${enterprise.appId}</code></p>
<p>公钥，登记到平台的“企业系统”页<br><code class="whole">${enterprise.keys.publicKey}</code></p>
<button class="plain" type="button" data-call="POST /admin/enterprise/key" data-sure="换新密钥后，须在平台重新登记。确定更换" data-done="密钥已更换">换新密钥</button>
<p><button type="button" data-call="POST /admin/enterprise/drafts" data-done="已报送">报送一辆车</button></p></section>`;

const proofForm = `<form class="card" data-form="hook"><h2>证明持有私钥</h2>
<label>平台给的登记文本<input name="challenge" maxlength="300" required></label>
<button>签名</button></form>`;

const hookForm = (
  { enterprise }: Office,
  address: string,
): string => `<form class="card" data-form="hook"><h2>接收推送</h2>
<p>推送地址 <code class="whole">${escaped(address)}</code></p>
<label>接收方式${select('fault', [[enterprise.fault, faultTitles[enterprise.fault]], ...Object.entries(faultTitles).filter(([kind]) => kind !== enterprise.fault)])}</label>
<label>平台公钥<input name="platformKey" maxlength="130" value="${escaped(enterprise.platformKey)}" placeholder="在平台的登记页复制"></label>
<button>保存</button></form>`;

/** A dismantler's own system: its key, what it sends, what it hears. */
export const enterprisePage = (office: Office, address: string): string =>
  frame(
    '拆解企业自有系统',
    '/enterprise',
    `<h1 class="unseen">拆解企业自有系统</h1><div id="enterprise" data-live="/enterprise/live">${enterprisePart(office)}</div>
<aside>${keyCard(office)}${proofForm}${hookForm(office, address)}</aside>`,
  );

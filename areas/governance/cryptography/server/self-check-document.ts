import { shanghaiMinute } from '#kernel/time/shanghai.ts';
import type { ControlView, KeyView, SelfCheckView } from '../model/cryptography.contract.ts';

const verdicts: Readonly<Record<ControlView['verdict'], string>> = {
  met: '软件已满足',
  attention: '需处理',
  cloud: '由云平台提供',
};
const signs = (good: boolean | null): string => (good === null ? '·' : good ? '✓' : '✗');
const names: Readonly<Record<ControlView['standard'], string>> = {
  'GB/T 39786': '信息系统密码应用基本要求（GB/T 39786—2021，第三级）',
  'GB/T 22239': '网络安全等级保护基本要求（GB/T 22239—2019，第三级）',
};

const controlText = ({ title, layer, how, evidence, cloud, verdict }: ControlView): string =>
  [
    `### ${title}（${layer}）：${verdicts[verdict]}`,
    '',
    `做法：${how}`,
    ...(evidence.length > 0 ? ['', '实测：', '', ...evidence.map(({ good, text }) => `- ${signs(good)} ${text}`)] : []),
    ...(cloud === null ? [] : ['', `云平台须补充：${cloud}`]),
    '',
  ].join('\n');

/** The self-check as a document, the same as on the page. */
export const selfCheckDocument = (
  { checkedAt, controls }: SelfCheckView,
  keys: readonly KeyView[],
  madeBy: string,
): string => {
  const count = (verdict: ControlView['verdict']): number => controls.filter((one) => one.verdict === verdict).length;
  const parts = (['GB/T 39786', 'GB/T 22239'] as const).flatMap((standard) => [
    `## ${names[standard]}`,
    '',
    ...controls.filter((one) => one.standard === standard).map(controlText),
  ]);
  return [
    '# 密码与等保自查报告',
    '',
    `自查时间 ${shanghaiMinute(new Date(checkedAt))}，${madeBy} 导出。共 ${controls.length} 项：软件已满足 ${count('met')} 项，需处理 ${count('attention')} 项，由云平台提供 ${count('cloud')} 项。`,
    '',
    '“实测”为自查时由系统当场算出；✓ 相符，✗ 不符，· 供参考。本报告不能代替密码应用安全性评估和等级测评。',
    '',
    ...parts,
    '## 密钥清单',
    '',
    '| 用途 | 编号 | 版本 | 状态 | 启用 | 天数 |',
    '|---|---|---|---|---|---|',
    ...keys.map(
      ({ title, id, version, state, createdAt, days }) =>
        `| ${title} | ${id} | ${version} | ${{ current: '在用', superseded: '待换出', retired: '已停用' }[state]} | ${shanghaiMinute(new Date(createdAt))} | ${days} |`,
    ),
    '',
  ].join('\n');
};

import { areaIds } from './area-ids.ts';
import { prefixesOf } from './area-routes.ts';
import { demoAccounts } from './demo/accounts.ts';
import { openFilesHere, openFilesWarning } from './open-files.ts';
import { plainHttpWarning } from './plain-http.ts';
import { planOf } from './plans.ts';
import type { Settings } from './settings.ts';

/** Where calls for each area belong, where one process does not take them all. */
const areaLines = ({ areas, peers }: Settings['arrangement']): readonly string[] =>
  areas.length === areaIds.length
    ? []
    : [
        '\n本进程只承担部分领域，负载均衡按地址开头转发（/peer 不得对外；其余地址任何一个进程都答复）：',
        ...areaIds.map((id) => `  ${planOf[id].title}，${peers[id] ?? '本进程'}：${prefixesOf(id).join(' ')}`),
      ];

const demoLines = ({ mode }: Settings): readonly string[] =>
  mode === 'demo'
    ? [
        `\n演示账号（口令均为 ${demoAccounts[0]?.password}；管理员另需的动态验证码显示在登录页）：`,
        ...demoAccounts.map(
          ({ userName, role, name, organisationName }) =>
            `  ${userName.padEnd(12)} ${role} ${name}${organisationName ? `（${organisationName}）` : ''}`,
        ),
      ]
    : [];

/** What whoever started the program reads when it is up. */
export const announcement = (
  settings: Settings,
  up: { readonly seconds: string; readonly place: string; readonly simulatorsUrl: string | null },
): string => {
  const warnings = [plainHttpWarning(settings), openFilesWarning(settings, openFilesHere())];
  return [
    `\n沪商监管已启动（${up.seconds} 秒）：${settings.publicUrl}`,
    `数据库 ${up.place}；数据目录 ${settings.dataDir}；接口说明 ${settings.publicUrl}/api-docs`,
    ...warnings.filter((warning) => warning !== null),
    ...(up.simulatorsUrl ? [`外部系统未配置，已启动自带的仿真系统：${up.simulatorsUrl}`] : []),
    ...areaLines(settings.arrangement),
    ...demoLines(settings),
    '\n按 Ctrl-C 停止。',
  ].join('\n');
};

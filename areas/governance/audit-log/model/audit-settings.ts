import { assumption, rule, type Source, standard, tender } from '#kernel/source/source.ts';

/** A number the auditor may set, within bounds. */
export interface AuditSetting {
  readonly setting: string;
  readonly title: string;
  readonly unit: string;
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
  readonly source: Source;
}

const setting = (
  name: string,
  title: string,
  unit: string,
  [fallback, least, most]: readonly [fallback: number, least: number, most: number],
  source: Source,
): AuditSetting => Object.freeze({ setting: `audit.${name}`, title, unit, fallback, least, most, source });

/** As days after which a month is archived by itself: never. A setting has no zero. */
export const neverArchived = 31;

/** How the log itself is kept. Retention cannot be set below six months. */
export const keepingSettings = {
  sealHeads: setting('seal.heads', '封签：有多少条链变动即封', '条链', [200, 1, 2_000], tender(45)),
  sealSeconds: setting('seal.seconds', '封签：最多隔多久封一次', '秒', [10, 1, 300], tender(45)),
  keptMonths: setting(
    'kept.months',
    '日志在库中保留',
    '个月',
    [12, 6, 120],
    rule('中华人民共和国网络安全法', '第二十一条（留存不少于六个月）'),
  ),
  archiveDays: setting(
    'archive.days',
    `每月日志自动归档：月末后多少天（${neverArchived} 为不自动）`,
    '天',
    [3, 1, neverArchived],
    assumption('整月日志自动归档的时间', '0059'),
  ),
  exportRows: setting('export.rows', '一次导出的行数上限', '行', [10_000, 100, 50_000], assumption('导出的行数上限')),
} as const;

const failed = standard('GB/T 22239-2019', '8.1.4.1（登录失败处理）');
const analysed = standard('GB/T 22239-2019', '8.1.5.4（集中审计分析）');

/** How grave an alert is. */
export type AlertLevel = 'high' | 'medium';

/**
 * What a rule watches. `count`: so many entries of these actions by one person or address within a time; `odd-hours`: administrators at work in
 * the night; `refusals`: so many refusals of one person, repeats included; `each`: every single entry of these actions, or those that failed; `broken`: the checks of the trail.
 */
export type Watch =
  | {
      readonly kind: 'count';
      readonly of: 'sign-ins' | 'reads' | 'exports';
      readonly outcome: 'done' | 'refused';
      readonly by: 'actor' | 'address';
    }
  | { readonly kind: 'odd-hours' }
  | { readonly kind: 'refusals' }
  | { readonly kind: 'each'; readonly actions: readonly string[]; readonly outcome?: 'failed' }
  | { readonly kind: 'broken' };

/** A rule by which alerts arise: what is watched, and from how many on within how long. Source: tender R45. */
export interface AlertRule {
  readonly id: string;
  readonly title: string;
  readonly level: AlertLevel;
  readonly watch: Watch;
  readonly source: Source;
  /** From how many on. For odd hours: the hour they begin. */
  readonly count?: AuditSetting;
  /** Within how many minutes. For odd hours: the hour they end. */
  readonly minutes?: AuditSetting;
}

/** All rules, as data. */
export const alertRules: readonly AlertRule[] = [
  {
    id: 'failed-sign-ins-account',
    title: '同一账号多次登录失败',
    level: 'high',
    watch: { kind: 'count', of: 'sign-ins', outcome: 'refused', by: 'actor' },
    source: failed,
    count: setting('failed-account.count', '同一账号登录失败', '次', [5, 2, 100], failed),
    minutes: setting('failed-account.minutes', '同一账号登录失败：时间', '分钟内', [10, 1, 1_440], failed),
  },
  {
    id: 'failed-sign-ins-address',
    title: '同一地址多次登录失败',
    level: 'high',
    watch: { kind: 'count', of: 'sign-ins', outcome: 'refused', by: 'address' },
    source: failed,
    count: setting('failed-address.count', '同一地址登录失败', '次', [10, 2, 1_000], failed),
    minutes: setting('failed-address.minutes', '同一地址登录失败：时间', '分钟内', [10, 1, 1_440], failed),
  },
  {
    id: 'mass-reads',
    title: '大量查阅',
    level: 'medium',
    watch: { kind: 'count', of: 'reads', outcome: 'done', by: 'actor' },
    source: analysed,
    count: setting('mass-reads.count', '一人查阅', '次', [500, 20, 100_000], analysed),
    minutes: setting('mass-reads.minutes', '一人查阅：时间', '分钟内', [10, 1, 1_440], analysed),
  },
  {
    id: 'mass-exports',
    title: '频繁导出',
    level: 'high',
    watch: { kind: 'count', of: 'exports', outcome: 'done', by: 'actor' },
    source: analysed,
    count: setting('mass-exports.count', '一人导出', '次', [10, 2, 10_000], analysed),
    minutes: setting('mass-exports.minutes', '一人导出：时间', '分钟内', [60, 1, 1_440], analysed),
  },
  {
    id: 'odd-hours',
    title: '管理员非工作时段操作',
    level: 'medium',
    watch: { kind: 'odd-hours' },
    source: analysed,
    count: setting('odd-hours.from', '非工作时段：自', '点起', [22, 18, 24], analysed),
    minutes: setting('odd-hours.to', '非工作时段：至', '点止', [6, 1, 12], analysed),
  },
  {
    id: 'repeated-refusals',
    title: '反复尝试无权操作',
    level: 'high',
    watch: { kind: 'refusals' },
    source: analysed,
    count: setting('refusals.count', '一人被拒', '次', [20, 2, 10_000], analysed),
    minutes: setting('refusals.minutes', '一人被拒：时间', '分钟内', [10, 1, 1_440], analysed),
  },
  {
    id: 'log-keeping-changed',
    title: '日志规则被修改，或日志被移出',
    level: 'medium',
    watch: { kind: 'each', actions: ['governance.audit-log.setSetting', 'kernel.audit.removeArchived'] },
    source: standard('GB/T 22239-2019', '8.1.4.3（审计进程保护）'),
  },
  {
    id: 'broken-protection',
    title: '权限清单、程序文件、存储的文件或密钥轮换出现异常',
    level: 'high',
    watch: {
      kind: 'each',
      actions: [
        'kernel.access-list.broken',
        'kernel.release.broken',
        'kernel.files.broken',
        'kernel.files.missing',
        'governance.cryptography.renewalEnded',
      ],
      outcome: 'failed',
    },
    source: standard('GB/T 22239-2019', '8.1.4.6（可信验证）、8.1.4.7（数据完整性）'),
  },
  {
    id: 'answer-unheeded',
    title: '外部系统的答复要求的处置（如冻结被盗抢车辆的案卷）未能办理',
    level: 'high',
    watch: { kind: 'each', actions: ['kernel.relay.answerUnheeded'], outcome: 'failed' },
    source: rule('报废机动车回收管理办法（国务院令第715号）', '第十条（发现被盗抢等嫌疑车辆应向公安机关报告）'),
  },
  {
    id: 'disk-low',
    title: '磁盘空间不足，写满后不能保存和上传',
    level: 'high',
    watch: { kind: 'each', actions: ['kernel.disk.low'] },
    source: tender(45),
  },
  {
    id: 'broken-trail',
    title: '日志链或封签被破坏',
    level: 'high',
    watch: { kind: 'broken' },
    source: standard('GB/T 22239-2019', '8.1.4.3（审计记录保护）'),
  },
];

/** Every setting of the log: how it is kept, and the rules'. */
export const auditSettings: readonly AuditSetting[] = [
  ...Object.values(keepingSettings),
  ...alertRules.flatMap(({ count, minutes }) => [count, minutes].flatMap((one) => (one ? [one] : []))),
];

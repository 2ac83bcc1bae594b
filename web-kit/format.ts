/** Days, times, numbers and money as the screens write them. All times are shown in Shanghai, whatever the machine's zone. */

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

const read = (instant: string): Readonly<Record<string, string>> | undefined => {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return undefined;
  return Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
};

/** What stands where there is nothing to show. */
export const nothing = '—';

/** The Shanghai day of an ISO instant, `2026-11-23`; a bare day passes through. */
export const formatDay = (instant: string | null | undefined): string => {
  if (!instant) return nothing;
  if (/^\d{4}-\d{2}-\d{2}$/.test(instant)) return instant;
  const at = read(instant);
  return at ? `${at.year}-${at.month}-${at.day}` : nothing;
};

/** The Shanghai time of day of an ISO instant, `14:05`. */
export const formatClock = (instant: string | null | undefined): string => {
  const at = instant ? read(instant) : undefined;
  return at ? `${at.hour}:${at.minute}` : nothing;
};

/** `2026-11-23 14:05`. */
export const formatMoment = (instant: string | null | undefined): string => {
  const at = instant ? read(instant) : undefined;
  return at ? `${formatDay(instant)} ${at.hour}:${at.minute}` : nothing;
};

/** `2026-11-23 14:05:09`, for tooltips and proofs. */
export const formatMomentExactly = (instant: string | null | undefined): string => {
  const at = instant ? read(instant) : undefined;
  return at ? `${formatMoment(instant)}:${at.second}` : nothing;
};

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });

/** A number with thousands separators. */
export const formatNumber = (value: number | null | undefined): string =>
  value === null || value === undefined ? nothing : grouped.format(value);

/** Integer fen as `¥12,000.00`. */
export const formatMoney = (fen: number | null | undefined): string => {
  if (fen === null || fen === undefined) return nothing;
  const yuan = Math.trunc(Math.abs(fen) / 100);
  const rest = String(Math.abs(fen) % 100).padStart(2, '0');
  return `${fen < 0 ? '-' : ''}¥${grouped.format(yuan)}.${rest}`;
};

/** A size in bytes as people say it: `184 KB`, `2.3 MB`, `72.1 GB`. */
export const formatBytes = (bytes: number): string => {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  if (bytes < 1024 ** 3) return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
  return `${(bytes / 1024 ** 3).toFixed(1)} GB`;
};

/** How long ago, in whole words: `刚刚`, `12 分钟`, `3 小时`, `5 天`. Never negative. */
export const formatElapsed = (from: string, now: number): string => {
  const minutes = Math.max(0, Math.floor((now - new Date(from).getTime()) / 60_000));
  if (minutes < 1) return '刚刚';
  if (minutes < 60) return `${minutes} 分钟`;
  if (minutes < 60 * 24) return `${Math.floor(minutes / 60)} 小时`;
  return `${formatNumber(Math.floor(minutes / 60 / 24))} 天`;
};

/** How long something took, in the unit people say it in: `40 秒`, `12 分钟`, `5.5 小时`, `3.2 天`. */
export const formatDuration = (seconds: number | null | undefined): string => {
  if (seconds === null || seconds === undefined) return nothing;
  const said = (value: number): string =>
    value < 10 ? String(Math.round(value * 10) / 10) : formatNumber(Math.round(value));
  if (seconds < 60) return `${Math.round(seconds)} 秒`;
  if (seconds < 3_600) return `${Math.round(seconds / 60)} 分钟`;
  if (seconds < 86_400) return `${said(seconds / 3_600)} 小时`;
  return `${said(seconds / 86_400)} 天`;
};

/** A working-day deadline in words: `剩 2 个工作日`, `今天到期`, `超期 3 个工作日`. */
export const formatWorkingDaysLeft = (workingDaysLeft: number, overdue: boolean): string => {
  if (overdue) return workingDaysLeft < 0 ? `超期 ${formatNumber(-workingDaysLeft)} 个工作日` : '已超期';
  return workingDaysLeft <= 0 ? '今天到期' : `剩 ${formatNumber(workingDaysLeft)} 个工作日`;
};

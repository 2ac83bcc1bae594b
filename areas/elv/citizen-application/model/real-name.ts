/** How well the one-stop service knows who somebody is: a password, a phone, papers, a face. Source: domain 9.6. */
export const realNameLevels = ['L1', 'L2', 'L3', 'L4'] as const;
/** One of {@link realNameLevels}. */
export type RealNameLevel = (typeof realNameLevels)[number];

/** What each level was shown by, in words. */
export const levelTitles: Readonly<Record<RealNameLevel, string>> = {
  L1: '口令',
  L2: '手机实名',
  L3: '证件实名',
  L4: '刷脸实名',
};

/** Whether a level is as good as another. */
export const reaches = (level: RealNameLevel, least: RealNameLevel): boolean =>
  realNameLevels.indexOf(level) >= realNameLevels.indexOf(least);

/** The words for a level that is not enough. */
export const levelWords = (level: RealNameLevel, least: RealNameLevel): string =>
  `您在一网通办的实名级别是 ${level}（${levelTitles[level]}），办理报废申请需要 ${least}（${levelTitles[least]}）以上；请先在“随申办”完成实名认证，再重新登录`;

/** How citizens come in. */
export interface CitizenRules {
  /** Where a browser is sent to, at the one-stop service. */
  readonly authorizeUrl: string;
  readonly clientId: string;
  /** The page of ours the browser is sent back to; registered there. */
  readonly redirectUri: string;
  /** Below this level nobody may apply. Source: assumption, adr/0044. */
  readonly leastLevel: RealNameLevel;
}

/** The rules as shipped, at addresses that lead nowhere. */
export const usualCitizenRules: CitizenRules = {
  authorizeUrl: 'http://127.0.0.1:9/one-stop/authorize',
  clientId: 'sww-supervision',
  redirectUri: 'http://127.0.0.1:9/citizen/return',
  leastLevel: 'L3',
};

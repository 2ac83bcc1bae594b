/** Why a session was ended, and what its person is told. */
export const sessionEnds = {
  idle: '较长时间没有操作，已自动退出，请重新登录',
  absolute: '本次登录已到最长时间，请重新登录',
  'signed-in-elsewhere': '您的账号在其他设备上登录，超出同时登录数，此处已退出；如非本人操作，请尽快修改密码',
  revoked: '此处的登录已由您在其他设备上退出，请重新登录',
  'signed-out': '您已退出登录',
  'password-changed': '密码已修改，请用新密码重新登录',
  'factor-changed': '登录验证方式已变更，请重新登录',
  disabled: '账号已停用，如需使用请联系管理员',
  expired: '账号已过有效期，如需使用请联系管理员',
  administrator: '管理员已将此处的登录退出，请重新登录',
} as const;

/** See {@link sessionEnds}. */
export type SessionEnd = keyof typeof sessionEnds;

/** The words for a stored reason; a reason nobody knows has none. */
export const wordsOfEnd = (reason: string | null): string | undefined =>
  reason !== null && Object.hasOwn(sessionEnds, reason) ? sessionEnds[reason as SessionEnd] : undefined;

/** How the log tells of a call that was not let in. */
export const refusedCallTitle = { id: 'elv.enterprise-system.refusedCall', title: '企业系统的调用被拒' } as const;

/** What calls of systems are refused for at the door, in words for those who look after them. */
export const refusedCallTitles: Readonly<Record<string, string>> = {
  CLOCK: '时间戳超出允许偏差',
  NONCE: '随机数格式不符',
  NONCE_USED: '随机数重复使用',
  DIGEST: '请求体摘要缺失或格式不符',
  SIGNATURE: '签名验证未通过',
  NOT_IN_FORCE: '系统未确认或已停用',
  EXPIRED: '已过有效期',
  ALTERED: '登记内容被改动',
  ADDRESS: '来自登记以外的地址',
  TOO_MANY: '调用过于频繁',
};

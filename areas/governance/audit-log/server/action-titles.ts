import type { Operation } from '#kernel/contract/operation.ts';

/** What the log names that is no operation: steps of the system itself, and parts of an operation told by themselves. */
export const ownTitles: Readonly<Record<string, string>> = {
  'kernel.server.started': '系统启动',
  'kernel.server.stopped': '系统停止',
  'kernel.database.migrated': '数据库结构升级',
  'kernel.database.revived': '数据库意外停止后重新启动',
  'kernel.disk.low': '磁盘空间不足',
  'kernel.backup.made': '备份完成',
  'kernel.backup.restored': '由备份恢复',
  'kernel.retention.erase': '清除到期的内容',
  'kernel.relay.gaveUp': '对外报文放弃重发',
  'kernel.relay.answerUnheeded': '外部系统的答复要求的处置未能办理',
  'kernel.audit.makeArchive': '生成日志归档',
  'kernel.audit.removeArchived': '已归档日志移出数据库',
  'kernel.access-list.change': '权限清单变更生效',
  'kernel.access-list.broken': '权限清单被破坏',
  'kernel.access-list.restored': '权限清单恢复',
  'kernel.files.broken': '读取时发现文件被改动',
  'kernel.files.missing': '读取时发现文件丢失',
  'kernel.master-key.renewed': '更换主密钥',
  'kernel.release.broken': '程序文件与发布清单不符',
  'governance.account.secondFactor': '登录第二步验证',
  'governance.account.resetSecondFactor': '撤销第二因素，等待重新绑定',
  'governance.person.handOverBegun': '开始移交工作',
  'governance.person.endCredentials': '成为平台人员，一人单独设置的登录凭据失效',
  'governance.account.enrol': '绑定动态口令',
  'governance.account.bindSignOn': '绑定统一身份认证',
  'governance.ownAccount.confirmPassword': '再次输入口令确认',
  'governance.cryptography.renewalEnded': '数据密钥轮换结束',
  'governance.cryptography.filesSealed': '旧文件加密完成',
  'governance.audit-log.raiseAlert': '产生安全告警',
};

/** An action as the log names it, in words. */
export interface ActionTitle {
  readonly id: string;
  readonly title: string;
}

/** Titles of everything the log can name: operations, the permissions of steps, which are logged under them, exchanges, and the system's own. */
export const actionTitles = (
  operations: readonly Operation[],
  exchanges: readonly ActionTitle[],
): readonly ActionTitle[] => {
  const titles = new Map<string, string>();
  for (const { id, title, permission, path } of operations) {
    titles.set(id, title);
    // A step of a lifecycle is logged under its permission; of other operations it would only be offered twice to whoever searches.
    if (path.includes('/steps/')) titles.set(permission, title);
  }
  for (const { id, title } of exchanges) titles.set(id, title);
  for (const [id, title] of Object.entries(ownTitles)) titles.set(id, title);
  return [...titles].map(([id, title]) => ({ id, title }));
};

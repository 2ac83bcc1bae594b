/** A backup that cannot be made, or a database that cannot be restored into; the message is for the operator. */
export class BackupRefused extends Error {}

/** A backup that is not what it was when it was made. `what` names every fault, for the operator. */
export class BackupBroken extends Error {
  readonly what: readonly string[];

  constructor(what: readonly string[]) {
    super(`备份不完整或已被改动：\n${what.map((one) => `  ${one}`).join('\n')}`);
    this.what = what;
  }
}

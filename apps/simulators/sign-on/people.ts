/** A made-up citizen as the simulated government sign-on knows them. */
export interface Citizen {
  /** What the provider calls them; means nothing elsewhere. */
  readonly subject: string;
  readonly name: string;
  readonly about: string;
  /** Verified by the provider; made up, with a true check digit. */
  readonly identityNo: string;
}

/** Whom one may be at the simulated sign-on. The last one has no account in the supervision system. */
export const citizens: readonly Citizen[] = [
  { subject: 'gov-4071', name: '周一演示', about: '回收企业经办人', identityNo: '310115198803120014' },
  { subject: 'gov-4072', name: '陈审演示', about: '车管审核', identityNo: '310101197909210023' },
  { subject: 'gov-4073', name: '卫商演示', about: '商务委审核', identityNo: '31010619830607003X' },
  { subject: 'gov-4074', name: '沈查演示', about: '监管查阅', identityNo: '310105199101150042' },
  { subject: 'gov-4075', name: '韩管演示', about: '系统管理员', identityNo: '310104198611280057' },
  { subject: 'gov-4079', name: '程未演示', about: '在监管系统没有账号', identityNo: '310110199504300069' },
];

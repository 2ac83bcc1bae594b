import { shanghaiMinute } from '#kernel/time/shanghai.ts';
import type { CredentialNotice } from './account.contract.ts';

const what: Readonly<Record<CredentialNotice['what'], string>> = {
  password: '重置了您的登录密码',
  'second-factor': '解除了您的第二重验证',
};

/** A notice as its person reads it. */
export const noticeInWords = ({ what: kind, at, by, agreed }: CredentialNotice): string =>
  `${shanghaiMinute(new Date(at))}，${by}${agreed === null ? '' : `申请、${agreed}批准，`}${what[kind]}`;

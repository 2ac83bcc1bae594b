import { type LifecycleOf, widened } from '#kernel/lifecycle/lifecycle.ts';
import { standard, tender } from '#kernel/source/source.ts';
import { type Proposal, proposalLifecycle } from '#practices/proposal/model/proposal.lifecycle.ts';

/** What of how somebody signs in is set by others. */
export const credentialKinds = {
  'first-password': '设置初始密码',
  password: '重置密码',
  'second-factor': '解除第二重验证',
} as const;
/** See {@link credentialKinds}. */
export type CredentialKind = keyof typeof credentialKinds;

/** An application to set how somebody of the platform signs in. It holds no secret: those lie sealed beside it while it waits. */
export interface CredentialChange extends Proposal {
  readonly kind: CredentialKind;
  readonly personId: string;
  /** How the person's password, or second factors, stood when it was applied for: what has changed since is not to be overwritten unread. */
  readonly against: string;
}

/**
 * Whoever sets a password or takes a second factor away could come in as that person and sign in their name. For people of the platform it takes two: one applies,
 * another agrees, and each holds one half of the new password. Source: tender R42, R43; domain 10.4.
 */
export const credentialChangeLifecycle = proposalLifecycle<CredentialChange>({
  id: 'governance.credential-change',
  title: '登录凭据申请',
  source: tender(42, 43),
  twoPersons: standard('GB/T 22239-2019', '8.1.4.1 身份鉴别；8.1.5 安全管理中心（权限分离）'),
  by: '系统管理员、安全管理员',
  carryOut: 'set-credential',
  letGo: 'let-go',
  consequence: '批准后立即生效，本人在各处的登录随即退出；设置密码的，随后显示密码的后半段，请另行交付本人',
});

/** The same, as the generic machinery reads it. */
export const anyCredentialChange: LifecycleOf<CredentialChange> = widened(credentialChangeLifecycle);

/** An application in a sentence. */
export const credentialSummary = (
  kind: CredentialKind,
  person: { readonly name: string; readonly userName: string; readonly organisationName: string | null },
): string => {
  const who = `${person.name}（${person.userName}，${person.organisationName ?? '平台人员'}）`;
  return kind === 'first-password'
    ? `为${who}设置初始密码`
    : kind === 'password'
      ? `重置${who}的密码`
      : `解除${who}的第二重验证`;
};

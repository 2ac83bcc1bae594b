import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { NoticeChoices } from '#practices/notice/web/NoticeChoices.tsx';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import { noticeInWords } from '../model/notice-words.ts';
import type { OwnAccount } from '../model/own-account.contract.ts';
import { ownAccountQuery } from './account-api.ts';
import { ChangePassword } from './ChangePassword.tsx';
import { OwnSessions } from './OwnSessions.tsx';
import styles from './personal-settings.module.css';
import { SecondFactor } from './SecondFactor.tsx';
import { SignOnBinding } from './SignOnBinding.tsx';

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={styles.part} aria-label={title}>
    <h2 className={styles.partTitle}>{title}</h2>
    {children}
  </section>
);

const About = ({ account }: { account: OwnAccount }) => (
  <dl className={styles.about}>
    <dt>用户名</dt>
    <dd>{account.userName}</dd>
    <dt>姓名</dt>
    <dd>{account.name}</dd>
    <dt>单位</dt>
    <dd>{account.organisationName ?? '—'}</dd>
    <dt>角色</dt>
    <dd>{account.roles.join('、') || '—'}</dd>
    <dt>账号有效期</dt>
    <dd>{account.validUntil ? <TimeText at={account.validUntil} day /> : '长期'}</dd>
  </dl>
);

/** A person's own account: who they are here, how they sign in, where they are signed in. Source: tender R42. */
export const PersonalSettingsPage = () => {
  const { data: account, error, refetch } = useQuery(ownAccountQuery);
  return (
    <div className={styles.page}>
      <PageHeader title="个人设置" />
      {error && <FailurePanel error={error} retry={() => void refetch()} />}
      {account && (
        <div className={styles.parts}>
          <Part title="基本资料">
            <About account={account} />
            <p className={styles.second}>资料有误时，请联系本单位管理员修改。</p>
          </Part>
          <Part title="密码">
            <ChangePassword account={account} />
          </Part>
          <Part title="双因素登录">
            <SecondFactor account={account} />
          </Part>
          {account.signOn.title && (
            <Part title="统一身份认证">
              <SignOnBinding title={account.signOn.title} bound={account.signOn.bound} />
            </Part>
          )}
          <Part title="消息接收">
            <NoticeChoices />
          </Part>
          {account.notices.length > 0 && (
            <Part title="管理员变更记录">
              <ul>
                {account.notices.map((one) => (
                  <li key={one.at + one.what}>{noticeInWords(one)}</li>
                ))}
              </ul>
              <p className={styles.second}>如果您并未提出，请立即联系安全管理员。</p>
            </Part>
          )}
          <Part title="登录设备">
            <OwnSessions />
          </Part>
        </div>
      )}
    </div>
  );
};

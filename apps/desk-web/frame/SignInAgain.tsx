import { useQueryClient } from '@tanstack/react-query';
import { App, Modal } from 'antd';
import { useState } from 'react';
import type { Entered } from '#areas/governance/account/model/account.contract.ts';
import { SignIn } from '#areas/governance/account/web/SignIn.tsx';
import { tellNotices } from '#areas/governance/account/web/tell-notices.tsx';
import { useSession } from '#web-kit/session.tsx';
import { announceSessionBack, useSessionEnded, useSessionEndWords } from '#web-kit/session-end.ts';
import styles from './frame.module.css';

/** When the session ends under an open page: the same person signs in again over it, and nothing typed is lost. */
export const SignInAgain = () => {
  const ended = useSessionEnded();
  const why = useSessionEndWords() || '较长时间没有操作，或账号在别处退出';
  const session = useSession();
  const queryClient = useQueryClient();
  const { modal } = App.useApp();
  const [password, setPassword] = useState('');
  const resume = ({ me, notices }: Entered): void => {
    setPassword('');
    // Somebody else must not go on in this person's page.
    if (me.id !== session.id) {
      window.location.assign('/');
      return;
    }
    if (notices.length > 0) tellNotices(modal, notices);
    announceSessionBack();
    void queryClient.invalidateQueries();
  };
  return (
    <Modal
      open={ended}
      title="登录已失效"
      footer={null}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      width={400}
      destroyOnHidden
    >
      <p className={styles.again}>{why}。重新登录后，当前页面填写的内容都还在。</p>
      <SignIn
        nameFixed
        credentials={{ userName: session.userName, password }}
        onChange={(next) => setPassword(next.password)}
        onSignedIn={resume}
      />
    </Modal>
  );
};

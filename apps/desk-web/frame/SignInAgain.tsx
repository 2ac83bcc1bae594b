import { useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useState } from 'react';
import type { Me } from '#areas/governance/account/model/account.contract.ts';
import { SignInForm } from '#areas/governance/account/web/SignInForm.tsx';
import { useSession } from '#web-kit/session.tsx';
import { announceSessionBack, useSessionEnded } from '#web-kit/session-end.ts';
import styles from './frame.module.css';

/** When the session ends under an open page: the same person signs in again over it, and nothing typed is lost. */
export const SignInAgain = () => {
  const ended = useSessionEnded();
  const session = useSession();
  const queryClient = useQueryClient();
  const [password, setPassword] = useState('');
  const resume = (me: Me): void => {
    setPassword('');
    // Somebody else must not go on in this person's page.
    if (me.id !== session.id) {
      window.location.assign('/');
      return;
    }
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
      <p className={styles.again}>较长时间没有操作，或账号在别处退出。请重新输入密码，当前页面填写的内容都还在。</p>
      <SignInForm
        nameFixed
        credentials={{ userName: session.userName, password }}
        onChange={(next) => setPassword(next.password)}
        onSignedIn={resume}
      />
    </Modal>
  );
};

import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import styles from './person.module.css';

/** An initial password, shown this once; it cannot be fetched again. */
export const PasswordShown = ({
  title,
  userName,
  password,
  half = false,
  close,
}: {
  title: string;
  userName: string;
  password: string;
  /** Only the first half, which serves when another person has agreed. */
  half?: boolean;
  close: () => void;
}) => {
  const [copied, setCopied] = useState(false);
  const label = half ? '初始密码前半段' : '初始密码';
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(`用户名 ${userName}\n${label} ${password}`);
    setCopied(true);
  };
  return (
    <Modal
      open
      title={title}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={[
        // On plain HTTP browsers have no clipboard; the text can still be marked.
        ...(navigator.clipboard
          ? [
              <Button key="copy" onClick={() => void copy()}>
                {copied ? '已复制' : '复制用户名和密码'}
              </Button>,
            ]
          : []),
        <Button key="close" type="primary" onClick={close}>
          已交付，关闭
        </Button>,
      ]}
    >
      <dl className={styles.handed}>
        <dt>用户名</dt>
        <dd>{userName}</dd>
        <dt>{label}</dt>
        <dd>{password}</dd>
      </dl>
      <Alert
        type="warning"
        showIcon
        title={
          half
            ? '前半段只显示这一次，请当面或以可靠方式交付本人。须经安全管理员批准后生效，后半段由批准人另行交付；两段以短横线相连，首次登录必须修改。'
            : '密码只显示这一次，请当面或以可靠方式交付本人；首次登录必须修改。'
        }
      />
    </Modal>
  );
};

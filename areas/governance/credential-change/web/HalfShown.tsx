import { Alert, Button, Modal } from 'antd';
import type { HandedHalf } from '../model/credential-change.contract.ts';
import styles from './credentials.module.css';

/** The second half of a new password, shown this once to whoever agreed to it. */
export const HalfShown = ({ handed, close }: { handed: NonNullable<HandedHalf>; close: () => void }) => (
  <Modal
    open
    title={`${handed.name}的新密码已生效`}
    closable={false}
    mask={{ closable: false }}
    keyboard={false}
    footer={
      <Button type="primary" onClick={close}>
        已交付，关闭
      </Button>
    }
  >
    <dl className={styles.handed}>
      <dt>用户名</dt>
      <dd>{handed.userName}</dd>
      <dt>初始密码后半段</dt>
      <dd>{handed.half}</dd>
    </dl>
    <Alert
      type="warning"
      showIcon
      title="后半段只显示这一次，请当面或以可靠方式交付本人，不要交给申请人。本人把申请人给的前半段和它以短横线相连，即为密码；首次登录必须修改。"
    />
  </Modal>
);

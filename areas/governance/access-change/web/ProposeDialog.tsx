import { Button, Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import type { InputOf } from '#kernel/contract/operation.ts';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import type { accessChangeContract } from '../model/access-change.contract.ts';
import styles from './access.module.css';
import { usePropose } from './use-propose.ts';

type Change = InputOf<typeof accessChangeContract.propose>['change'];

/** Asks for a change of permissions: what stands inside is the change, below it the reason; another person decides. */
export const ProposeDialog = ({
  title,
  change,
  width = 560,
  onClose,
  children,
}: {
  title: string;
  /** Null while something is still missing. */
  change: Change | null;
  width?: number;
  onClose: () => void;
  children?: ReactNode;
}) => {
  const [reason, setReason] = useState('');
  const field = useId();
  const propose = usePropose(onClose);
  const ready = change !== null && reason.trim().length >= 4;
  return (
    <Modal
      open
      title={title}
      width={width}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={[
        <Button key="no" onClick={onClose} disabled={propose.isPending}>
          取消
        </Button>,
        <Button
          key="yes"
          type="primary"
          disabled={!ready}
          loading={propose.isPending}
          onClick={() => change && propose.mutate({ change, reason })}
        >
          提交申请
        </Button>,
      ]}
    >
      {children}
      <div className={styles.field}>
        <label htmlFor={field}>申请理由</label>
        <Input.TextArea
          id={field}
          rows={2}
          maxLength={200}
          showCount
          value={reason}
          placeholder="例如：岗位调整，见某某号通知（至少 4 个字）"
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      {propose.error && <FailurePanel error={propose.error} />}
    </Modal>
  );
};

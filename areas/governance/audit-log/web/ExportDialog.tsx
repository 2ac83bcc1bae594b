import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { formatNumber } from '#web-kit/format.ts';
import type { EntryFilter } from '../model/audit-views.ts';
import styles from './audit-log.module.css';
import { choicesQuery, countQuery, saveExport } from './audit-log-api.ts';
import { countText } from './log-search.ts';

const shortest = 4;

/** Asks why the log is to be exported, and says how much will be in the file and what is written into it. */
export const ExportDialog = ({ filter, onClose }: { filter: EntryFilter; onClose: () => void }) => {
  const label = useId();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const { data: counted } = useQuery(countQuery(filter));
  const { data: choices } = useQuery(choicesQuery);
  const save = useMutation({ mutationFn: () => saveExport(filter, reason.trim()), onSuccess: onClose });
  const short = reason.trim().length < shortest;
  const go = (): void => {
    setTried(true);
    if (!short) save.mutate();
  };
  return (
    <Modal
      open
      title="导出日志"
      okText="导出"
      cancelText="取消"
      confirmLoading={save.isPending}
      onOk={go}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {save.error && (
        <Alert type="error" showIcon title={failureOf(save.error).message} className={styles.note ?? ''} />
      )}
      <p className={styles.note}>
        按当前条件共 {counted ? countText(counted.count, counted.more) : '…'}，一次至多导出{' '}
        {choices ? formatNumber(choices.exportRows) : '…'}{' '}
        行，由近及远。文件首行写明您的姓名、账号、时间和事由，本次导出记入日志。
      </p>
      <label htmlFor={label}>事由</label>
      <Input.TextArea
        id={label}
        autoFocus
        rows={3}
        style={{ marginBottom: 24 }}
        maxLength={200}
        showCount
        value={reason}
        status={tried && short ? 'error' : ''}
        onChange={({ target }) => setReason(target.value)}
      />
      {tried && short && <p className={styles.fault}>请写明事由，不少于 {shortest} 个字</p>}
    </Modal>
  );
};

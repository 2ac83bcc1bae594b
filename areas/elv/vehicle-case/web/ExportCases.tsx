import DownloadOutlined from '@ant-design/icons/DownloadOutlined';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Button, DatePicker, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { clientOf } from '#kernel/contract/client.ts';
import { failureOf, transport } from '#web-kit/api.ts';
import { formatNumber } from '#web-kit/format.ts';
import { newKey } from '#web-kit/new-key.ts';
import { may, useSession } from '#web-kit/session.tsx';
import {
  caseExportContract,
  mostExported,
  mostExportedInBulk,
  shortestReason,
} from '../../case-export/model/case-export.contract.ts';
import styles from './case-list.module.css';
import { type CaseListSearch, filterOf } from './case-list-search.ts';

interface Shown {
  readonly search: CaseListSearch;
  /** How many cases the list finds; unknown while it is asked. */
  readonly total: number | undefined;
}

const exportApi = clientOf(caseExportContract, transport);

type Days = readonly [from: string, to: string] | undefined;

/** The conditions of the list as they stand, without its order and page, and the days chosen here. */
const exportedBy = (search: CaseListSearch, days: Days) => {
  const { sort: _sort, page: _page, size: _size, ...filter } = filterOf(search);
  return { ...filter, ...(days ? { openedFrom: days[0], openedTo: days[1] } : {}) };
};

const ExportDialog = ({ search, total, onClose }: Shown & { onClose: () => void }) => {
  const bulk = may(useSession(), 'elv.vehicle-case:exportInBulk');
  const [reasonLabel, daysLabel] = [useId(), useId()];
  const [reason, setReason] = useState('');
  const [days, setDays] = useState<Days>();
  const [tried, setTried] = useState(false);
  // One opening of the dialog is one export, however often it is sent.
  const [key] = useState(newKey);
  const navigate = useNavigate();
  const ask = useMutation({
    mutationFn: () => {
      const input = { key, filter: exportedBy(search, days), reason: reason.trim() };
      return bulk ? exportApi.exportInBulk(input) : exportApi.exportCases(input);
    },
    onSuccess: ({ id }) => navigate({ to: '/elv/vehicle-case-exports', search: { save: id } }),
  });
  const short = reason.trim().length < shortestReason;
  const go = (): void => {
    setTried(true);
    if (!short) ask.mutate();
  };
  return (
    <Modal
      open
      title="导出案卷列表"
      okText="导出"
      cancelText="取消"
      confirmLoading={ask.isPending}
      onOk={go}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {ask.error && <Alert type="error" showIcon title={failureOf(ask.error).message} />}
      <p>
        按列表当前的筛选条件{total === undefined ? '' : `，共 ${formatNumber(total)} 件`}。一次至多导出{' '}
        {formatNumber(bulk ? mostExportedInBulk : mostExported)}{' '}
        件，超过时请选定受理日期分次导出。文件在后台生成，在“我的导出”里查看和下载。文件首行写明您的姓名、账号、时间和事由，本次导出记入日志。
      </p>
      <div className={styles.exportForm}>
        <label htmlFor={daysLabel}>受理日期（不选为全部）</label>
        <DatePicker.RangePicker
          id={{ start: daysLabel }}
          onChange={(_, texts) => setDays(texts?.[0] && texts[1] ? [texts[0], texts[1]] : undefined)}
        />
        <label htmlFor={reasonLabel}>事由</label>
        <Input.TextArea
          id={reasonLabel}
          autoFocus
          rows={3}
          maxLength={200}
          showCount
          value={reason}
          status={tried && short ? 'error' : ''}
          onChange={({ target }) => setReason(target.value)}
        />
      </div>
      {tried && short && <p className={styles.exportFault}>请写明事由，不少于 {shortestReason} 个字</p>}
    </Modal>
  );
};

/** Takes the list along as a workbook; shown to those who may. Source: tender R14, R43. */
export const ExportCases = (shown: Shown) => {
  const session = useSession();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  if (!may(session, 'elv.vehicle-case:export')) return null;
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden />} onClick={() => setOpen(true)}>
        导出
      </Button>
      <Button onClick={() => void navigate({ to: '/elv/vehicle-case-exports', search: {} })}>我的导出</Button>
      {open && <ExportDialog {...shown} onClose={() => setOpen(false)} />}
    </>
  );
};

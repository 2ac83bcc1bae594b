import DownloadOutlined from '@ant-design/icons/DownloadOutlined';
import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { ReasonDialog } from '#web-kit/ReasonDialog.tsx';
import { saveFile } from '#web-kit/save-file.ts';
import { may, useSession } from '#web-kit/session.tsx';
import { practitionerContract } from '../model/practitioner.contract.ts';
import { filterOf, type PractitionerSearch } from './practitioner-search.ts';

const ExportDialog = ({ search, close }: { search: PractitionerSearch; close: () => void }) => {
  const [reason, setReason] = useState('');
  const { message } = App.useApp();
  const { sort: _sort, page: _page, size: _size, ...filter } = filterOf(search);
  const save = useMutation({
    mutationFn: () => saveFile(practitionerContract.exportPeople, { filter, reason: reason.trim() }, '从业人员.xlsx'),
    onSuccess: () => {
      message.success('已导出，文件在浏览器的下载内容中');
      close();
    },
  });
  return (
    <ReasonDialog
      question={{
        title: '导出从业人员',
        consequence: '按列表当前的筛选条件导出；文件首行写明您的姓名、账号、时间和事由，本次导出记入日志。',
        ask: 'reason',
        tone: 'primary',
        templates: ['年度核对人员名单', '配合检查'],
      }}
      reason={reason}
      setReason={setReason}
      busy={save.isPending}
      failure={save.error ? failureOf(save.error) : null}
      notes={[]}
      confirm={() => save.mutate()}
      close={close}
    />
  );
};

/** Takes the list along as a workbook; shown to those who may. Source: tender R43, T2.10. */
export const ExportPractitioners = ({ search }: { search: PractitionerSearch }) => {
  const session = useSession();
  const [open, setOpen] = useState(false);
  if (!may(session, 'elv.practitioner:export')) return null;
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden />} onClick={() => setOpen(true)}>
        导出
      </Button>
      {open && <ExportDialog search={search} close={() => setOpen(false)} />}
    </>
  );
};

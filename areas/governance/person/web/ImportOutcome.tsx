import DownloadOutlined from '@ant-design/icons/DownloadOutlined';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { ImportFindings } from '#practices/workbook/web/ImportFindings.tsx';
import { ImportSheet } from '#practices/workbook/web/ImportSheet.tsx';
import styles from '#practices/workbook/web/import.module.css';
import { formatNumber } from '#web-kit/format.ts';
import { saveFile } from '#web-kit/save-file.ts';
import { type ImportView, personImportContract } from '../model/person-import.contract.ts';
import { importApi, importQuery, peopleKey } from './person-api.ts';

const useAccept = (view: ImportView) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rows: 'all' | 'good') => importApi.accept({ importId: view.id, rows }),
    onSuccess: async (after) => {
      await client.invalidateQueries({ queryKey: peopleKey });
      client.setQueryData(importQuery(view.id).queryKey, after);
    },
    // A line lost on the way leaves open whether everybody was entered: the import itself knows.
    onError: () => client.invalidateQueries(importQuery(view.id)),
  });
};

const Checked = ({ view }: { view: ImportView }) => {
  const accept = useAccept(view);
  const whole = view.good === view.total;
  return (
    <ImportSheet label="预检结果" title="预检结果" error={accept.error}>
      <ImportFindings view={view} />
      <div className={styles.formEnd}>
        <span className={styles.quiet}>全部账号一次开通；中途出错则一个也不开</span>
        {whole ? (
          <Button type="primary" loading={accept.isPending} onClick={() => accept.mutate('all')}>
            导入全部 {formatNumber(view.good)} 人
          </Button>
        ) : (
          <Button disabled={view.good === 0} loading={accept.isPending} onClick={() => accept.mutate('good')}>
            只导入没有错误的 {formatNumber(view.good)} 人
          </Button>
        )}
      </div>
    </ImportSheet>
  );
};

const Opened = ({ view }: { view: ImportView }) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const fetchPasswords = useMutation({
    mutationFn: () => saveFile(personImportContract.passwords, { importId: view.id }, '初始密码.xlsx'),
    onSettled: () => client.invalidateQueries(importQuery(view.id)),
  });
  const forget = useMutation({
    mutationFn: () => importApi.forgetPasswords({ importId: view.id }),
    onSettled: () => client.invalidateQueries(importQuery(view.id)),
  });
  return (
    <ImportSheet
      label="导入结果"
      title={`已开通 ${formatNumber(view.opened)} 个账号`}
      error={fetchPasswords.error ?? forget.error}
    >
      {view.passwordsWaiting ? (
        <Alert
          type="warning"
          showIcon
          title="初始密码加密保存一天；下载并打开核对后请立即清除。请妥善交付本人，首次登录必须修改。平台人员的只有前半段，须经安全管理员批准。"
        />
      ) : (
        <p className={styles.quiet}>初始密码已清除或已过期；没有拿到的请在用户页面逐人重置密码。</p>
      )}
      <div className={styles.formEnd}>
        <Button onClick={() => void navigate({ to: '/governance/people' })}>查看用户列表</Button>
        {view.passwordsWaiting && (
          <Button
            disabled={!fetchPasswords.isSuccess}
            title={fetchPasswords.isSuccess ? undefined : '请先下载并保存'}
            loading={forget.isPending}
            onClick={() => forget.mutate()}
          >
            已妥善保存，清除
          </Button>
        )}
        {view.passwordsWaiting && (
          <Button
            type="primary"
            icon={<DownloadOutlined aria-hidden />}
            loading={fetchPasswords.isPending}
            onClick={() => fetchPasswords.mutate()}
          >
            下载初始密码
          </Button>
        )}
      </div>
    </ImportSheet>
  );
};

/** What became of an uploaded file. */
export const ImportOutcome = ({ view }: { view: ImportView }) =>
  view.opened === null ? <Checked view={view} /> : <Opened view={view} />;

import DownloadOutlined from '@ant-design/icons/DownloadOutlined';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { failureOf } from '#web-kit/api.ts';
import { formatNumber } from '#web-kit/format.ts';
import { saveFile } from '#web-kit/save-file.ts';
import { type ImportView, personImportContract } from '../model/person-import.contract.ts';
import styles from './person.module.css';
import { importApi, importQuery, peopleKey } from './person-api.ts';

const Faults = ({ view }: { view: ImportView }) => (
  <div className={styles.faults}>
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col" style={{ width: 80 }}>
            行
          </th>
          <th scope="col" style={{ width: 140 }}>
            列
          </th>
          <th scope="col">错误</th>
        </tr>
      </thead>
      <tbody>
        {view.faults.map(({ line, column, message }) => (
          <tr key={`${line} ${column} ${message}`}>
            <td>{line}</td>
            <td>{column}</td>
            <td>{message}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

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
  const bad = view.total - view.good;
  return (
    <section className={styles.sheet} aria-label="预检结果">
      <h2 className={styles.sheetTitle}>预检结果</h2>
      {accept.error && (
        <div className={styles.refused}>
          <Alert type="error" showIcon title={failureOf(accept.error).message} />
        </div>
      )}
      <div className={styles.counts}>
        <span>
          共 <strong>{formatNumber(view.total)}</strong> 行
        </span>
        <span>
          可导入 <strong>{formatNumber(view.good)}</strong> 行
        </span>
        <span className={bad > 0 ? styles.faulty : ''}>
          有错误 <strong>{formatNumber(bad)}</strong> 行，{formatNumber(view.faultCount)} 处
        </span>
      </div>
      {view.faults.length > 0 && <Faults view={view} />}
      {view.faultCount > view.faults.length && (
        <p className={styles.note}>只列出前 {formatNumber(view.faults.length)} 处错误，改正后重新上传再看其余</p>
      )}
      <div className={styles.formEnd}>
        <span className={styles.note}>全部账号一次开通；中途出错则一个也不开</span>
        {bad === 0 ? (
          <Button type="primary" loading={accept.isPending} onClick={() => accept.mutate('all')}>
            导入全部 {formatNumber(view.good)} 人
          </Button>
        ) : (
          <Button disabled={view.good === 0} loading={accept.isPending} onClick={() => accept.mutate('good')}>
            只导入没有错误的 {formatNumber(view.good)} 人
          </Button>
        )}
      </div>
    </section>
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
  const failed = fetchPasswords.error ?? forget.error;
  return (
    <section className={styles.sheet} aria-label="导入结果">
      <h2 className={styles.sheetTitle}>已开通 {formatNumber(view.opened)} 个账号</h2>
      {failed && (
        <div className={styles.refused}>
          <Alert type="error" showIcon title={failureOf(failed).message} />
        </div>
      )}
      {view.passwordsWaiting ? (
        <Alert
          type="warning"
          showIcon
          title="初始密码加密保存一天；下载并打开核对后请立即清除。请妥善交付本人，首次登录必须修改。平台人员的只有前半段，须经安全管理员批准。"
        />
      ) : (
        <p className={styles.note}>初始密码已清除或已过期；没有拿到的请在用户页面逐人重置密码。</p>
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
            icon={<DownloadOutlined />}
            loading={fetchPasswords.isPending}
            onClick={() => fetchPasswords.mutate()}
          >
            下载初始密码
          </Button>
        )}
      </div>
    </section>
  );
};

/** What became of an uploaded file. */
export const ImportOutcome = ({ view }: { view: ImportView }) =>
  view.opened === null ? <Checked view={view} /> : <Opened view={view} />;

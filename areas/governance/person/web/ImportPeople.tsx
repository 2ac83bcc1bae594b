import DownloadOutlined from '@ant-design/icons/DownloadOutlined';
import UploadOutlined from '@ant-design/icons/UploadOutlined';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useRef } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatNumber } from '#web-kit/format.ts';
import { newKey } from '#web-kit/new-key.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { uploadFile } from '#web-kit/upload.ts';
import { type ImportView, importView, mostImportRows } from '../model/person-import.contract.ts';
import { ImportOutcome } from './ImportOutcome.tsx';
import styles from './person.module.css';
import { importQuery } from './person-api.ts';
import { importPeopleRoute } from './routes.tsx';

const templateAddress = '/api/governance/people-imports/template';

const useCheck = () => {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async (file: File): Promise<ImportView> =>
      importView.parse(await uploadFile(`/api/governance/people-imports?key=${newKey()}`, file, () => undefined)),
    onSuccess: (view) => {
      client.setQueryData(importQuery(view.id).queryKey, view);
      void navigate({ to: '/governance/people/import', search: { id: view.id }, replace: true });
    },
  });
};

const Upload = ({ again }: { again: boolean }) => {
  const chooser = useRef<HTMLInputElement>(null);
  const check = useCheck();
  return (
    <section className={styles.sheet} aria-label="上传">
      <h2 className={styles.sheetTitle}>{again ? '改正后重新上传' : '上传填好的模板'}</h2>
      {check.error && (
        <div className={styles.refused}>
          <Alert type="error" showIcon title={failureOf(check.error).message} />
        </div>
      )}
      {!again && (
        <ol className={styles.way}>
          <li>下载模板，按“填写说明”逐行填写</li>
          <li>上传预检：逐行列出错误，不开账号</li>
          <li>确认后一次开通全部账号，下载初始密码（只能下载一次）</li>
        </ol>
      )}
      <div className={styles.row}>
        <Button icon={<DownloadOutlined />} href={templateAddress}>
          下载模板
        </Button>
        <input
          ref={chooser}
          type="file"
          hidden
          tabIndex={-1}
          aria-hidden
          accept=".xlsx"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) check.mutate(file);
            // The same file chosen again must be noticed again.
            target.value = '';
          }}
        />
        <Button
          type={again ? 'default' : 'primary'}
          icon={<UploadOutlined />}
          loading={check.isPending}
          onClick={() => chooser.current?.click()}
        >
          选择文件并预检
        </Button>
        <span className={styles.note}>.xlsx，至多 {formatNumber(mostImportRows)} 行</span>
      </div>
    </section>
  );
};

/** Entering many people from a workbook: looked through first, then opened all at once or not at all. Source: tender R42. */
export const ImportPeople = () => {
  const { id } = importPeopleRoute.useSearch();
  const { data, error } = useQuery({ ...importQuery(id ?? ''), enabled: id !== undefined });
  return (
    <div className={styles.page}>
      <PageHeader title="从 Excel 导入用户" note={data?.fileName} />
      <div className={styles.steps}>
        {error && <FailurePanel error={error} />}
        {data && <ImportOutcome key={data.id} view={data} />}
        {data?.opened == null && <Upload again={data !== undefined} />}
      </div>
    </div>
  );
};

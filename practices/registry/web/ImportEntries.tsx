import DownloadOutlined from '@ant-design/icons/DownloadOutlined';
import UploadOutlined from '@ant-design/icons/UploadOutlined';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useRef } from 'react';
import { addressOf } from '#kernel/contract/client.ts';
import { failureOf } from '#web-kit/api.ts';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatNumber } from '#web-kit/format.ts';
import { newKey } from '#web-kit/new-key.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { uploadFile } from '#web-kit/upload.ts';
import { type EntryImportView, entryImportView, mostImportRows } from '../model/registry-import.contract.ts';
import { ImportOutcome } from './ImportOutcome.tsx';
import styles from './registry.module.css';
import { importQuery, type RegistryWeb } from './registry-web.ts';

const useCheck = (registry: RegistryWeb) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { url } = addressOf(registry.importContract.check, { key: '' });
  return useMutation({
    mutationFn: async (file: File): Promise<EntryImportView> =>
      entryImportView.parse(await uploadFile(`${url.split('?')[0]}?key=${newKey()}`, file, () => undefined)),
    onSuccess: (view) => {
      client.setQueryData(importQuery(registry, view.id).queryKey, view);
      void navigate({ ...registry.places.imports?.(view.id), replace: true });
    },
  });
};

const Way = () => (
  <ol className={styles.way}>
    <li>下载模板，按“填写说明”逐行填写</li>
    <li>上传预检：逐行逐列列出错误，不导入任何内容</li>
    <li>确认后导入：没有登记过的单位随之登记，全部企业转初审，初审、复审由其他人员办理</li>
  </ol>
);

const Upload = ({ registry, again }: { registry: RegistryWeb; again: boolean }) => {
  const chooser = useRef<HTMLInputElement>(null);
  const check = useCheck(registry);
  return (
    <section className={styles.sheet} aria-label="上传">
      <h2 className={styles.sheetTitle}>{again ? '改正后重新上传' : '上传填好的模板'}</h2>
      {check.error && (
        <div className={styles.refused}>
          <Alert type="error" showIcon title={failureOf(check.error).message} />
        </div>
      )}
      {!again && <Way />}
      <div className={styles.row}>
        <Button icon={<DownloadOutlined />} href={addressOf(registry.importContract.template, {}).url}>
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
        <span className={styles.quiet}>.xlsx，至多 {formatNumber(mostImportRows)} 行</span>
      </div>
    </section>
  );
};

/** Entering many enterprises from a workbook: looked through first, then entered and submitted all at once or not at all. Source: tender R49. */
export const ImportEntries = ({ registry, importId }: { registry: RegistryWeb; importId: string | undefined }) => {
  const { data, error } = useQuery({ ...importQuery(registry, importId ?? ''), enabled: importId !== undefined });
  return (
    <div className={styles.page}>
      <PageHeader title={`从 Excel 导入${registry.profile.subject}`} note={data?.fileName} />
      <div className={styles.sheets}>
        {error && <FailurePanel error={error} />}
        {data && <ImportOutcome key={data.id} registry={registry} view={data} />}
        {data?.entered == null && <Upload registry={registry} again={data !== undefined} />}
      </div>
    </div>
  );
};

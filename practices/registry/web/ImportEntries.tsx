import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { addressOf } from '#kernel/contract/client.ts';
import { ImportUpload } from '#practices/workbook/web/ImportUpload.tsx';
import styles from '#practices/workbook/web/import.module.css';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { newKey } from '#web-kit/new-key.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { uploadFile } from '#web-kit/upload.ts';
import { type EntryImportView, entryImportView, mostImportRows } from '../model/registry-import.contract.ts';
import { ImportOutcome } from './ImportOutcome.tsx';
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

const way = [
  '下载模板，按“填写说明”逐行填写',
  '上传预检：逐行逐列列出错误，不导入任何内容',
  '确认后导入：没有登记过的单位随之登记，全部企业转初审，初审、复审由其他人员办理',
];

const Upload = ({ registry, again }: { registry: RegistryWeb; again: boolean }) => (
  <ImportUpload
    again={again}
    way={way}
    templateUrl={addressOf(registry.importContract.template, {}).url}
    mostRows={mostImportRows}
    check={useCheck(registry)}
  />
);

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

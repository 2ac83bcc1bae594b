import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ImportUpload } from '#practices/workbook/web/ImportUpload.tsx';
import styles from '#practices/workbook/web/import.module.css';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { newKey } from '#web-kit/new-key.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { uploadFile } from '#web-kit/upload.ts';
import { type ImportView, importView, mostImportRows } from '../model/person-import.contract.ts';
import { ImportOutcome } from './ImportOutcome.tsx';
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

const way = [
  '下载模板，按“填写说明”逐行填写',
  '上传预检：逐行列出错误，不开账号',
  '确认后一次开通全部账号，下载初始密码（只能下载一次）',
];

/** Entering many people from a workbook: looked through first, then opened all at once or not at all. Source: tender R42. */
export const ImportPeople = () => {
  const { id } = importPeopleRoute.useSearch();
  const { data, error } = useQuery({ ...importQuery(id ?? ''), enabled: id !== undefined });
  const check = useCheck();
  return (
    <div className={styles.page}>
      <PageHeader title="从 Excel 导入用户" note={data?.fileName} />
      <div className={styles.sheets}>
        {error && <FailurePanel error={error} />}
        {data && <ImportOutcome key={data.id} view={data} />}
        {data?.opened == null && (
          <ImportUpload
            again={data !== undefined}
            way={way}
            templateUrl={templateAddress}
            mostRows={mostImportRows}
            check={check}
          />
        )}
      </div>
    </div>
  );
};

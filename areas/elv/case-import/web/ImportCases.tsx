import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { addressOf } from '#kernel/contract/client.ts';
import { ImportSheet } from '#practices/workbook/web/ImportSheet.tsx';
import { ImportUpload } from '#practices/workbook/web/ImportUpload.tsx';
import styles from '#practices/workbook/web/import.module.css';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatMoment, formatNumber } from '#web-kit/format.ts';
import { newKey } from '#web-kit/new-key.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { uploadFile } from '#web-kit/upload.ts';
import {
  type CaseImportView,
  caseImportContract,
  caseImportView,
  type ImportLine,
  mostImportedCases,
} from '../model/case-import.contract.ts';
import { importQuery, importsQuery } from './case-import-api.ts';
import { ImportOutcome } from './ImportOutcome.tsx';
import { importCasesRoute } from './routes.tsx';

const way = [
  '下载模板，每行填一辆车；自己的业务系统能导出的，改成模板的列名即可',
  '上传预检：逐行逐列列出错误，不新建任何案卷',
  '确认后逐辆新建受理，随即向公安、实名认证等系统核验；证件照片在各案卷里上传',
];

const useCheck = () => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { url } = addressOf(caseImportContract.checkImport, { key: '' });
  return useMutation({
    mutationFn: async (file: File): Promise<CaseImportView> =>
      caseImportView.parse(await uploadFile(`${url.split('?')[0]}?key=${newKey()}`, file, () => undefined)),
    onSuccess: (view) => {
      client.setQueryData(importQuery(view.id).queryKey, view);
      void client.invalidateQueries({ queryKey: importsQuery.queryKey });
      void navigate({ to: '/elv/vehicle-cases/import', search: { id: view.id }, replace: true });
    },
  });
};

const stateTitles: Readonly<Record<ImportLine['state'], string>> = {
  checked: '已预检，待确认',
  opening: '正在新建',
  halted: '已中断',
  done: '已完成',
  expired: '已过期',
};

const Earlier = ({ except }: { except: string | undefined }) => {
  const { data = [] } = useQuery(importsQuery);
  const others = data.filter(({ id }) => id !== except);
  if (others.length === 0) return null;
  return (
    <ImportSheet label="最近的导入" title="最近的导入">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">文件</th>
            <th scope="col" style={{ width: 160 }}>
              上传时间
            </th>
            <th scope="col" style={{ width: 150 }}>
              已新建 / 可导入
            </th>
            <th scope="col" style={{ width: 140 }}>
              状态
            </th>
          </tr>
        </thead>
        <tbody>
          {others.map(({ id, fileName, uploadedAt, opened, good, state }) => (
            <tr key={id}>
              <td>
                <Link to="/elv/vehicle-cases/import" search={{ id }}>
                  {fileName}
                </Link>
              </td>
              <td>{formatMoment(uploadedAt)}</td>
              <td>
                {formatNumber(opened)} / {formatNumber(good)}
              </td>
              <td>{stateTitles[state]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ImportSheet>
  );
};

/** Opening many cases from a workbook: looked through first, then opened in the background. Source: tender R01. */
export const ImportCases = () => {
  const { id } = importCasesRoute.useSearch();
  const { data, error } = useQuery({ ...importQuery(id ?? ''), enabled: id !== undefined });
  const check = useCheck();
  return (
    <div className={styles.page}>
      <PageHeader title="从 Excel 导入案卷" note={data?.fileName} />
      <div className={styles.sheets}>
        {error && <FailurePanel error={error} />}
        {data && <ImportOutcome key={data.id} view={data} />}
        {(data === undefined || data.state === 'checked' || data.state === 'expired') && (
          <ImportUpload
            again={data !== undefined}
            way={way}
            templateUrl={addressOf(caseImportContract.importTemplate, {}).url}
            mostRows={mostImportedCases}
            check={check}
          />
        )}
        <Earlier except={id} />
      </div>
    </div>
  );
};

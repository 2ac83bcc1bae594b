import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { addressOf } from '#kernel/contract/client.ts';
import { ImportFindings } from '#practices/workbook/web/ImportFindings.tsx';
import { ImportSheet } from '#practices/workbook/web/ImportSheet.tsx';
import { ImportUpload } from '#practices/workbook/web/ImportUpload.tsx';
import styles from '#practices/workbook/web/import.module.css';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatNumber } from '#web-kit/format.ts';
import { newKey } from '#web-kit/new-key.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { uploadFile } from '#web-kit/upload.ts';
import {
  mostImportRows,
  type PractitionerImportView,
  practitionerImportContract,
  practitionerImportView,
} from '../model/practitioner-import.contract.ts';
import { practitionerImportQuery, practitionerImports, practitionersKey } from './practitioner-api.ts';

const way = [
  '下载模板，按“填写说明”逐行填写；每人可以带一份证书',
  '上传预检：逐行逐列列出错误，不导入任何内容',
  '确认后导入：可以全部导入，也可以只导入没有错误的行',
];

const useCheck = () => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { url } = addressOf(practitionerImportContract.check, { key: '' });
  return useMutation({
    mutationFn: async (file: File): Promise<PractitionerImportView> =>
      practitionerImportView.parse(await uploadFile(`${url.split('?')[0]}?key=${newKey()}`, file, () => undefined)),
    onSuccess: (view) => {
      client.setQueryData(practitionerImportQuery(view.id).queryKey, view);
      void navigate({ to: '/elv/practitioners/import', search: { id: view.id }, replace: true });
    },
  });
};

const Checked = ({ view }: { view: PractitionerImportView }) => {
  const client = useQueryClient();
  const { queryKey } = practitionerImportQuery(view.id);
  const accept = useMutation({
    mutationFn: (rows: 'all' | 'good') => practitionerImports.accept({ importId: view.id, rows }),
    onSuccess: async (after) => {
      await client.invalidateQueries({ queryKey: practitionersKey });
      client.setQueryData(queryKey, after);
    },
    // A line lost on the way leaves open whether everybody was entered: the import itself knows.
    onError: () => client.invalidateQueries({ queryKey }),
  });
  return (
    <ImportSheet label="预检结果" title="预检结果" error={accept.error}>
      <ImportFindings view={view} />
      <div className={styles.formEnd}>
        <span className={styles.quiet}>一次导入；中途出错则一行也不导入。行数多时需要等待</span>
        {view.good === view.total ? (
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

const Entered = ({ view }: { view: PractitionerImportView }) => {
  const navigate = useNavigate();
  return (
    <ImportSheet label="导入结果" title={`已导入 ${formatNumber(view.entered ?? 0)} 人`}>
      <p className={styles.quiet}>证书图片、其余证书和培训请在人员页面登记。</p>
      <div className={styles.formEnd}>
        <Button onClick={() => void navigate({ to: '/elv/practitioners/import' })}>再导入一份</Button>
        <Button type="primary" onClick={() => void navigate({ to: '/elv/practitioners' })}>
          查看从业人员
        </Button>
      </div>
    </ImportSheet>
  );
};

/** Entering an enterprise's people from a workbook: looked through first, then all lines or those that are right. Source: tender T2.10. */
export const ImportPractitioners = ({ importId }: { importId: string | undefined }) => {
  const { data, error } = useQuery({ ...practitionerImportQuery(importId ?? ''), enabled: importId !== undefined });
  const check = useCheck();
  return (
    <div className={styles.page}>
      <PageHeader title="从 Excel 导入从业人员" note={data?.fileName} />
      <div className={styles.sheets}>
        {error && <FailurePanel error={error} />}
        {data && (data.entered === null ? <Checked key={data.id} view={data} /> : <Entered view={data} />)}
        {data?.entered == null && (
          <ImportUpload
            again={data !== undefined}
            way={way}
            templateUrl={addressOf(practitionerImportContract.template, {}).url}
            mostRows={mostImportRows}
            check={check}
          />
        )}
      </div>
    </div>
  );
};

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Button, Progress } from 'antd';
import { useEffect } from 'react';
import { ImportFindings } from '#practices/workbook/web/ImportFindings.tsx';
import { ImportSheet } from '#practices/workbook/web/ImportSheet.tsx';
import styles from '#practices/workbook/web/import.module.css';
import { formatNumber } from '#web-kit/format.ts';
import type { CaseImportView } from '../model/case-import.contract.ts';
import { importApi, importQuery } from './case-import-api.ts';

/** Accepts an import, or goes on with a halted one. */
const useAccept = (view: CaseImportView) => {
  const client = useQueryClient();
  const { queryKey } = importQuery(view.id);
  return useMutation({
    mutationFn: (rows: 'all' | 'good') => importApi.acceptImport({ importId: view.id, rows }),
    onSuccess: (after) => client.setQueryData(queryKey, after),
    // A line lost on the way leaves open whether it has begun: the import itself knows.
    onError: () => client.invalidateQueries({ queryKey }),
  });
};

const Checked = ({ view }: { view: CaseImportView }) => {
  const accept = useAccept(view);
  const whole = view.good === view.total;
  return (
    <ImportSheet label="预检结果" title="预检结果" error={accept.error}>
      <ImportFindings view={view} />
      <div className={styles.formEnd}>
        <span className={styles.quiet}>确认后在后台逐辆新建，可以离开本页；每行只新建一次</span>
        <Button
          type={whole ? 'primary' : 'default'}
          disabled={view.good === 0}
          loading={accept.isPending}
          onClick={() => accept.mutate(whole ? 'all' : 'good')}
        >
          {whole ? `新建全部 ${formatNumber(view.good)} 件案卷` : `只新建没有错误的 ${formatNumber(view.good)} 件`}
        </Button>
      </div>
    </ImportSheet>
  );
};

const partOf = ({ opened, good }: CaseImportView): number => Math.floor((opened / Math.max(good, 1)) * 100);

const Opening = ({ view }: { view: CaseImportView }) => (
  <ImportSheet label="导入进度" title={`正在新建案卷：${formatNumber(view.opened)} / ${formatNumber(view.good)}`}>
    <Progress percent={partOf(view)} aria-label="导入进度" />
    <p className={styles.quiet}>可以离开本页，回来时从“最近的导入”进入；新建好的案卷已在案卷列表中。</p>
  </ImportSheet>
);

const Halted = ({ view }: { view: CaseImportView }) => {
  const accept = useAccept(view);
  return (
    <ImportSheet
      label="导入中断"
      title={`已新建 ${formatNumber(view.opened)} 件，还有 ${formatNumber(view.good - view.opened)} 件没有新建`}
      error={accept.error}
    >
      <Alert type="warning" showIcon title={view.haltedBecause} />
      <div className={styles.formEnd}>
        <Button type="primary" loading={accept.isPending} onClick={() => accept.mutate('good')}>
          继续导入
        </Button>
      </div>
    </ImportSheet>
  );
};

const Done = ({ view }: { view: CaseImportView }) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ['elv', 'vehicle-case', 'lists'] });
  }, [client]);
  return (
    <ImportSheet label="导入结果" title={`已新建 ${formatNumber(view.opened)} 件案卷`}>
      <p className={styles.quiet}>请在各案卷里上传证件照片、补齐没有填的内容，然后提交受理。</p>
      <div className={styles.formEnd}>
        <Button onClick={() => void navigate({ to: '/elv/vehicle-cases/import', search: {} })}>再导入一份</Button>
        <Button
          type="primary"
          onClick={() => void navigate({ to: '/elv/vehicle-cases', search: { state: ['intake'] } })}
        >
          查看待提交的案卷
        </Button>
      </div>
    </ImportSheet>
  );
};

const Expired = () => (
  <ImportSheet label="导入结果" title="预检已超过一天，没有新建案卷">
    <p className={styles.quiet}>请重新上传文件。</p>
  </ImportSheet>
);

/** What became of an uploaded file of cases. */
export const ImportOutcome = ({ view }: { view: CaseImportView }) => {
  switch (view.state) {
    case 'checked':
      return <Checked view={view} />;
    case 'opening':
      return <Opening view={view} />;
    case 'halted':
      return <Halted view={view} />;
    case 'done':
      return <Done view={view} />;
    case 'expired':
      return <Expired />;
  }
};

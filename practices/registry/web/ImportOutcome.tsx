import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { ImportFindings } from '#practices/workbook/web/ImportFindings.tsx';
import { ImportSheet } from '#practices/workbook/web/ImportSheet.tsx';
import styles from '#practices/workbook/web/import.module.css';
import { formatNumber } from '#web-kit/format.ts';
import type { EntryImportView } from '../model/registry-import.contract.ts';
import { importQuery, listsKey, type RegistryWeb } from './registry-web.ts';

const useAccept = (registry: RegistryWeb, view: EntryImportView) => {
  const client = useQueryClient();
  const { queryKey } = importQuery(registry, view.id);
  return useMutation({
    mutationFn: (rows: 'all' | 'good') => registry.imports.accept({ importId: view.id, rows }),
    onSuccess: async (after) => {
      await client.invalidateQueries({ queryKey: listsKey(registry) });
      client.setQueryData(queryKey, after);
    },
    // A line lost on the way leaves open whether everybody was entered: the import itself knows.
    onError: () => client.invalidateQueries({ queryKey }),
  });
};

const Checked = ({ registry, view }: { registry: RegistryWeb; view: EntryImportView }) => {
  const accept = useAccept(registry, view);
  const whole = view.good === view.total;
  return (
    <ImportSheet label="预检结果" title="预检结果" error={accept.error}>
      <ImportFindings view={view}>
        {view.newOrganisations > 0 && (
          <span>
            其中新登记单位 <strong>{formatNumber(view.newOrganisations)}</strong> 家
          </span>
        )}
      </ImportFindings>
      <div className={styles.formEnd}>
        <span className={styles.quiet}>一次全部导入；中途出错则一家也不导入。行数多时需要等待</span>
        {whole ? (
          <Button type="primary" loading={accept.isPending} onClick={() => accept.mutate('all')}>
            导入全部 {formatNumber(view.good)} 家并提交初审
          </Button>
        ) : (
          <Button disabled={view.good === 0} loading={accept.isPending} onClick={() => accept.mutate('good')}>
            只导入没有错误的 {formatNumber(view.good)} 家
          </Button>
        )}
      </div>
    </ImportSheet>
  );
};

const Entered = ({ registry, view }: { registry: RegistryWeb; view: EntryImportView }) => {
  const navigate = useNavigate();
  return (
    <ImportSheet label="导入结果" title={`已导入 ${formatNumber(view.entered)} 家，等待初审`}>
      <p className={styles.quiet}>法人信息正在逐家核验；初审、复审须由导入人以外的人员办理。</p>
      <div className={styles.formEnd}>
        <Button onClick={() => void navigate(registry.places.imports?.() ?? registry.places.list({}))}>
          再导入一份
        </Button>
        <Button type="primary" onClick={() => void navigate(registry.places.list({ state: ['firstReview'] }))}>
          查看待初审
        </Button>
      </div>
    </ImportSheet>
  );
};

/** What became of an uploaded file. */
export const ImportOutcome = ({ registry, view }: { registry: RegistryWeb; view: EntryImportView }) =>
  view.entered === null ? <Checked registry={registry} view={view} /> : <Entered registry={registry} view={view} />;

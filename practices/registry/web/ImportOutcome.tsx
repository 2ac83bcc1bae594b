import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { failureOf } from '#web-kit/api.ts';
import { formatNumber } from '#web-kit/format.ts';
import type { EntryImportView } from '../model/registry-import.contract.ts';
import styles from './registry.module.css';
import { importQuery, listsKey, type RegistryWeb } from './registry-web.ts';

const Faults = ({ view }: { view: EntryImportView }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
  <section className={styles.faults} tabIndex={0} aria-label="错误清单">
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col" style={{ width: 80 }}>
            行
          </th>
          <th scope="col" style={{ width: 180 }}>
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
  </section>
);

const Counts = ({ view }: { view: EntryImportView }) => {
  const bad = view.total - view.good;
  return (
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
      {view.newOrganisations > 0 && (
        <span>
          其中新登记单位 <strong>{formatNumber(view.newOrganisations)}</strong> 家
        </span>
      )}
    </div>
  );
};

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
    <section className={styles.sheet} aria-label="预检结果">
      <h2 className={styles.sheetTitle}>预检结果</h2>
      {accept.error && (
        <div className={styles.refused}>
          <Alert type="error" showIcon title={failureOf(accept.error).message} />
        </div>
      )}
      <Counts view={view} />
      {view.faults.length > 0 && <Faults view={view} />}
      {view.faultCount > view.faults.length && (
        <p className={styles.quiet}>只列出前 {formatNumber(view.faults.length)} 处错误，改正后重新上传再看其余</p>
      )}
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
    </section>
  );
};

const Entered = ({ registry, view }: { registry: RegistryWeb; view: EntryImportView }) => {
  const navigate = useNavigate();
  return (
    <section className={styles.sheet} aria-label="导入结果">
      <h2 className={styles.sheetTitle}>已导入 {formatNumber(view.entered)} 家，等待初审</h2>
      <p className={styles.quiet}>法人信息正在逐家核验；初审、复审须由导入人以外的人员办理。</p>
      <div className={styles.formEnd}>
        <Button onClick={() => void navigate(registry.places.imports?.() ?? registry.places.list({}))}>
          再导入一份
        </Button>
        <Button type="primary" onClick={() => void navigate(registry.places.list({ state: ['firstReview'] }))}>
          查看待初审
        </Button>
      </div>
    </section>
  );
};

/** What became of an uploaded file. */
export const ImportOutcome = ({ registry, view }: { registry: RegistryWeb; view: EntryImportView }) =>
  view.entered === null ? <Checked registry={registry} view={view} /> : <Entered registry={registry} view={view} />;

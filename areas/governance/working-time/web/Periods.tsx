import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import { longestPeriod, type PeriodView } from '../model/working-time.contract.ts';
import styles from './working-time.module.css';
import { periodsQuery, workingTimeApi } from './working-time-api.ts';

const units = { 'working-day': '个工作日', day: '天' } as const;

const Editor = ({ period, onDone }: { period: PeriodView; onDone: () => void }) => {
  const [value, setValue] = useState<number | null>(period.value ?? period.fallback);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (next: number | null) =>
      workingTimeApi.setPeriod({ setting: period.setting, was: period.value, value: next }),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries(periodsQuery),
  });
  return (
    <form
      className={styles.inline}
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== null) save.mutate(value);
      }}
    >
      <InputNumber
        autoFocus
        aria-label={`${period.title}，${units[period.unit]}`}
        min={1}
        max={longestPeriod}
        precision={0}
        value={value}
        onChange={setValue}
        style={{ width: 84 }}
      />
      <span>{units[period.unit]}</span>
      <Button type="primary" htmlType="submit" loading={save.isPending} disabled={value === null}>
        保存
      </Button>
      {period.value !== null && (
        <Button onClick={() => save.mutate(null)} disabled={save.isPending}>
          恢复预设
        </Button>
      )}
      <Button type="text" onClick={onDone}>
        取消
      </Button>
      {save.error && (
        <span role="alert" className={styles.fault}>
          {failureOf(save.error).message}
        </span>
      )}
    </form>
  );
};

const Line = ({ period, editable }: { period: PeriodView; editable: boolean }) => {
  const [editing, setEditing] = useState(false);
  const { title, area, unit, value, fallback, source, updatedAt, updatedBy } = period;
  return (
    <tr>
      <td>{area}</td>
      <td>{title}</td>
      <td className={styles.amount}>
        {editing ? (
          <Editor period={period} onDone={() => setEditing(false)} />
        ) : (
          <>
            <strong>{value ?? fallback}</strong> {units[unit]}
            {value === null ? (
              <span className={styles.second}>（预设）</span>
            ) : (
              <span className={styles.second}>（预设 {fallback}）</span>
            )}
            {editable && (
              <Button type="link" size="small" onClick={() => setEditing(true)} aria-label={`修改${title}`}>
                修改
              </Button>
            )}
          </>
        )}
      </td>
      <td className={styles.source}>{source}</td>
      <td>
        {updatedBy === null ? (
          <span className={styles.second}>未改动过</span>
        ) : (
          <>
            {updatedBy} <TimeText at={updatedAt} />
          </>
        )}
      </td>
    </tr>
  );
};

/** The periods within which each step must be done. Source: tender R44. */
export const Periods = () => {
  const editable = may(useSession(), 'governance.working-time:change');
  const { data, error, refetch } = useQuery(periodsQuery);
  return (
    <div className={styles.page}>
      <PageHeader title="办理期限" note="改动几秒内生效，对此后起算的期限有效；已在计算的期限不变" />
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : (
        <div className={styles.tableBox} aria-busy={data === undefined}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>领域</th>
                <th>期限</th>
                <th>时长</th>
                <th>依据</th>
                <th>最近修改</th>
              </tr>
            </thead>
            <tbody>
              {data?.map((period) => (
                <Line key={period.setting} period={period} editable={editable} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
};

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { formatNumber } from '#web-kit/format.ts';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { SettingView } from '../model/audit-views.ts';
import styles from './audit-log.module.css';
import { auditLogApi, settingsQuery } from './audit-log-api.ts';

const Editor = ({ setting, onDone }: { setting: SettingView; onDone: () => void }) => {
  const client = useQueryClient();
  const [value, setValue] = useState<number | null>(setting.value ?? setting.fallback);
  const save = useMutation({
    mutationFn: (next: number | null) =>
      auditLogApi.setSetting({ setting: setting.setting, was: setting.value, value: next }),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries(settingsQuery),
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
        aria-label={`${setting.title}，${setting.unit}`}
        min={setting.least}
        max={setting.most}
        precision={0}
        value={value}
        onChange={setValue}
        style={{ width: 96 }}
      />
      <span>{setting.unit}</span>
      <Button type="primary" htmlType="submit" size="small" loading={save.isPending} disabled={value === null}>
        保存
      </Button>
      {setting.value !== null && (
        <Button size="small" onClick={() => save.mutate(null)} disabled={save.isPending}>
          恢复预设
        </Button>
      )}
      <Button type="text" size="small" onClick={onDone}>
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

const Line = ({ setting, editable }: { setting: SettingView; editable: boolean }) => {
  const [editing, setEditing] = useState(false);
  const { title, unit, value, fallback, least, most, source, updatedAt, updatedBy } = setting;
  return (
    <tr>
      <td>{setting.rule ?? '日志保存'}</td>
      <td>{title}</td>
      <td>
        {editing ? (
          <Editor setting={setting} onDone={() => setEditing(false)} />
        ) : (
          <>
            <strong>{formatNumber(value ?? fallback)}</strong> {unit}
            <span className={styles.second}>{value === null ? '预设' : `预设 ${formatNumber(fallback)}`}</span>
            {editable && (
              <Button type="link" size="small" onClick={() => setEditing(true)} aria-label={`修改${title}`}>
                修改
              </Button>
            )}
          </>
        )}
      </td>
      <td className={styles.figure}>
        {formatNumber(least)}–{formatNumber(most)}
      </td>
      <td className={styles.wrap}>{source}</td>
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

/** How the log is kept and by which rules alerts arise; each change is an alert that another auditor handles. Source: tender R45. */
export const AuditSettings = () => {
  const editable = may(useSession(), 'governance.audit-log:tune');
  const { data, error, refetch } = useQuery(settingsQuery);
  return (
    <div className={styles.page}>
      <PageHeader title="日志设置" note="改动几秒内生效；每次改动都会产生告警，由其他审计员处置" />
      {error ? (
        <FailurePanel error={error} retry={() => void refetch()} />
      ) : (
        <div className={styles.tableBox} aria-busy={data === undefined}>
          <table className={styles.table}>
            <thead>
              <tr>
                {['规则', '设置', '取值', '允许范围', '依据', '最近修改'].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data?.map((setting) => (
                <Line key={setting.setting} setting={setting} editable={editable} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
};

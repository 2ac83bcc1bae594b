import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Input, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { PermissionView, SpecialView } from '../model/access-change.contract.ts';
import styles from './access.module.css';
import { specialQuery } from './access-api.ts';
import { permissionOptions } from './access-words.ts';
import { PersonSelect } from './PersonSelect.tsx';
import { ProposeDialog } from './ProposeDialog.tsx';

/** Applies for an exception: one person, one thing, a term; allowed beyond the roles, or denied in spite of them. */
export const SpecialDialog = ({
  permissions,
  onClose,
}: {
  permissions: readonly PermissionView[];
  onClose: () => void;
}) => {
  const [subjectId, setSubjectId] = useState<string>();
  const [permission, setPermission] = useState<string>();
  const [targetId, setTargetId] = useState('');
  const [effect, setEffect] = useState<'allow' | 'deny'>('allow');
  const [term, setTerm] = useState<[Dayjs, Dayjs] | null>(null);
  const change =
    subjectId && permission && targetId.trim() !== '' && term
      ? ({
          kind: 'special',
          subjectId,
          permission,
          targetId: targetId.trim(),
          effect,
          from: term[0].toISOString(),
          until: term[1].toISOString(),
        } as const)
      : null;
  return (
    <ProposeDialog title="申请特定权限" change={change} onClose={onClose}>
      <div className={styles.field}>
        <span>人员</span>
        <PersonSelect label="人员" value={subjectId} onChange={setSubjectId} />
      </div>
      <div className={styles.field}>
        <span>办什么事</span>
        <Select
          aria-label="办什么事"
          showSearch={{ optionFilterProp: 'label' }}
          value={permission}
          popupRender={namedMenu('办什么事')}
          options={permissionOptions(permissions)}
          onChange={setPermission}
        />
      </div>
      <div className={styles.field}>
        <label htmlFor="special-target">案卷编号</label>
        <Input
          id="special-target"
          value={targetId}
          maxLength={64}
          onChange={({ target }) => setTargetId(target.value)}
        />
      </div>
      <div className={styles.field}>
        <span>效力</span>
        <Radio.Group
          aria-label="效力"
          value={effect}
          onChange={({ target }) => setEffect(target.value)}
          options={[
            { value: 'allow', label: '允许（超出角色）' },
            { value: 'deny', label: '禁止（优先于角色）' },
          ]}
        />
      </div>
      <div className={styles.field}>
        <span>期限</span>
        <DatePicker.RangePicker
          aria-label="期限"
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          value={term}
          minDate={dayjs().startOf('day')}
          onChange={(next) => setTerm(next?.[0] && next[1] ? [next[0], next[1]] : null)}
        />
      </div>
    </ProposeDialog>
  );
};

/** The exceptions that were agreed to, living and past. */
export const SpecialList = () => {
  const ends = may(useSession(), 'governance.access-change:propose');
  const { data, error, refetch } = useQuery(specialQuery);
  const [ending, setEnding] = useState<SpecialView | null>(null);
  if (error) return <FailurePanel error={error} retry={() => void refetch()} />;
  if (!data || data.length === 0) return null;
  return (
    <section>
      <h2 className={styles.subtitle}>特定权限</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys */}
      <section className={styles.tableBox} tabIndex={0} aria-label="特定权限清单">
        <table className={styles.table}>
          <thead>
            <tr>
              <th>人员</th>
              <th>效力</th>
              <th>事项</th>
              <th>期限</th>
              <th>理由</th>
              <th>批准</th>
              <th>办理</th>
            </tr>
          </thead>
          <tbody>
            {data.map((one) => (
              <tr key={one.id} className={one.living ? undefined : styles.idle}>
                <td>{one.personName}</td>
                <td>{one.effect === 'allow' ? '允许' : '禁止'}</td>
                <td>{one.permissionTitle}</td>
                <td>
                  <TimeText at={one.from} /> 至 <TimeText at={one.until} />
                  {!one.living && <span className={styles.second}>不在期限内</span>}
                </td>
                <td className={styles.wide}>{one.reason}</td>
                <td>{one.approvedBy}</td>
                <td>
                  {ends && (
                    <Button size="small" onClick={() => setEnding(one)}>
                      终止
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {ending && (
        <ProposeDialog
          title={`申请终止 ${ending.personName} 的特定权限`}
          change={{ kind: 'end-special', specialId: ending.id }}
          onClose={() => setEnding(null)}
        />
      )}
    </section>
  );
};

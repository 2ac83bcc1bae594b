import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Radio } from 'antd';
import { useId, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import type { DayKind } from '../model/working-time.contract.ts';
import type { CalendarDay } from './month-days.ts';
import styles from './working-time.module.css';
import { specialDaysQuery, workingTimeApi } from './working-time-api.ts';

const kinds: readonly { readonly value: DayKind; readonly label: string }[] = [
  { value: 'holiday', label: '放假' },
  { value: 'working-day', label: '上班' },
  { value: 'as-week', label: '按星期' },
];

/** Changes one day: off, worked or as the week says, with its name. */
export const DayEditor = ({ one, onDone }: { one: CalendarDay; onDone: () => void }) => {
  const was: DayKind = one.special?.kind ?? 'as-week';
  const [kind, setKind] = useState<DayKind>(was === 'as-week' ? (one.weekend ? 'working-day' : 'holiday') : was);
  const [name, setName] = useState(one.special?.name ?? '');
  const field = useId();
  const client = useQueryClient();
  const year = Number(one.day.slice(0, 4));
  const save = useMutation({
    mutationFn: () => workingTimeApi.setDay({ day: one.day, was, kind, name: kind === 'as-week' ? '' : name }),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries(specialDaysQuery(year)),
  });
  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Radio.Group
        aria-label="这一天"
        optionType="button"
        options={[...kinds]}
        value={kind}
        onChange={({ target }) => setKind(target.value)}
      />
      {kind !== 'as-week' && (
        <div className={styles.label}>
          <label htmlFor={field}>名称</label>
          <Input
            id={field}
            value={name}
            maxLength={40}
            placeholder={kind === 'holiday' ? '例如 国庆节' : '例如 国庆节调休'}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
      )}
      {save.error && (
        <p role="alert" className={styles.fault}>
          {failureOf(save.error).message}
        </p>
      )}
      <div className={styles.editorEnd}>
        <Button onClick={onDone}>取消</Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={save.isPending}
          disabled={kind !== 'as-week' && name.trim() === ''}
        >
          保存
        </Button>
      </div>
    </form>
  );
};

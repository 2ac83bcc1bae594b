import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, DatePicker, Modal, Radio } from 'antd';
import dayjs from 'dayjs';
import { useId, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { formatDay } from '#web-kit/format.ts';
import type { PersonView } from '../model/person.view.ts';
import styles from './person.module.css';
import { peopleKey, personApi } from './person-api.ts';

/** Sets until which day an account serves. */
export const ValidityDialog = ({
  person,
  done,
  close,
}: {
  person: PersonView;
  done: () => void;
  close: () => void;
}) => {
  const [limited, setLimited] = useState(person.validUntil !== null);
  const [day, setDay] = useState<string | null>(person.validUntil);
  const field = useId();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () => personApi.setValidity({ personId: person.id, validUntil: limited ? day : null }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: peopleKey });
      done();
    },
  });
  const { validityLimit: limit } = person;
  const today = formatDay(new Date().toISOString());
  return (
    <Modal
      open
      title="设置有效期"
      okText="保存有效期"
      cancelText="再想想"
      okButtonProps={{ disabled: limited && day === null, loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={close}
    >
      {save.error && (
        <div className={styles.refused}>
          <Alert type="error" showIcon title={failureOf(save.error).message} />
        </div>
      )}
      <Radio.Group
        vertical
        aria-label="有效期"
        value={limited}
        onChange={({ target }) => setLimited(target.value)}
        options={[
          { value: false, label: '长期有效', disabled: limit !== null },
          { value: true, label: '有效至某一日，当日 24 时止' },
        ]}
      />
      {limit !== null && <p className={styles.note}>平台设定的有效期至 {limit}，只能由平台的系统管理员延长</p>}
      {limited && (
        <div className={styles.field} style={{ marginTop: 8 }}>
          <label className={styles.label} htmlFor={field}>
            有效期至
          </label>
          <DatePicker
            id={field}
            value={day === null ? null : dayjs(day)}
            placeholder="年-月-日"
            disabledDate={(one) =>
              one.format('YYYY-MM-DD') < today || (limit !== null && one.format('YYYY-MM-DD') > limit)
            }
            onChange={(next) => setDay(next?.format('YYYY-MM-DD') ?? null)}
          />
        </div>
      )}
    </Modal>
  );
};

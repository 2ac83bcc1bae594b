import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Input, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { formatNumber } from '#web-kit/format.ts';
import { namedMenu } from '#web-kit/named-menu.tsx';
import type { PersonView } from '../model/person.view.ts';
import styles from './person.module.css';
import { peopleKey, personApi, workQuery } from './person-api.ts';

const leastReason = 4;

/** Gives somebody's open work to another of the same organisation. */
export const HandOverDialog = ({
  person,
  done,
  close,
}: {
  person: PersonView;
  done: (words: string) => void;
  close: () => void;
}) => {
  const { data, error } = useQuery(workQuery(person.id));
  const [receiverId, setReceiver] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const field = useId();
  const client = useQueryClient();
  const open = (data?.work ?? []).filter(({ count }) => count > 0);
  const hand = useMutation({
    mutationFn: () => personApi.handOver({ personId: person.id, receiverId: receiverId ?? '', reason }),
    onSuccess: async ({ moved }) => {
      await client.invalidateQueries({ queryKey: peopleKey });
      done(`已移交：${moved.map(({ title, count }) => `${title} ${formatNumber(count)} 件`).join('、')}`);
    },
  });
  const failure = hand.error ?? error;
  const ready = receiverId !== null && reason.trim().length >= leastReason && open.length > 0;
  return (
    <Modal
      open
      title={`移交${person.name}的工作`}
      okText="移交工作"
      cancelText="再想想"
      okButtonProps={{ disabled: !ready, loading: hand.isPending }}
      onOk={() => hand.mutate()}
      onCancel={close}
    >
      {failure && (
        <div className={styles.refused}>
          <Alert type="error" showIcon title={failureOf(failure).message} />
        </div>
      )}
      <p>
        {data === undefined
          ? '正在查询在办事项'
          : open.length === 0
            ? '没有在办事项，不需要移交'
            : `在办事项：${open.map(({ title, count }) => `${title} ${formatNumber(count)} 件`).join('、')}。移交后由接收人继续办理，已办的步骤和签名不变。`}
      </p>
      {open.length > 0 && (
        <>
          <div className={styles.field} style={{ marginTop: 12 }}>
            <label className={styles.label} htmlFor={`${field}-to`}>
              接收人（同一单位、账号正常）
            </label>
            <Select
              id={`${field}-to`}
              popupRender={namedMenu('接收人')}
              placeholder="请选择接收人"
              showSearch={{ optionFilterProp: 'label' }}
              value={receiverId}
              options={(data?.receivers ?? []).map(({ id, name, userName }) => ({
                value: id,
                label: `${name}（${userName}）`,
              }))}
              onChange={(id) => setReceiver(id)}
            />
          </div>
          <div className={styles.field} style={{ marginTop: 8 }}>
            <label className={styles.label} htmlFor={`${field}-why`}>
              原因
            </label>
            <Input.TextArea
              id={`${field}-why`}
              rows={3}
              maxLength={200}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <span className={styles.note}>至少 {leastReason} 个字，记入日志</span>
          </div>
        </>
      )}
    </Modal>
  );
};

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Input, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { formatMoment, formatNumber } from '#web-kit/format.ts';
import { namedMenu } from '#web-kit/named-menu.tsx';
import type { PersonView } from '../model/person.view.ts';
import styles from './person.module.css';
import { peopleKey, personApi, workQuery } from './person-api.ts';

const leastReason = 4;

const worded = (work: readonly { readonly title: string; readonly count: number }[]): string =>
  work.map(({ title, count }) => `${title} ${formatNumber(count)} 件`).join('、');

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
    onSuccess: async ({ moved, underWay }) => {
      await client.invalidateQueries({ queryKey: peopleKey });
      done(
        underWay
          ? '移交已受理，还没有全部完成：系统会自动继续，完成后在消息中告知您，不必重复操作'
          : `已移交：${worded(moved)}`,
      );
    },
  });
  const failure = hand.error ?? error;
  const underWay = data !== undefined && data.underWaySince !== null;
  const ready = receiverId !== null && reason.trim().length >= leastReason && open.length > 0 && !underWay;
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
      {underWay && (
        <div className={styles.refused}>
          <Alert
            type="info"
            showIcon
            title={`${formatMoment(data.underWaySince)} 开始的移交还没有全部完成，系统会自动继续，完成后告知发起人；完成后才能再次移交`}
          />
        </div>
      )}
      <p>
        {data === undefined
          ? '正在查询在办事项'
          : open.length === 0
            ? '没有在办事项，不需要移交'
            : `在办事项：${worded(open)}。移交后由接收人继续办理，已办的步骤和签名不变。`}
      </p>
      {open.length > 0 && !underWay && (
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

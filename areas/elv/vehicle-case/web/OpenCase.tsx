import DownOutlined from '@ant-design/icons/DownOutlined';
import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Dropdown } from 'antd';
import { useRef } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { newKey } from '#web-kit/new-key.ts';
import { may, useSession } from '#web-kit/session.tsx';
import { caseApi, caseListsKey } from './case-api.ts';
import styles from './case-list.module.css';

const Choice = ({ title, note }: { title: string; note: string }) => (
  <div className={styles.choice}>
    <div className={styles.choiceTitle}>{title}</div>
    <div className={styles.choiceNote}>{note}</div>
  </div>
);

const choices = [
  { key: 'registered', label: <Choice title="车管登记车辆" note="有号牌和行驶证，与公安登记信息比对，须办理注销" /> },
  { key: 'unregistered', label: <Choice title="非车管车辆" note="没有登记档案，凭情况说明书办理，不比对、不注销" /> },
];

/** Opens a new case and goes to it; shown to those who may. A repeated click leads to the same case. Source: tender R01. */
export const OpenCase = () => {
  const session = useSession();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { message } = App.useApp();
  const key = useRef(newKey());
  const open = useMutation({
    mutationFn: (registeredWithPolice: boolean) => caseApi.open({ key: key.current, registeredWithPolice }),
    onSuccess: async ({ id }) => {
      key.current = newKey();
      void queryClient.invalidateQueries({ queryKey: caseListsKey });
      await navigate({ to: '/elv/vehicle-cases/$caseId', params: { caseId: id } });
    },
    // Why an enterprise may not accept vehicles takes longer to read than most.
    onError: (error) => message.error(failureOf(error).message, 8),
  });
  if (!may(session, 'elv.vehicle-case:open')) return null;
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{ items: choices, onClick: (chosen) => open.mutate(chosen.key === 'registered') }}
    >
      <Button type="primary" icon={<PlusOutlined aria-hidden />} loading={open.isPending}>
        新建受理 <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  );
};

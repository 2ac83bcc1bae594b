import SafetyCertificateOutlined from '@ant-design/icons/SafetyCertificateOutlined';
import WarningFilled from '@ant-design/icons/WarningFilled';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { failureOf } from '#web-kit/api.ts';
import { formatMoment } from '#web-kit/format.ts';
import type { ListStateView } from '../model/access-change.contract.ts';
import styles from './access.module.css';
import { accessApi, rolesQuery } from './access-api.ts';

/** Whether the permission list fits its seal, since when, and a way to have it judged now. */
export const ListState = ({ state }: { state: ListStateView }) => {
  const client = useQueryClient();
  const { message } = App.useApp();
  const check = useMutation({
    mutationFn: () => accessApi.checkList({}),
    onSuccess: (now) =>
      void message[now.intact ? 'success' : 'error'](
        now.intact ? '权限清单完整，签名有效' : `权限清单异常：${now.what}`,
      ),
    onError: (error) => void message.error(failureOf(error).message),
    onSettled: () => client.invalidateQueries(rolesQuery),
  });
  return (
    <div className={styles.listState} data-intact={state.intact}>
      {state.intact ? <SafetyCertificateOutlined aria-hidden /> : <WarningFilled aria-hidden />}
      <span>
        {state.intact
          ? `权限清单第 ${state.version} 版，签名有效，${formatMoment(state.checkedAt)} 核验`
          : `权限清单异常：${state.what}。恢复前只有安全审计员可以登录`}
      </span>
      <Button size="small" onClick={() => check.mutate()} loading={check.isPending}>
        立即核验
      </Button>
    </div>
  );
};

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { failureOf } from '#web-kit/api.ts';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import { ownAccountApi, ownSessionsQuery } from './account-api.ts';
import { deviceOf } from './device.ts';
import styles from './personal-settings.module.css';

const ways = { password: '密码', 'sign-on': '统一身份认证' } as const;

/** Where the person is signed in, and ending what should not be. */
export const OwnSessions = () => {
  const { data = [], error, refetch } = useQuery(ownSessionsQuery);
  const client = useQueryClient();
  const { message } = App.useApp();
  const settled = {
    onError: (failed: unknown) => void message.error(failureOf(failed).message),
    onSettled: () => client.invalidateQueries({ queryKey: ownSessionsQuery.queryKey }),
  };
  const end = useMutation({ mutationFn: ownAccountApi.endSession, ...settled });
  const endOthers = useMutation({
    mutationFn: () => ownAccountApi.endOtherSessions({}),
    ...settled,
    onSuccess: ({ ended }) => void message.success(`已退出其他 ${ended} 处登录`),
  });
  if (error) return <FailurePanel error={error} retry={() => void refetch()} />;
  return (
    <>
      <ul className={styles.sessions}>
        {data.map(({ id, here, ip, userAgent, way, createdAt, seenAt }) => (
          <li key={id} className={styles.session} data-here={here}>
            <div>
              <p>
                <strong>{deviceOf(userAgent)}</strong>
                {here && <span className={styles.here}>本机</span>}
              </p>
              <p className={styles.second}>
                {ip}，<TimeText at={createdAt} /> 以{ways[way]}登录，最近使用 <TimeText at={seenAt} />
              </p>
            </div>
            {!here && (
              <Button
                onClick={() => end.mutate({ sessionId: id })}
                loading={end.isPending && end.variables.sessionId === id}
                aria-label={`退出 ${deviceOf(userAgent)} 的登录`}
              >
                退出
              </Button>
            )}
          </li>
        ))}
      </ul>
      {data.length > 1 && (
        <Button danger onClick={() => endOthers.mutate()} loading={endOthers.isPending}>
          退出其他各处
        </Button>
      )}
    </>
  );
};

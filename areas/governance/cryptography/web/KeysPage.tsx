import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm, Progress } from 'antd';
import { failureOf } from '#web-kit/api.ts';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { StateTag } from '#web-kit/StateTag.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { KeyView, RotationView } from '../model/cryptography.contract.ts';
import styles from './cryptography.module.css';
import { cryptographyApi, isUnderWay, keysQuery } from './cryptography-api.ts';

const keyStates = {
  current: { title: '在用', tone: 'done' },
  superseded: { title: '待换出', tone: 'returned' },
  retired: { title: '已停用', tone: 'idle' },
} as const;

const rotationTitles = {
  starting: '正在生成新密钥',
  running: '正在重新加密',
  checking: '正在全库核对旧密钥',
  done: '已完成，旧密钥已停用',
  'needs-person': '需处理：旧密钥仍保留，数据可读',
} as const;

const Renew = ({ busy }: { busy: boolean }) => {
  const client = useQueryClient();
  const renew = useMutation({
    mutationFn: () => cryptographyApi.renew({}),
    onSettled: () => client.invalidateQueries(keysQuery),
  });
  return (
    <>
      {renew.error && (
        <span role="alert" className={styles.fault}>
          {failureOf(renew.error).message}
        </span>
      )}
      <Popconfirm
        title="轮换全部数据密钥"
        description="将生成新密钥，并在后台把全部加密数据换到新密钥下；期间可照常办理，可随时中断、续做。"
        okText="开始轮换"
        cancelText="取消"
        onConfirm={() => renew.mutate()}
      >
        <Button type="primary" loading={renew.isPending} disabled={busy}>
          轮换数据密钥
        </Button>
      </Popconfirm>
    </>
  );
};

const RotationCard = ({ rotation }: { rotation: RotationView }) => {
  const { state, done, total, table, startedAt, startedBy, finishedAt, remark, broken } = rotation;
  const percent = total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100));
  return (
    <section className={styles.rotation} aria-label="最近一次轮换">
      <h2>最近一次轮换</h2>
      <p>
        {rotationTitles[state]}
        {state === 'running' && table !== null && `（${table}）`}　{startedBy} 于 <TimeText at={startedAt} /> 开始
        {finishedAt !== null && (
          <>
            ，<TimeText at={finishedAt} /> 结束
          </>
        )}
        ，{done} / {total} 行
      </p>
      <Progress
        percent={state === 'done' ? 100 : percent}
        status={state === 'needs-person' ? 'exception' : state === 'done' ? 'success' : 'active'}
        aria-label="轮换进度"
      />
      {remark !== '' && <p className={styles.fault}>{remark}</p>}
      {broken.length > 0 && (
        <p className={styles.fault}>
          {broken.length} 行不能解密（被改动或密钥不符），已跳过：
          {broken
            .slice(0, 5)
            .map(({ table: name, key }) => `${name} ${key}`)
            .join('；')}
        </p>
      )}
    </section>
  );
};

const KeyRow = ({ item }: { item: KeyView }) => (
  <tr>
    <td>{item.title}</td>
    <td>
      <code>{item.id}</code>
    </td>
    <td>第 {item.version} 版</td>
    <td>
      <StateTag {...keyStates[item.state]} />
    </td>
    <td>
      <TimeText at={item.createdAt} />
    </td>
    <td>{item.days} 天</td>
    <td>{item.retiredAt === null ? <span className={styles.second}>—</span> : <TimeText at={item.retiredAt} />}</td>
  </tr>
);

/** The keys by purpose, with their ages, and their renewal. Source: tender R55 (4). */
export const KeysPage = () => {
  const session = useSession();
  const { data, error, refetch } = useQuery(keysQuery);
  if (error) return <FailurePanel error={error} retry={() => void refetch()} />;
  return (
    <div className={styles.page} aria-busy={data === undefined}>
      <PageHeader
        title="密钥"
        note={
          data &&
          (data.certified
            ? '密钥在经认证的密码服务中，本系统不持有'
            : '软件密钥或未经认证的服务：密钥本身加密存放，主密钥在数据库之外')
        }
        actions={may(session, 'governance.cryptography:renew') && <Renew busy={isUnderWay(data?.rotation?.state)} />}
      />
      {data?.rotation && <RotationCard rotation={data.rotation} />}
      <div className={styles.tableBox}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>用途</th>
              <th>编号</th>
              <th>版本</th>
              <th>状态</th>
              <th>启用</th>
              <th>已用</th>
              <th>停用</th>
            </tr>
          </thead>
          <tbody>
            {data?.keys.map((item) => (
              <KeyRow key={`${item.purpose}.${item.id}`} item={item} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
};

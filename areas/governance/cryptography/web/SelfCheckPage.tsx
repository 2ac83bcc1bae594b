import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { addressOf } from '#kernel/contract/client.ts';
import { FailurePanel } from '#web-kit/FailurePanel.tsx';
import { PageHeader } from '#web-kit/PageHeader.tsx';
import { StateTag } from '#web-kit/StateTag.tsx';
import { may, useSession } from '#web-kit/session.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import { type ControlView, cryptographyContract, type Evidence } from '../model/cryptography.contract.ts';
import styles from './cryptography.module.css';
import { cryptographyApi, selfCheckQuery } from './cryptography-api.ts';

const standards = {
  'GB/T 39786': '密码应用三级（GB/T 39786—2021）',
  'GB/T 22239': '等保三级（GB/T 22239—2019）',
} as const;

const verdicts = {
  met: { title: '软件已满足', tone: 'done' },
  attention: { title: '需处理', tone: 'refused' },
  cloud: { title: '由云平台提供', tone: 'idle' },
} as const;

const signOf = (good: boolean | null): { readonly sign: string; readonly name: string; readonly kind: string } => {
  if (good === null) return { sign: '·', name: '供参考', kind: 'note' };
  return good ? { sign: '✓', name: '相符', kind: 'good' } : { sign: '✗', name: '不符', kind: 'bad' };
};

const EvidenceLine = ({ text, good }: Evidence) => {
  const { sign, name, kind } = signOf(good);
  return (
    <li data-kind={kind}>
      <span role="img" aria-label={name} className={styles.sign}>
        {sign}
      </span>
      {text}
    </li>
  );
};

const ControlRow = ({ control }: { control: ControlView }) => {
  const { title, how, evidence, cloud, verdict } = control;
  return (
    <tr data-control={control.id}>
      <th scope="row">{title}</th>
      <td>{how}</td>
      <td>
        {evidence.length === 0 ? (
          <span className={styles.second}>无可在软件中实测的内容</span>
        ) : (
          <ul className={styles.evidence}>
            {evidence.map((one) => (
              <EvidenceLine key={one.text} {...one} />
            ))}
          </ul>
        )}
      </td>
      <td>{cloud ?? <span className={styles.second}>—</span>}</td>
      <td>
        <StateTag {...verdicts[verdict]} />
      </td>
    </tr>
  );
};

const Layer = ({ layer, controls }: { layer: string; controls: readonly ControlView[] }) => (
  <section className={styles.layer} aria-label={layer}>
    <h2>{layer}</h2>
    <div className={styles.tableBox}>
      <table className={`${styles.table} ${styles.controls}`}>
        <thead>
          <tr>
            <th className={styles.narrow}>控制项</th>
            <th className={styles.how}>做法</th>
            <th className={styles.wide}>实测</th>
            <th>云平台须补充</th>
            <th className={styles.verdict}>结论</th>
          </tr>
        </thead>
        <tbody>
          {controls.map((control) => (
            <ControlRow key={control.id} control={control} />
          ))}
        </tbody>
      </table>
    </div>
  </section>
);

const CheckNow = () => {
  const client = useQueryClient();
  const check = useMutation({
    mutationFn: () => cryptographyApi.checkNow({}),
    onSuccess: (view) => client.setQueryData(selfCheckQuery.queryKey, view),
  });
  return (
    <Button type="primary" loading={check.isPending} onClick={() => check.mutate()}>
      重新自查
    </Button>
  );
};

const countOf = (controls: readonly ControlView[], verdict: ControlView['verdict']): number =>
  controls.filter((one) => one.verdict === verdict).length;

/** Each control of both standards, how it is met, what was just found, and what the platform must add. Source: tender T4, T5. */
export const SelfCheckPage = () => {
  const session = useSession();
  const { data, error, refetch } = useQuery(selfCheckQuery);
  const [standard, setStandard] = useState<ControlView['standard']>('GB/T 39786');
  if (error) return <FailurePanel error={error} retry={() => void refetch()} />;
  const shown = (data?.controls ?? []).filter((one) => one.standard === standard);
  const layers = [...new Set(shown.map(({ layer }) => layer))];
  return (
    <div className={styles.page} aria-busy={data === undefined}>
      <PageHeader
        title="密码与等保自查"
        note={
          data && (
            <>
              <TimeText at={data.checkedAt} /> 自查，共 {data.controls.length} 项：需处理{' '}
              {countOf(data.controls, 'attention')} 项，软件已满足 {countOf(data.controls, 'met')} 项，由云平台提供{' '}
              {countOf(data.controls, 'cloud')} 项
            </>
          )
        }
        actions={
          <>
            <Button href={addressOf(cryptographyContract.document, {}).url} download>
              下载报告
            </Button>
            {may(session, 'governance.cryptography:check') && <CheckNow />}
          </>
        }
      />
      <Segmented
        value={standard}
        onChange={setStandard}
        options={[
          { value: 'GB/T 39786' as const, label: standards['GB/T 39786'] },
          { value: 'GB/T 22239' as const, label: standards['GB/T 22239'] },
        ]}
      />
      {layers.map((layer) => (
        <Layer key={layer} layer={layer} controls={shown.filter((one) => one.layer === layer)} />
      ))}
    </div>
  );
};

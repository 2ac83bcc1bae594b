import { useEffect, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { PlateMark } from '#web-kit/PlateMark.tsx';
import { PhoneButton } from '#web-kit/phone/PhoneButton.tsx';
import { goTo } from '#web-kit/phone/phone-path.ts';
import { Screen } from '#web-kit/phone/Screen.tsx';
import { Told } from '#web-kit/phone/Told.tsx';
import type { OwnApplicationRow } from '../model/citizen.views.ts';
import styles from './citizen.module.css';
import { citizenApi } from './citizen-api.ts';
import { citizenPaths } from './citizen-paths.ts';

const Card = ({ row }: { readonly row: OwnApplicationRow }) => (
  <li>
    <button type="button" className={styles.card} onClick={() => goTo(citizenPaths.application(row.id))}>
      <span className={styles.cardTop}>
        <PlateMark plateNo={row.plateNo} plateTypeCode={null} size="head" lacking="未填号牌" />
        <b>{row.stateTitle}</b>
      </span>
      <span className={styles.second}>
        {row.brandModel ?? '车型未填'}
        {row.enterpriseName !== null && ` · ${row.enterpriseName}`}
      </span>
      <span className={styles.second}>{row.applicationNo}</span>
    </button>
  </li>
);

/** One's own applications, and the way to a new one. Source: tender R62. */
export const HomeScreen = ({
  name,
  onLeave,
}: {
  readonly name: string;
  /** Answers why nobody has left, in words; null when somebody has. */
  readonly onLeave: () => Promise<string | null>;
}) => {
  const [rows, setRows] = useState<readonly OwnApplicationRow[]>();
  const [trouble, setTrouble] = useState('');
  useEffect(() => {
    citizenApi.list({}).then(
      ({ applications }) => setRows(applications),
      (error: unknown) => setTrouble(failureOf(error).message),
    );
  }, []);
  return (
    <Screen
      title="我的报废申请"
      side={
        <button
          type="button"
          className={styles.leave}
          onClick={() => void onLeave().then((words) => words !== null && setTrouble(words))}
        >
          退出
        </button>
      }
      foot={
        <PhoneButton tone="primary" onPress={() => goTo(citizenPaths.fresh)}>
          新的申请
        </PhoneButton>
      }
    >
      <p className={styles.second}>{name}，您好</p>
      {trouble !== '' && (
        <Told tone="danger" alert>
          {trouble}
        </Told>
      )}
      {rows?.length === 0 && <p className={styles.empty}>还没有申请。点“新的申请”，选择车辆或拍摄行驶证即可开始。</p>}
      <ul className={styles.cards}>
        {rows?.map((row) => (
          <Card key={row.id} row={row} />
        ))}
      </ul>
    </Screen>
  );
};

import { useEffect, useRef, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { newKey } from '#web-kit/new-key.ts';
import { PlateMark } from '#web-kit/PlateMark.tsx';
import { PhoneButton } from '#web-kit/phone/PhoneButton.tsx';
import { goTo } from '#web-kit/phone/phone-path.ts';
import { Screen } from '#web-kit/phone/Screen.tsx';
import { Told } from '#web-kit/phone/Told.tsx';
import styles from './citizen.module.css';
import { citizenApi } from './citizen-api.ts';
import { citizenPaths } from './citizen-paths.ts';

type Vehicle = Awaited<ReturnType<typeof citizenApi.vehicles>>['vehicles'][number];

/** Which vehicle: one of one's own, or one whose licence is photographed. However often it is touched, one application is begun. */
export const NewScreen = () => {
  const [vehicles, setVehicles] = useState<readonly Vehicle[]>();
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const keys = useRef(new Map<string, string>());
  useEffect(() => {
    citizenApi.vehicles({}).then(
      (found) => setVehicles(found.vehicles),
      (error: unknown) => {
        setVehicles([]);
        setTrouble(failureOf(error).message);
      },
    );
  }, []);
  const begin = async (vin?: string): Promise<void> => {
    const key = keys.current.get(vin ?? '') ?? newKey();
    keys.current.set(vin ?? '', key);
    setBusy(true);
    try {
      const { id } = await citizenApi.open({ key, ...(vin === undefined ? {} : { vin }) });
      goTo(citizenPaths.step(id, vin === undefined ? 'vehicle' : 'person'), true);
    } catch (error) {
      setTrouble(failureOf(error).message);
      setBusy(false);
    }
  };
  return (
    <Screen
      title="选择车辆"
      up={citizenPaths.home}
      foot={
        <PhoneButton busy={busy} onPress={() => void begin()}>
          拍行驶证申请其他车辆
        </PhoneButton>
      }
    >
      {trouble !== '' && (
        <Told tone="returned" alert>
          {trouble}
        </Told>
      )}
      <h2 className={styles.heading}>您名下的车辆</h2>
      {vehicles === undefined && (
        <p className={styles.second} role="status">
          正在向一网通办查询……
        </p>
      )}
      {vehicles?.length === 0 && (
        <p className={styles.empty}>没有查到您名下的车辆。替他人代办，或车辆没有列出的，请拍行驶证申请。</p>
      )}
      <ul className={styles.cards}>
        {vehicles?.map(({ vin, plateNo, brandModel }) => (
          <li key={vin}>
            <button type="button" className={styles.card} disabled={busy} onClick={() => void begin(vin)}>
              <span className={styles.cardTop}>
                <PlateMark plateNo={plateNo} plateTypeCode={null} size="head" />
                <b>申请报废</b>
              </span>
              <span className={styles.second}>
                {brandModel ?? ''} 车架号尾号 {vin.slice(-6)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Screen>
  );
};

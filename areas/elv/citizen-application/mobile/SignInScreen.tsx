import { useEffect, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { PhoneButton } from '#web-kit/phone/PhoneButton.tsx';
import { Screen } from '#web-kit/phone/Screen.tsx';
import { Told } from '#web-kit/phone/Told.tsx';
import styles from './citizen.module.css';
import { citizenApi } from './citizen-api.ts';

/** Where the tab keeps what a return must bring along: another tab has none of it. */
export const ticketShelf = 'citizen.sign-in';

const needed = [
  '行驶证正页、副页，机动车登记证书（产证）',
  '车主身份证；代办的另需代理人身份证和委托书',
  '一网通办实名账号（证件实名以上）',
];

/** What one will need, and the way to the one-stop service. Source: tender R62. */
export const SignInScreen = ({ words = '' }: { readonly words?: string }) => {
  const [demo, setDemo] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState(words);
  useEffect(() => {
    citizenApi.begin({}).then(
      (begun) => setDemo(begun.demo),
      () => undefined,
    );
  }, []);
  const go = async (): Promise<void> => {
    setBusy(true);
    try {
      const { address, ticket } = await citizenApi.begin({});
      sessionStorage.setItem(ticketShelf, ticket);
      window.location.assign(address);
    } catch (error) {
      setTrouble(failureOf(error).message);
      setBusy(false);
    }
  };
  return (
    <Screen
      title="个人报废申请"
      foot={
        <PhoneButton tone="primary" busy={busy} onPress={() => void go()}>
          一网通办登录
        </PhoneButton>
      }
    >
      {trouble !== '' && (
        <Told tone="danger" alert>
          {trouble}
        </Told>
      )}
      <p className={styles.lead}>车主或代理人在手机上申请报废车辆，自己选择回收企业，随时查看进度。</p>
      <section className={styles.part}>
        <h2>请先准备好</h2>
        <ul className={styles.list}>
          {needed.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </section>
      {demo && (
        <section className={styles.part}>
          <h2>演示说明</h2>
          <p className={styles.second}>
            这里的“一网通办”是自带的仿真系统，人员均为虚构。登录页上任选一人：名下有车的可以直接选车，代办的拍行驶证；实名级别不足的会被拒绝。
          </p>
        </section>
      )}
      <p className={styles.second}>单位名下的车辆请到回收企业窗口办理。</p>
    </Screen>
  );
};

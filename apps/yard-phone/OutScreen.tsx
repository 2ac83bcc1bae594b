import { useEffect, useState } from 'react';
import { yardPaths } from '#areas/elv/vehicle-case/mobile/yard-words.ts';
import { PhoneSignIn } from '#areas/governance/account/mobile/PhoneSignIn.tsx';
import type { Me } from '#areas/governance/account/model/account.contract.ts';
import { goTo } from '#web-kit/phone/phone-path.ts';
import { Screen } from '#web-kit/phone/Screen.tsx';
import { Told } from '#web-kit/phone/Told.tsx';
import styles from './phone.module.css';
import type { PhoneSession } from './phone-session.ts';

/** How many photographs wait on this phone for their owners, by name. */
const useWaiting = ({ shelf }: PhoneSession): string => {
  const [words, setWords] = useState('');
  useEffect(() => {
    void shelf.photos().then((photos) => {
      const counts = new Map<string, number>();
      for (const { takenByName, picture } of photos)
        if (picture !== null) counts.set(takenByName, (counts.get(takenByName) ?? 0) + 1);
      setWords([...counts].map(([name, count]) => `${name} 有 ${count} 张照片`).join('，'));
    });
  }, [shelf]);
  return words;
};

/** Signing in; what waits on the phone is told, so that nobody believes it lost. */
export const OutScreen = ({
  session,
  userName,
  words,
}: {
  readonly session: PhoneSession;
  readonly userName: string;
  readonly words: string;
}) => {
  const waiting = useWaiting(session);
  const enter = (me: Me): void => {
    // The same person goes on where they were; another begins at the beginning.
    if (me.userName !== userName) goTo(yardPaths.tasks, true);
    void session.enter(me);
  };
  return (
    <Screen title="现场采集">
      <p className={styles.lead}>报废机动车交车、进场、拆解现场拍照</p>
      {words !== '' && <Told tone="returned">{words}。</Told>}
      {waiting !== '' && <Told tone="returned">本机{waiting}等待发送，本人登录后继续，不会丢失。</Told>}
      <PhoneSignIn key={userName} userName={userName} onSignedIn={enter} />
    </Screen>
  );
};

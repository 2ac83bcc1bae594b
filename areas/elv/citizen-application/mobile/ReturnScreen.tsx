import { useEffect, useRef, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { goTo } from '#web-kit/phone/phone-path.ts';
import { Screen } from '#web-kit/phone/Screen.tsx';
import styles from './citizen.module.css';
import { citizenApi } from './citizen-api.ts';
import { citizenPaths } from './citizen-paths.ts';
import { SignInScreen, ticketShelf } from './SignInScreen.tsx';

const notBegun = '这次登录不是从本页开始的，或您没有在一网通办确认，请重新登录。';

/** Coming back from the one-stop service: what it sent is handed over once, and then stands in no address any more. */
export const ReturnScreen = ({ onEntered }: { readonly onEntered: () => void }) => {
  const [trouble, setTrouble] = useState<string>();
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const told = new URLSearchParams(window.location.search);
    const [code, state, ticket] = [told.get('code'), told.get('state'), sessionStorage.getItem(ticketShelf)];
    sessionStorage.removeItem(ticketShelf);
    goTo(citizenPaths.back, true);
    if (!code || !state || !ticket) return setTrouble(notBegun);
    citizenApi.finish({ code, state, ticket }).then(
      () => {
        goTo(citizenPaths.home, true);
        onEntered();
      },
      (error: unknown) => setTrouble(failureOf(error).message),
    );
  }, [onEntered]);
  if (trouble !== undefined) return <SignInScreen words={trouble} />;
  return (
    <Screen title="个人报废申请">
      <p className={styles.lead} role="status">
        正在登录……
      </p>
    </Screen>
  );
};

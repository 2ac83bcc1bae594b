import { useCallback, useEffect, useState } from 'react';
import { ApplicationScreen } from '#areas/elv/citizen-application/mobile/ApplicationScreen.tsx';
import { citizenApi } from '#areas/elv/citizen-application/mobile/citizen-api.ts';
import {
  citizenPaths,
  type FillingStep,
  fillingSteps,
  signedOut,
} from '#areas/elv/citizen-application/mobile/citizen-paths.ts';
import { HomeScreen } from '#areas/elv/citizen-application/mobile/HomeScreen.tsx';
import { leave } from '#areas/elv/citizen-application/mobile/leaving.ts';
import { NewScreen } from '#areas/elv/citizen-application/mobile/NewScreen.tsx';
import { ReturnScreen } from '#areas/elv/citizen-application/mobile/ReturnScreen.tsx';
import { SignInScreen } from '#areas/elv/citizen-application/mobile/SignInScreen.tsx';
import { failureOf } from '#web-kit/api.ts';
import { goTo, usePath } from '#web-kit/phone/phone-path.ts';

/** Who is at the phone; `words` are why nobody is. */
type Standing =
  | { readonly is: 'asking' }
  | { readonly is: 'out'; readonly words: string }
  | { readonly is: 'in'; readonly name: string };

const stepIn = (text: string | undefined): FillingStep | null => fillingSteps.find((one) => one === text) ?? null;

const Inside = ({ name, onLeave }: { readonly name: string; readonly onLeave: () => Promise<string | null> }) => {
  const path = usePath();
  if (path === citizenPaths.fresh) return <NewScreen />;
  const [, id, step] = /^\/citizen\/applications\/([^/]+)(?:\/([a-z]+))?$/.exec(path) ?? [];
  if (id !== undefined) return <ApplicationScreen key={id} id={decodeURIComponent(id)} step={stepIn(step)} />;
  return <HomeScreen name={name} onLeave={onLeave} />;
};

/** The citizens' program: who is there, and the screen of the address. */
export const CitizenApp = () => {
  const path = usePath();
  const [standing, setStanding] = useState<Standing>({ is: 'asking' });
  const ask = useCallback(() => {
    citizenApi.me({}).then(
      ({ name }) => setStanding({ is: 'in', name }),
      (error: unknown) => {
        const { status, message } = failureOf(error);
        setStanding({ is: 'out', words: status === 401 ? '' : message });
      },
    );
  }, []);
  useEffect(ask, [ask]);
  useEffect(() => {
    const out = (): void => setStanding({ is: 'out', words: '登录已过期，请重新登录；已填写和拍摄的内容都已保存。' });
    window.addEventListener(signedOut, out);
    return () => window.removeEventListener(signedOut, out);
  }, []);
  const go = async (): Promise<string | null> => {
    const trouble = await leave(() => citizenApi.signOut({}));
    if (trouble === null) {
      setStanding({ is: 'out', words: '' });
      goTo(citizenPaths.home, true);
    }
    return trouble;
  };
  if (path === citizenPaths.back) return <ReturnScreen onEntered={ask} />;
  if (standing.is === 'asking') return null;
  if (standing.is === 'out') return <SignInScreen words={standing.words} />;
  return <Inside name={standing.name} onLeave={go} />;
};

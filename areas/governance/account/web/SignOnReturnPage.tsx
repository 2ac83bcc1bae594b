import { useMutation } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Failure } from '#kernel/contract/failure.ts';
import { failureOf } from '#web-kit/api.ts';
import { Refusal } from '#web-kit/Labelled.tsx';
import type { Progress } from '../model/account.contract.ts';
import { accountApi, ownAccountApi } from './account-api.ts';
import { signOnReturnRoute } from './routes.tsx';
import { SignIn } from './SignIn.tsx';
import styles from './sign-in.module.css';
import { takeBegunSignOn } from './sign-on.ts';
import { useEnter } from './use-enter.ts';

type Begun = ReturnType<typeof takeBegunSignOn>;

const goOn = async (
  begun: Begun,
  { code, state, iss, error }: ReturnType<typeof signOnReturnRoute.useSearch>,
): Promise<Progress | 'bound'> => {
  if (error !== undefined) throw new Failure(403, 'SIGN_ON_DECLINED', '没有在统一身份认证完成登录');
  if (!begun || code === undefined || state === undefined) {
    throw new Failure(403, 'SIGN_ON_NOT_BEGUN', '这次登录不是从本页面发起，或已经用过，请重新发起');
  }
  const answer = { ticket: begun.ticket, code, state, ...(iss === undefined ? {} : { iss }) };
  if (begun.purpose === 'sign-in') return accountApi.finishSignOn(answer);
  await ownAccountApi.bindSignOn(answer);
  return 'bound';
};

/** Where the provider sends the browser back to: goes on with what this tab began, or says why it cannot. */
export const SignOnReturnPage = () => {
  const search = signOnReturnRoute.useSearch();
  const router = useRouter();
  const [begun] = useState(takeBegunSignOn);
  const enter = useEnter(begun?.back);
  const { mutate, data, error } = useMutation({
    mutationFn: () => goOn(begun, search),
    onSuccess: (end) => {
      if (end === 'bound') router.history.replace('/personal-settings');
      else if (end.stage === 'full') enter(end);
    },
  });
  // The ticket serves once, however often the page is drawn.
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    mutate();
  }, [mutate]);
  const halfWay = data !== undefined && data !== 'bound' && data.stage !== 'full' ? data : null;
  return (
    <main className={styles.page}>
      <section className={styles.panel} aria-busy={!data && !error}>
        <h1 className={styles.product}>沪商监管</h1>
        <p className={styles.subtitle}>统一身份认证</p>
        {error && (
          <>
            <Refusal>{failureOf(error).message}</Refusal>
            {begun?.purpose === 'bind' ? (
              <Link to="/personal-settings">回到个人设置</Link>
            ) : (
              <Link to="/sign-in">回到登录页</Link>
            )}
          </>
        )}
        {halfWay && (
          <SignIn
            begun={halfWay}
            credentials={{ userName: '', password: '' }}
            onChange={() => undefined}
            onBack={() => router.history.replace('/sign-in')}
            onSignedIn={enter}
          />
        )}
      </section>
    </main>
  );
};

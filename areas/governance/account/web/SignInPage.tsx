import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { Refusal } from '#web-kit/Labelled.tsx';
import { accountApi, demoAccountsQuery, signOnOfferQuery } from './account-api.ts';
import { DemoAccounts } from './DemoAccounts.tsx';
import { signInRoute } from './routes.tsx';
import { SignIn } from './SignIn.tsx';
import type { Credentials } from './SignInForm.tsx';
import styles from './sign-in.module.css';
import { leaveForSignOn } from './sign-on.ts';
import { useEnter } from './use-enter.ts';

const empty: Credentials = { userName: '', password: '' };

const SignOn = ({ title, back }: { title: string; back: string | undefined }) => {
  const begin = useMutation({
    mutationFn: () => accountApi.beginSignOn({}),
    onSuccess: ({ address, ticket }) =>
      leaveForSignOn(address, { ticket, purpose: 'sign-in', ...(back === undefined ? {} : { back }) }),
  });
  return (
    <div className={styles.signOn}>
      {begin.error && <Refusal>{failureOf(begin.error).message}</Refusal>}
      <Button size="large" block loading={begin.isPending} onClick={() => begin.mutate()}>
        {title}
      </Button>
    </div>
  );
};

/** The door of the desk: what this is, the form, and in demo mode the accounts to try it with. Source: tender R42. */
export const SignInPage = () => {
  const { back } = signInRoute.useSearch();
  const { openToAll } = signInRoute.useRouteContext();
  const { data: accounts = [] } = useQuery(demoAccountsQuery);
  const { data: signOn } = useQuery(signOnOfferQuery);
  const [credentials, setCredentials] = useState(empty);
  // Another account begins at the first step again.
  const [turn, setTurn] = useState(0);
  const enter = useEnter(back);
  return (
    <main className={styles.page}>
      <section className={styles.panel}>
        <h1 className={styles.product}>沪商监管</h1>
        <p className={styles.subtitle}>上海市商务委员会综合监管子系统</p>
        <SignIn
          key={turn}
          credentials={credentials}
          onChange={setCredentials}
          onSignedIn={enter}
          beside={signOn?.title && <SignOn title={signOn.title} back={back} />}
        />
        {openToAll.length > 0 && (
          <p className={styles.openToAll}>
            不用登录：
            {openToAll.map(({ title, place }) => (
              <Link key={title} {...place}>
                {title}
              </Link>
            ))}
          </p>
        )}
      </section>
      {accounts.length > 0 && (
        <DemoAccounts
          accounts={accounts}
          chosen={credentials.userName}
          onChoose={(next) => {
            setCredentials(next);
            setTurn((before) => before + 1);
          }}
        />
      )}
    </main>
  );
};

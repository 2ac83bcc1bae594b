import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { Me } from '../model/account.contract.ts';
import { demoAccountsQuery, meQuery } from './account-api.ts';
import { DemoAccounts } from './DemoAccounts.tsx';
import { signInRoute } from './routes.tsx';
import { type Credentials, SignInForm } from './SignInForm.tsx';
import styles from './sign-in.module.css';

const empty: Credentials = { userName: '', password: '' };

/** The door of the desk: what this is, the form, and in demo mode the accounts to try it with. Source: tender R42. */
export const SignInPage = () => {
  const { back } = signInRoute.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { data: accounts = [] } = useQuery(demoAccountsQuery);
  const [credentials, setCredentials] = useState(empty);
  const enter = (me: Me): void => {
    // Nothing of whoever sat here before may be seen by the next person.
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey !== demoAccountsQuery.queryKey });
    queryClient.setQueryData(meQuery.queryKey, me);
    router.history.replace(back ?? '/');
  };
  return (
    <main className={styles.page}>
      <section className={styles.panel}>
        <h1 className={styles.product}>沪商监管</h1>
        <p className={styles.subtitle}>上海市商务委员会综合监管子系统</p>
        <SignInForm credentials={credentials} onChange={setCredentials} onSignedIn={enter} />
      </section>
      {accounts.length > 0 && (
        <DemoAccounts accounts={accounts} chosen={credentials.userName} onChoose={setCredentials} />
      )}
    </main>
  );
};

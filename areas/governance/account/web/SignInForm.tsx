import { useMutation } from '@tanstack/react-query';
import { Button, Input, type InputRef } from 'antd';
import { type FormEvent, useId, useRef, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { accountContract, type Me } from '../model/account.contract.ts';
import { accountApi } from './account-api.ts';
import styles from './sign-in.module.css';

/** What a person types to sign in. */
export interface Credentials {
  readonly userName: string;
  readonly password: string;
}

const faultsOf = (credentials: Credentials): Readonly<Partial<Record<keyof Credentials, string>>> => {
  const parsed = accountContract.signIn.input.safeParse(credentials);
  if (parsed.success) return {};
  return Object.fromEntries([...parsed.error.issues].reverse().map(({ path, message }) => [String(path[0]), message]));
};

const Labelled = ({
  label,
  fault,
  children,
}: {
  label: string;
  fault: string | undefined;
  children: (id: string, faultId: string) => React.ReactNode;
}) => {
  const id = useId();
  const faultId = `${id}-fault`;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id, faultId)}
      {fault && (
        <p id={faultId} className={styles.fault}>
          {fault}
        </p>
      )}
    </div>
  );
};

/** Name and password, with what is wrong beside them. A refusal keeps the name and puts the cursor where it is needed. */
export const SignInForm = ({
  credentials,
  onChange,
  onSignedIn,
  nameFixed = false,
}: {
  credentials: Credentials;
  onChange: (next: Credentials) => void;
  onSignedIn: (me: Me) => void;
  nameFixed?: boolean;
}) => {
  const password = useRef<InputRef>(null);
  const [tried, setTried] = useState(false);
  const signIn = useMutation({
    mutationFn: accountApi.signIn,
    onSuccess: onSignedIn,
    onError: () => password.current?.focus({ cursor: 'all' }),
  });
  const faults = tried ? faultsOf(credentials) : {};
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faultsOf(credentials)).length === 0) signIn.mutate(credentials);
  };
  const change = (next: Partial<Credentials>): void => {
    signIn.reset();
    onChange({ ...credentials, ...next });
  };
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <Labelled label="用户名" fault={faults.userName}>
        {(id, faultId) => (
          <Input
            id={id}
            size="large"
            autoComplete="username"
            autoFocus={!nameFixed}
            disabled={nameFixed}
            maxLength={40}
            value={credentials.userName}
            {...(faults.userName ? { status: 'error' as const, 'aria-describedby': faultId } : {})}
            onChange={(event) => change({ userName: event.target.value })}
          />
        )}
      </Labelled>
      <Labelled label="密码" fault={faults.password}>
        {(id, faultId) => (
          <Input.Password
            id={id}
            ref={password}
            size="large"
            autoComplete="current-password"
            autoFocus={nameFixed}
            maxLength={200}
            value={credentials.password}
            {...(faults.password ? { status: 'error' as const, 'aria-describedby': faultId } : {})}
            onChange={(event) => change({ password: event.target.value })}
          />
        )}
      </Labelled>
      {signIn.isError && (
        <p role="alert" className={styles.refusal}>
          {failureOf(signIn.error).message}
        </p>
      )}
      <Button type="primary" size="large" htmlType="submit" block loading={signIn.isPending}>
        登录
      </Button>
    </form>
  );
};

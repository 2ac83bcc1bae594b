import { useMutation } from '@tanstack/react-query';
import { Button, Input, type InputRef } from 'antd';
import { type FormEvent, useRef, useState } from 'react';
import { CaptchaField } from '#practices/captcha/web/CaptchaField.tsx';
import { useCaptcha } from '#practices/captcha/web/use-captcha.ts';
import { failureOf } from '#web-kit/api.ts';
import { Labelled, Refusal } from '#web-kit/Labelled.tsx';
import { accountContract, type Progress } from '../model/account.contract.ts';
import { accountApi } from './account-api.ts';
import styles from './sign-in.module.css';

/** What a person types to sign in. */
export interface Credentials {
  readonly userName: string;
  readonly password: string;
}

type Typed = Credentials & { readonly captcha?: { readonly ticket: string; readonly text: string } };

const faultsOf = (typed: Typed): Readonly<Partial<Record<string, string>>> => {
  const parsed = accountContract.signIn.input.safeParse(typed);
  if (parsed.success) return {};
  return Object.fromEntries([...parsed.error.issues].reverse().map(({ path, message }) => [String(path[0]), message]));
};

/** Name and password, with what is wrong beside them. A refusal keeps the name and puts the cursor where it is needed. */
export const SignInForm = ({
  credentials,
  onChange,
  onProgress,
  nameFixed = false,
}: {
  credentials: Credentials;
  onChange: (next: Credentials) => void;
  onProgress: (progress: Progress) => void;
  nameFixed?: boolean;
}) => {
  const password = useRef<InputRef>(null);
  const [tried, setTried] = useState(false);
  const [captchaNeeded, setCaptchaNeeded] = useState(false);
  const { userName } = credentials;
  const captcha = useCaptcha({
    key: ['governance', 'account', 'captcha', userName],
    ask: () => accountApi.captcha({ userName }),
    enabled: captchaNeeded && userName.trim() !== '',
  });
  const signIn = useMutation({
    mutationFn: accountApi.signIn,
    onSuccess: onProgress,
    onError: (error) => {
      const { detail } = failureOf(error);
      if (detail?.captcha === true) setCaptchaNeeded(true);
      captcha.another();
      setTried(false);
      password.current?.focus({ cursor: 'all' });
    },
  });
  const typed: Typed = {
    ...credentials,
    ...(captchaNeeded ? { captcha: { ticket: captcha.ticket, text: captcha.text } } : {}),
  };
  const faults = tried ? faultsOf(typed) : {};
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faultsOf(typed)).length === 0) signIn.mutate(typed);
  };
  const change = (next: Partial<Credentials>): void => {
    signIn.reset();
    onChange({ ...credentials, ...next });
  };
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <Labelled label="用户名" fault={faults.userName}>
        {(id, described) => (
          <Input
            id={id}
            size="large"
            autoComplete="username"
            autoFocus={!nameFixed}
            disabled={nameFixed}
            maxLength={40}
            value={credentials.userName}
            {...described}
            onChange={(event) => change({ userName: event.target.value })}
          />
        )}
      </Labelled>
      <Labelled label="密码" fault={faults.password}>
        {(id, described) => (
          <Input.Password
            id={id}
            ref={password}
            size="large"
            autoComplete="current-password"
            autoFocus={nameFixed}
            maxLength={200}
            value={credentials.password}
            {...described}
            onChange={(event) => change({ password: event.target.value })}
          />
        )}
      </Labelled>
      {captchaNeeded && <CaptchaField captcha={captcha} fault={faults.captcha} help="听读不便时请联系管理员" />}
      {signIn.isError && <Refusal>{failureOf(signIn.error).message}</Refusal>}
      <Button type="primary" size="large" htmlType="submit" block loading={signIn.isPending}>
        登录
      </Button>
    </form>
  );
};

import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, type InputRef } from 'antd';
import { type FormEvent, useRef, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { accountContract, type Progress } from '../model/account.contract.ts';
import { accountApi } from './account-api.ts';
import { Labelled, Refusal } from './Labelled.tsx';
import { SvgPicture } from './SvgPicture.tsx';
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

/** The picture to be read after failures; a new one for every attempt and on request. */
const useCaptcha = (needed: boolean, userName: string) => {
  const [turn, setTurn] = useState(0);
  const [text, setText] = useState('');
  const { data } = useQuery({
    queryKey: ['governance', 'account', 'captcha', userName, turn],
    queryFn: () => accountApi.captcha({ userName }),
    enabled: needed && userName.trim() !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const another = (): void => {
    setTurn((before) => before + 1);
    setText('');
  };
  return { picture: data?.picture, ticket: data?.ticket ?? '', text, setText, another };
};

const CaptchaField = ({ captcha, fault }: { captcha: ReturnType<typeof useCaptcha>; fault: string | undefined }) => (
  <Labelled label="图中字符" fault={fault} note="看不清可换一张；听读不便时请联系管理员">
    {(id, described) => (
      <div className={styles.captcha}>
        <Input
          id={id}
          size="large"
          autoComplete="off"
          maxLength={10}
          value={captcha.text}
          {...described}
          onChange={(event) => captcha.setText(event.target.value)}
        />
        <button type="button" className={styles.captchaPicture} onClick={captcha.another} title="换一张">
          {captcha.picture && (
            <SvgPicture svg={captcha.picture} title="验证码图片，点击换一张" width={132} height={44} />
          )}
        </button>
      </div>
    )}
  </Labelled>
);

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
  const captcha = useCaptcha(captchaNeeded, credentials.userName);
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
      {captchaNeeded && <CaptchaField captcha={captcha} fault={faults.captcha} />}
      {signIn.isError && <Refusal>{failureOf(signIn.error).message}</Refusal>}
      <Button type="primary" size="large" htmlType="submit" block loading={signIn.isPending}>
        登录
      </Button>
    </form>
  );
};

import { type FormEvent, type ReactNode, useEffect, useId, useState } from 'react';
import type { Failure } from '#kernel/contract/failure.ts';
import { failureOf } from '#web-kit/api.ts';
import { PhoneButton } from '#web-kit/phone/PhoneButton.tsx';
import { Told } from '#web-kit/phone/Told.tsx';
import { SvgPicture } from '#web-kit/SvgPicture.tsx';
import type { Me, Progress } from '../model/account.contract.ts';
import { phoneAccountApi } from './account-api.ts';
import styles from './phone-sign-in.module.css';

const Labelled = ({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) => {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
};

const Refusal = ({ failure }: { readonly failure: Failure | undefined }) =>
  failure ? (
    <Told tone="danger" alert>
      {failure.message}
    </Told>
  ) : null;

interface Typed {
  readonly userName: string;
  readonly password: string;
}

/** A picture to be read, where the server asks for one; `turn` grows with each attempt. */
const useCaptcha = (userName: string, turn: number) => {
  const [offered, setOffered] = useState<{ readonly ticket: string; readonly picture: string }>();
  useEffect(() => {
    setOffered(undefined);
    if (turn > 0 && userName.trim() !== '') phoneAccountApi.captcha({ userName }).then(setOffered, () => undefined);
  }, [userName, turn]);
  return offered;
};

/** One thing asked of the server at a time, with what it refused. */
const useAsking = () => {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const ask = (
    asked: Promise<Progress>,
    onProgress: (progress: Progress) => void,
    onRefused?: (it: Failure) => void,
  ) => {
    setBusy(true);
    setFailure(undefined);
    asked
      .then(onProgress, (error: unknown) => {
        setFailure(failureOf(error));
        onRefused?.(failureOf(error));
      })
      .finally(() => setBusy(false));
  };
  return { busy, failure, ask };
};

const PasswordForm = ({
  userName,
  onProgress,
}: {
  readonly userName: string;
  readonly onProgress: (next: Progress) => void;
}) => {
  const { busy, failure, ask } = useAsking();
  const [typed, setTyped] = useState<Typed>({ userName, password: '' });
  const [turn, setTurn] = useState(0);
  const [text, setText] = useState('');
  const captcha = useCaptcha(typed.userName, turn);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const told = captcha ? { ...typed, captcha: { ticket: captcha.ticket, text } } : typed;
    ask(phoneAccountApi.signIn(told), onProgress, ({ detail }) => {
      setText('');
      // Every picture serves one attempt.
      if (turn > 0 || detail?.captcha === true) setTurn(turn + 1);
    });
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      <Labelled label="用户名">
        {(id) => (
          <input
            id={id}
            autoComplete="username"
            autoCapitalize="none"
            required
            maxLength={40}
            value={typed.userName}
            onChange={(event) => setTyped({ ...typed, userName: event.target.value })}
          />
        )}
      </Labelled>
      <Labelled label="密码">
        {(id) => (
          <input
            id={id}
            type="password"
            autoComplete="current-password"
            required
            maxLength={200}
            value={typed.password}
            onChange={(event) => setTyped({ ...typed, password: event.target.value })}
          />
        )}
      </Labelled>
      {captcha && (
        <Labelled label="图中字符">
          {(id) => (
            <>
              <button type="button" className={styles.captcha} title="换一张" onClick={() => setTurn(turn + 1)}>
                <SvgPicture svg={captcha.picture} title="验证码图片，点击换一张" width={176} height={58} />
              </button>
              <input
                id={id}
                required
                maxLength={10}
                autoComplete="off"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </>
          )}
        </Labelled>
      )}
      <Refusal failure={failure} />
      <PhoneButton type="submit" tone="primary" busy={busy}>
        登录
      </PhoneButton>
    </form>
  );
};

const CodeForm = ({ onProgress }: { readonly onProgress: (next: Progress) => void }) => {
  const { busy, failure, ask } = useAsking();
  const [code, setCode] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask(phoneAccountApi.proveCode({ code }), onProgress);
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      <Labelled label="动态验证码">
        {(id) => (
          <input
            id={id}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            maxLength={20}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Labelled>
      <Refusal failure={failure} />
      <PhoneButton type="submit" tone="primary" busy={busy}>
        验证
      </PhoneButton>
    </form>
  );
};

/** What a phone has no form for is done on the desk's own pages, once. */
const elsewhere = (progress: Exclude<Progress, { stage: 'full' }>): string | null => {
  if (progress.stage === 'second-factor') {
    return progress.ways.includes('code')
      ? null
      : '您的账号用 UKey 证书登录，手机上不能使用 UKey；请先在电脑上启用动态验证码。';
  }
  return progress.stage === 'enrol'
    ? '您的账号须启用动态验证码，请先在登录页完成，再回到这里登录。'
    : '登录前须设置新密码，请先在登录页完成，再回到这里登录。';
};

/**
 * Signing in on a phone: the same accounts, session and steps as on the desk, with what most people need; the rest is done once on
 * the desk's page. Source: tender R42.
 */
export const PhoneSignIn = ({
  userName,
  onSignedIn,
}: {
  readonly userName: string;
  readonly onSignedIn: (me: Me) => void;
}) => {
  const [progress, setProgress] = useState<Exclude<Progress, { stage: 'full' }>>();
  const onProgress = (next: Progress): void => {
    if (next.stage === 'full') onSignedIn(next.me);
    else setProgress(next);
  };
  if (!progress) return <PasswordForm userName={userName} onProgress={onProgress} />;
  const words = elsewhere(progress);
  return (
    <>
      {words === null ? (
        <CodeForm onProgress={onProgress} />
      ) : (
        <>
          <Told tone="danger">{words}</Told>
          <a href="/" className={styles.link}>
            打开登录页
          </a>
        </>
      )}
      <PhoneButton tone="quiet" onPress={() => setProgress(undefined)}>
        返回，重新登录
      </PhoneButton>
    </>
  );
};

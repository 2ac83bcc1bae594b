import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { Refusal } from '#web-kit/Labelled.tsx';
import type { Entered, Progress } from '../model/account.contract.ts';
import { accountApi } from './account-api.ts';
import { CertificateForm } from './CertificateForm.tsx';
import { CodeForm } from './CodeForm.tsx';
import { NewPasswordFields, newPasswordFaults, noNewPassword } from './NewPasswordFields.tsx';
import { type Credentials, SignInForm } from './SignInForm.tsx';
import styles from './sign-in.module.css';
import { RecoveryCodes, TotpOffer } from './TotpOffer.tsx';

type Stage<S extends Progress['stage']> = Extract<Progress, { stage: S }>;

interface StepProps {
  readonly userName: string;
  readonly onProgress: (progress: Progress) => void;
}

/** Why this step is there, and the way back to its beginning. */
const Step = ({
  title,
  lead,
  onBack,
  children,
}: {
  title: string;
  lead?: ReactNode;
  onBack: () => void;
  children: ReactNode;
}) => (
  <section aria-label={title}>
    <h2 className={styles.stepTitle}>{title}</h2>
    {lead && <p className={styles.lead}>{lead}</p>}
    {children}
    <Button type="link" style={{ paddingInline: 0 }} onClick={onBack}>
      返回，重新登录
    </Button>
  </section>
);

const CodeStep = ({ userName, onProgress }: StepProps) => {
  const prove = useMutation({ mutationFn: accountApi.proveCode, onSuccess: onProgress });
  return (
    <CodeForm
      userName={userName}
      busy={prove.isPending}
      failure={prove.error && failureOf(prove.error)}
      onSubmit={(code) => prove.mutate({ code })}
    />
  );
};

const CertificateStep = ({ onProgress }: StepProps) => {
  const asked = useQuery({
    queryKey: ['governance', 'account', 'challenge'],
    queryFn: () => accountApi.askChallenge({}),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const prove = useMutation({
    mutationFn: accountApi.proveCertificate,
    onSuccess: onProgress,
    onError: () => void asked.refetch(),
  });
  if (asked.error) return <Refusal>{failureOf(asked.error).message}</Refusal>;
  if (!asked.data) return null;
  const { text, ticket } = asked.data;
  return (
    <CertificateForm
      text={text}
      withCertificate={false}
      button="验证"
      busy={prove.isPending}
      failure={prove.error && failureOf(prove.error)}
      onSubmit={({ signature }) => prove.mutate({ ticket, signature })}
    />
  );
};

const SecondFactorStep = ({ ways, ...step }: StepProps & Pick<Stage<'second-factor'>, 'ways'>) => {
  const [way, setWay] = useState(ways[0] ?? 'code');
  const other = ways.find((one) => one !== way);
  return (
    <>
      {way === 'code' ? <CodeStep {...step} /> : <CertificateStep {...step} />}
      {other && (
        <Button type="link" style={{ paddingInline: 0 }} onClick={() => setWay(other)}>
          {other === 'code' ? '改用手机验证码' : '改用 UKey 证书'}
        </Button>
      )}
    </>
  );
};

const PasswordStep = ({ onProgress, stage }: StepProps & { stage: Stage<'change-password'> }) => {
  const [value, setValue] = useState(noNewPassword);
  const [tried, setTried] = useState(false);
  const choose = useMutation({ mutationFn: accountApi.choosePassword, onSuccess: onProgress });
  const failure = choose.error ? failureOf(choose.error) : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const good = Object.keys(newPasswordFaults(value, stage.rules, stage.userName)).length === 0;
    if (good) choose.mutate({ next: value.next });
  };
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <NewPasswordFields
        value={value}
        onChange={(next) => {
          choose.reset();
          setValue(next);
        }}
        rules={stage.rules}
        userName={stage.userName}
        tried={tried}
        failure={failure}
      />
      {failure && failure.problems.length === 0 && <Refusal>{failure.message}</Refusal>}
      <Button type="primary" size="large" htmlType="submit" block loading={choose.isPending}>
        确定并继续
      </Button>
    </form>
  );
};

const EnrolStep = ({ userName, onProgress }: StepProps) => {
  const offer = useQuery({
    queryKey: ['governance', 'account', 'enrolment'],
    queryFn: () => accountApi.beginEnrolment({}),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const confirm = useMutation({ mutationFn: accountApi.finishEnrolment });
  if (confirm.data) {
    const { progress, recoveryCodes } = confirm.data;
    return <RecoveryCodes codes={recoveryCodes} onDone={() => onProgress(progress)} />;
  }
  if (offer.error) return <Refusal>{failureOf(offer.error).message}</Refusal>;
  if (!offer.data) return null;
  const { ticket, secret, picture } = offer.data;
  return (
    <>
      <TotpOffer secret={secret} picture={picture} />
      <CodeForm
        userName={userName}
        recovery={false}
        button="启用并登录"
        busy={confirm.isPending}
        failure={confirm.error && failureOf(confirm.error)}
        onSubmit={(code) => confirm.mutate({ ticket, code })}
      />
    </>
  );
};

const titles = {
  'second-factor': '验证身份',
  'change-password': '设置新密码',
  enrol: '启用动态验证码',
} as const;

const leadOf = (progress: Exclude<Progress, { stage: 'full' }>): string | undefined => {
  if (progress.stage === 'enrol')
    return '您的岗位必须使用双因素登录。请用手机启用动态验证码，以后登录时在密码之外再输入它。';
  if (progress.stage !== 'change-password') return undefined;
  return progress.why === 'first'
    ? '首次登录，或密码由管理员设置，请先换成自己的密码。'
    : `密码已使用满 ${progress.rules.maxAgeDays} 天，请换一个新密码。`;
};

/** Signing in from name and password to the last step; `begun` is where another way of signing in has come to. */
export const SignIn = ({
  credentials,
  onChange,
  onSignedIn,
  nameFixed = false,
  begun = null,
  onBack,
  beside,
}: {
  credentials: Credentials;
  onChange: (next: Credentials) => void;
  onSignedIn: (entered: Entered) => void;
  nameFixed?: boolean;
  begun?: Progress | null;
  /** Where the way back leads, when it is not to name and password. */
  onBack?: () => void;
  /** What else stands under name and password: other ways of signing in. */
  beside?: ReactNode;
}) => {
  const [progress, setProgress] = useState<Progress | null>(begun);
  const onProgress = (next: Progress): void => {
    setProgress(next);
    if (next.stage === 'full') onSignedIn(next);
  };
  if (progress === null || progress.stage === 'full') {
    return (
      <>
        <SignInForm credentials={credentials} onChange={onChange} onProgress={onProgress} nameFixed={nameFixed} />
        {beside}
      </>
    );
  }
  const step = { userName: progress.userName, onProgress };
  const lead = leadOf(progress);
  return (
    <Step title={titles[progress.stage]} {...(lead ? { lead } : {})} onBack={onBack ?? (() => setProgress(null))}>
      {progress.stage === 'second-factor' && <SecondFactorStep {...step} ways={progress.ways} />}
      {progress.stage === 'change-password' && <PasswordStep {...step} stage={progress} />}
      {progress.stage === 'enrol' && <EnrolStep {...step} />}
    </Step>
  );
};

import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import type { Failure } from '#kernel/contract/failure.ts';
import { Labelled, Refusal } from '#web-kit/Labelled.tsx';
import { demoAccountsQuery } from './account-api.ts';
import styles from './sign-in.module.css';

/** In the demonstration, the code a demo account's phone would show. */
const DemoCode = ({ userName, onChoose }: { userName: string; onChoose: (code: string) => void }) => {
  const { data = [] } = useQuery(demoAccountsQuery);
  const account = data.find((one) => one.userName === userName);
  if (!account?.codeUntil) return null;
  const { code } = account;
  return (
    <p className={styles.demoCode}>
      {code === null ? (
        '演示账号：刚用过一个验证码，下一个在半分钟内出现'
      ) : (
        <>
          演示账号，当前验证码 <strong>{code}</strong>
          <Button type="link" size="small" onClick={() => onChoose(code)}>
            填入
          </Button>
        </>
      )}
    </p>
  );
};

/** The six digits a phone shows. */
export const CodeForm = ({
  userName,
  busy,
  failure,
  onSubmit,
  button = '验证',
  recovery = true,
}: {
  userName: string;
  busy: boolean;
  failure: Failure | null;
  onSubmit: (code: string) => void;
  button?: string;
  /** Whether a recovery code would be taken as well. */
  recovery?: boolean;
}) => {
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const short = code.trim().length < 6;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!short) onSubmit(code.trim());
  };
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <Labelled
        label="动态验证码"
        fault={tried && short ? '请输入 6 位验证码' : undefined}
        note={recovery ? '手机验证器上的 6 位数字；手机不在身边时，可输入一个恢复码' : undefined}
      >
        {(id, described) => (
          <Input
            id={id}
            size="large"
            autoFocus
            autoComplete="one-time-code"
            inputMode={recovery ? 'text' : 'numeric'}
            maxLength={20}
            value={code}
            {...described}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Labelled>
      {recovery && <DemoCode userName={userName} onChoose={setCode} />}
      {failure && <Refusal>{failure.message}</Refusal>}
      <Button type="primary" size="large" htmlType="submit" block loading={busy}>
        {button}
      </Button>
    </form>
  );
};

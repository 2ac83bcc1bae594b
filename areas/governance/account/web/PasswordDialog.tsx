import { useMutation } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { type FormEvent, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { Labelled, Refusal } from '#web-kit/Labelled.tsx';
import styles from './sign-in.module.css';

/** Asks for the person's password once more before something about signing in is changed. */
export const PasswordDialog = <T,>({
  title,
  lead,
  action,
  onDone,
  onClose,
  danger = false,
}: {
  title: string;
  lead: string;
  action: (password: string) => Promise<T>;
  onDone: (result: T) => void;
  onClose: () => void;
  danger?: boolean;
}) => {
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const go = useMutation({ mutationFn: action, onSuccess: onDone });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (password !== '') go.mutate(password);
  };
  return (
    <Modal open title={title} footer={null} width={420} onCancel={onClose} mask={{ closable: false }}>
      <form onSubmit={submit} noValidate className={styles.form}>
        <p className={styles.lead}>{lead}</p>
        <Labelled label="当前密码" fault={tried && password === '' ? '请输入密码' : undefined}>
          {(id, described) => (
            <Input.Password
              id={id}
              size="large"
              autoFocus
              autoComplete="current-password"
              maxLength={200}
              value={password}
              {...described}
              onChange={(event) => {
                go.reset();
                setPassword(event.target.value);
              }}
            />
          )}
        </Labelled>
        {go.error && <Refusal>{failureOf(go.error).message}</Refusal>}
        <Button type="primary" danger={danger} size="large" htmlType="submit" block loading={go.isPending}>
          {title}
        </Button>
      </form>
    </Modal>
  );
};

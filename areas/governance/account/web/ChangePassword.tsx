import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { Labelled, Refusal } from '#web-kit/Labelled.tsx';
import { TimeText } from '#web-kit/TimeText.tsx';
import type { OwnAccount } from '../model/own-account.contract.ts';
import { ownAccountApi, ownAccountQuery } from './account-api.ts';
import { NewPasswordFields, newPasswordFaults, noNewPassword } from './NewPasswordFields.tsx';
import styles from './personal-settings.module.css';

/** Changing one's own password. All other sessions end with it. */
export const ChangePassword = ({ account }: { account: OwnAccount }) => {
  const { rules, changedAt, expiresAt } = account.password;
  const [open, setOpen] = useState(false);
  const [current, setCurrent] = useState('');
  const [value, setValue] = useState(noNewPassword);
  const [tried, setTried] = useState(false);
  const { message } = App.useApp();
  const client = useQueryClient();
  const close = (): void => {
    setOpen(false);
    setCurrent('');
    setValue(noNewPassword);
    setTried(false);
  };
  const change = useMutation({
    mutationFn: ownAccountApi.changePassword,
    onSuccess: ({ endedSessions }) => {
      void message.success(endedSessions > 0 ? `密码已修改，其他 ${endedSessions} 处登录已退出` : '密码已修改');
      close();
      void client.invalidateQueries({ queryKey: ownAccountQuery.queryKey });
    },
  });
  const failure = change.error ? failureOf(change.error) : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const good = Object.keys(newPasswordFaults(value, rules, account.userName)).length === 0;
    if (good && current !== '') change.mutate({ current, next: value.next });
  };
  return (
    <>
      <div className={styles.line}>
        <p>
          上次修改 <TimeText at={changedAt} day />
          {expiresAt && (
            <>
              ，须在 <TimeText at={expiresAt} day /> 前更换
            </>
          )}
        </p>
        {!open && <Button onClick={() => setOpen(true)}>修改密码</Button>}
      </div>
      {open && (
        <form onSubmit={submit} noValidate className={styles.form}>
          <Labelled label="当前密码" fault={tried && current === '' ? '请输入密码' : undefined}>
            {(id, described) => (
              <Input.Password
                id={id}
                size="large"
                autoFocus
                autoComplete="current-password"
                maxLength={200}
                value={current}
                {...described}
                onChange={(event) => {
                  change.reset();
                  setCurrent(event.target.value);
                }}
              />
            )}
          </Labelled>
          <NewPasswordFields
            value={value}
            onChange={(next) => {
              change.reset();
              setValue(next);
            }}
            rules={rules}
            userName={account.userName}
            tried={tried}
            failure={failure}
          />
          {failure && failure.problems.length === 0 && <Refusal>{failure.message}</Refusal>}
          <div className={styles.buttons}>
            <Button onClick={close}>取消</Button>
            <Button type="primary" htmlType="submit" loading={change.isPending}>
              确定修改
            </Button>
          </div>
        </form>
      )}
    </>
  );
};
